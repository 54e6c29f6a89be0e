import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { MINUTE } from "~/lib/time.ts";
import { type Operator, operatorFor } from "../operators/operator.ts";
import type { Permission } from "../operators/permissions.ts";
import { TOKEN_PATTERN } from "./access-token.ts";
import { apiError } from "./api-error.ts";
import { tokenDigest } from "./token-digest.server.ts";
import { countTokenFailure, throttledFor } from "./token-failures.server.ts";

/** How often using a token is written down. */
export const USED_EVERY_MS = MINUTE;

interface Asked {
  readonly request: Request;
  readonly context: Pick<AppContext, "db" | "address">;
}

/** Whoever a program acts for, as they are at this moment, with a scope narrowed to the permission. */
export interface TokenHolder {
  readonly operator: Operator;
  readonly tokenId: string;
}

/**
 * Who is asking by `Authorization: Bearer pdk_…`. Cookies count for nothing here, and a token counts for nothing on a
 * page. Role and limits are read anew at every request, so that a change of them holds at once.
 */
export async function requireToken(
  { request, context: { db, address } }: Asked,
  permission: Permission,
  environment?: Environment,
): Promise<TokenHolder> {
  const now = Date.now();
  const token = bearerOf(request);
  if (token === null) {
    throw apiError("token_missing", "Send a personal access token: Authorization: Bearer pdk_…");
  }
  const holder = await findHolder(db, { token, permission, now });
  if (!holder) {
    // A token that works is let through all the same: others behind the same proxy must not be able to shut it out.
    const waitMs = throttledFor(db, address, now);
    if (waitMs !== null) {
      const message = "Too many requests with wrong tokens came from this address. Wait, then try again.";
      throw apiError("too_many_failures", message, { "Retry-After": String(Math.ceil(waitMs / 1_000)) });
    }
    countTokenFailure(db, address, now);
    throw apiError("token_invalid", "This access token is not known, has expired, or was revoked.");
  }
  if (!holder.operator.can("tokens:own") || !holder.operator.can(permission, environment)) {
    throw apiError("not_allowed", `The role of ${holder.operator.email} does not allow this${inWords(environment)}.`);
  }
  return holder;
}

/** Whether the token of a request that waited would still be let through, and as whom. */
export async function stillHolds(
  { request, context: { db } }: Asked,
  permission: Permission,
): Promise<TokenHolder | null> {
  const token = bearerOf(request);
  const holder = token === null ? null : await findHolder(db, { token, permission, now: Date.now() });
  return holder?.operator.can("tokens:own") ? holder : null;
}

function inWords(environment: Environment | undefined): string {
  return environment === undefined ? "" : ` in ${environment}`;
}

function bearerOf(request: Request): string | null {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  return token ?? null;
}

async function findHolder(
  db: Database,
  { token, permission, now }: { token: string; permission: Permission; now: number },
): Promise<TokenHolder | null> {
  if (!TOKEN_PATTERN.test(token)) return null;
  const [found] = await workingToken(db).execute({ tokenDigest: tokenDigest(token), now });
  if (!found) return null;
  const { tokenId, lastUsedAt, ...stored } = found;
  if (lastUsedAt === null || now - lastUsedAt > USED_EVERY_MS) await markUsed(db, tokenId, now);
  return { operator: operatorFor(stored, permission), tokenId };
}

function workingToken(db: Database) {
  return db.prepared("tokens.working", (read, { accessTokens, operators }) =>
    read
      .select({
        tokenId: accessTokens.tokenId,
        lastUsedAt: accessTokens.lastUsedAt,
        operatorId: operators.operatorId,
        email: operators.email,
        role: operators.role,
        environments: operators.environments,
        businessIds: operators.businessIds,
        preferences: operators.preferences,
      })
      .from(accessTokens)
      .innerJoin(operators, eq(operators.operatorId, accessTokens.operatorId))
      .where(
        and(
          eq(accessTokens.tokenDigest, sql.placeholder("tokenDigest")),
          gt(accessTokens.expiresAt, sql.placeholder("now")),
          isNull(accessTokens.revokedAt),
          isNull(operators.disabledAt),
        ),
      )
      .prepare(),
  );
}

async function markUsed(db: Database, tokenId: string, now: number): Promise<void> {
  const { accessTokens } = db.tables;
  const query = db.read.update(accessTokens).set({ lastUsedAt: now }).where(eq(accessTokens.tokenId, tokenId));
  await db.write([{ query, rows: "any" }]);
}
