import { createHash } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../../db.server.ts";
import { ENVIRONMENTS, type Environment } from "../../lib/environment.ts";
import { ok, type Result, refused } from "../../lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";

/** While a token is being rotated at Xendit, the old and the new one are both accepted; each is kept as a digest only. */
export const NewTokenForm = z.object({
  environment: z.enum(ENVIRONMENTS).exclude(["sandbox"]),
  label: z.string().trim().min(1, "Give it a name, such as the month.").max(40, "At most 40 characters."),
  callbackToken: z.string().trim().min(8, "This is too short for a token of Xendit's.").max(512, "This is too long."),
});
export type NewTokenForm = z.output<typeof NewTokenForm>;

export type TokenRefusal = "known" | "absent";

export const tokenRefusalText: Record<TokenRefusal, string> = {
  known: "This token is known already. One token stands for one environment.",
  absent: "There is no such token to revoke. Tokens from XENDIT_WEBHOOK_TOKENS are removed there.",
};

interface By {
  readonly by: { readonly operatorId: string; readonly email: string };
  readonly now: Date;
}

export async function addToken(db: Database, form: NewTokenForm, { by, now }: By): Promise<Result<null, TokenRefusal>> {
  const { webhookTokens } = db.tables;
  const { environment, label } = form;
  const row = {
    tokenDigest: createHash("sha256").update(form.callbackToken).digest("hex"),
    environment,
    label,
    origin: "operator",
    createdAt: now.getTime(),
  } as const;
  const insert = db.read.insert(webhookTokens).values(row).onConflictDoNothing();
  const written = await db.write([
    { query: insert, rows: 1 },
    auditStatement(db, { operator: by, action: "tokens:write", environment, detail: { added: label }, now }),
  ]);
  return written.ok ? ok(null) : refused("known");
}

/** Revoked, not deleted: what arrived with it still names it. */
export async function revokeToken(
  db: Database,
  digest: string,
  { by, now, environments }: By & { readonly environments: readonly Environment[] },
): Promise<Result<null, TokenRefusal>> {
  const { webhookTokens: table } = db.tables;
  const mine = and(eq(table.tokenDigest, digest), eq(table.origin, "operator"), isNull(table.revokedAt));
  const [token] = await db.read.select({ environment: table.environment, label: table.label }).from(table).where(mine);
  if (!token || !environments.includes(token.environment)) return refused("absent");
  const { environment, label } = token;
  const written = await db.write([
    { query: db.read.update(table).set({ revokedAt: now.getTime() }).where(mine), rows: 1 },
    auditStatement(db, { operator: by, action: "tokens:write", environment, detail: { revoked: label }, now }),
  ]);
  return written.ok ? ok(null) : refused("absent");
}
