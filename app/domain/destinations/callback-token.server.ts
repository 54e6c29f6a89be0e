import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { seal } from "~/lib/seal.server.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { DestinationRefusal } from "./destination.ts";
import { type Changer, findChangeable, rowStatement } from "./find-changeable.server.ts";

/** The token a destination's deliveries carry as `x-callback-token`: typed for it, sealed, never shown again. */

interface ChangeToken {
  readonly destinationId: string;
  readonly config: Config;
  readonly operator: Changer;
  readonly now: Date;
}

/** Takes the place of the one before, from the next delivery on. */
export async function replaceToken(
  db: Database,
  { token, config, ...change }: ChangeToken & { readonly token: string },
): Promise<Result<null, DestinationRefusal>> {
  const found = await findChangeable(db, change);
  if (!found.ok) return found;
  if (await isWebhookToken(db, token)) return refused("token_is_a_webhook_token");
  const { destinationId, operator, now } = change;
  const written = await db.write([
    rowStatement(db, destinationId, { tokenSecret: tokenSecretName(destinationId) }),
    sealedToken(db, config, { destinationId, token, now }),
    auditStatement(db, audit({ operator, destinationId, now, detail: { token: "replaced" } })),
  ]);
  return written.ok ? ok(null) : refused("not_found");
}

/** Destroyed; deliveries carry none from now on. */
export async function removeToken(
  db: Database,
  { destinationId, operator, now }: Omit<ChangeToken, "config">,
): Promise<Result<null, DestinationRefusal>> {
  const found = await findChangeable(db, { destinationId, operator });
  if (!found.ok) return found;
  const written = await db.write([
    rowStatement(db, destinationId, { tokenSecret: null }),
    unsealed(db, destinationId),
    auditStatement(db, audit({ operator, destinationId, now, detail: { token: "removed" } })),
  ]);
  return written.ok ? ok(null) : refused("not_found");
}

export function tokenSecretName(destinationId: string): string {
  return `destination.${destinationId}`;
}

export function sealedToken(
  db: Database,
  config: Config,
  { destinationId, token, now }: { destinationId: string; token: string; now: Date },
): Statement {
  const { secrets } = db.tables;
  const kept = { sealed: seal(token, config.encryptionKey), createdAt: now.getTime() };
  const query = db.read
    .insert(secrets)
    .values({ name: tokenSecretName(destinationId), ...kept })
    .onConflictDoUpdate({ target: secrets.name, set: kept });
  return { query, rows: 1 };
}

export function unsealed(db: Database, destinationId: string): Statement {
  const { secrets } = db.tables;
  return { query: db.read.delete(secrets).where(eq(secrets.name, tokenSecretName(destinationId))), rows: "any" };
}

/** Xendit's tokens and the sandbox's never leave this house, not even typed by hand. */
export async function isWebhookToken(db: Database, token: string): Promise<boolean> {
  const { webhookTokens } = db.tables;
  const digest = createHash("sha256").update(token).digest("hex");
  const rows = await db.read
    .select({ digest: webhookTokens.tokenDigest })
    .from(webhookTokens)
    .where(eq(webhookTokens.tokenDigest, digest));
  return rows.length > 0;
}

function audit({
  operator,
  destinationId,
  detail,
  now,
}: Pick<ChangeToken, "operator" | "destinationId" | "now"> & {
  detail: Record<string, unknown>;
}) {
  return { operator, action: "destinations:write", subject: destinationId, detail, now };
}
