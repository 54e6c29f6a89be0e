import { and, eq, isNull } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import type { TokenRefusal } from "./access-token.ts";

interface RevokeToken {
  readonly tokenId: string;
  readonly operator: Pick<Operator, "operatorId" | "email" | "can">;
  readonly now: Date;
}

/** Ends a token at once: one's own, or anybody's for those who may change operators. */
export async function revokeToken(
  db: Database,
  { tokenId, operator, now }: RevokeToken,
): Promise<Result<null, TokenRefusal>> {
  const { accessTokens } = db.tables;
  const isTheirs = operator.can("operators:write") ? undefined : eq(accessTokens.operatorId, operator.operatorId);
  const query = db.read
    .update(accessTokens)
    .set({ revokedAt: now.getTime() })
    .where(and(eq(accessTokens.tokenId, tokenId), isNull(accessTokens.revokedAt), isTheirs));
  const written = await db.write([
    { query, rows: 1 },
    auditStatement(db, { operator, action: "tokens:revoke", subject: tokenId, now }),
  ]);
  return written.ok ? ok(null) : refused("token_not_found");
}

/** Ends every token of an operator who is disabled: letting them in again later must not wake what they once made. */
export function revokeTokensOf(db: Database, operatorId: string, now: Date): Statement {
  const { accessTokens } = db.tables;
  const query = db.read
    .update(accessTokens)
    .set({ revokedAt: now.getTime() })
    .where(and(eq(accessTokens.operatorId, operatorId), isNull(accessTokens.revokedAt)));
  return { query, rows: "any" };
}
