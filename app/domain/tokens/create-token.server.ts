import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { type CreateTokenForm, expiryOf, MAX_TOKENS, type TokenRefusal } from "./access-token.ts";
import { newToken, tokenDigest } from "./token-digest.server.ts";
import { countWorkingTokens } from "./token-queries.server.ts";

interface CreateToken extends CreateTokenForm {
  readonly operator: Pick<Operator, "operatorId" | "email">;
  readonly now: Date;
}

/** A new token of the operator's own, handed out this once: only its digest is kept. */
export async function createToken(
  db: Database,
  { tokenId, name, lifetime, operator, now }: CreateToken,
): Promise<Result<{ readonly token: string }, TokenRefusal>> {
  const { operatorId } = operator;
  const createdAt = now.getTime();
  if ((await countWorkingTokens(db, { operatorId, now: createdAt })) >= MAX_TOKENS) return refused("too_many_tokens");

  const token = newToken();
  const expiresAt = expiryOf(lifetime, createdAt);
  const row = { tokenDigest: tokenDigest(token), tokenId, operatorId, name, createdAt, expiresAt };
  const written = await db.write([
    { query: db.read.insert(db.tables.accessTokens).values(row).onConflictDoNothing(), rows: 1 },
    auditStatement(db, {
      operator,
      action: "tokens:create",
      subject: tokenId,
      detail: { name, expiresAt: new Date(expiresAt).toISOString() },
      now,
    }),
  ]);
  return written.ok ? ok({ token }) : refused("token_known");
}
