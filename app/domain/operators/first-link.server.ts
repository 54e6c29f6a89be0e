import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, notExists } from "drizzle-orm";
import type { Database, Statement } from "../../db.server.ts";

/** The way in while there is no operator: a link printed at the start, good for one use and 60 minutes. */
const LIFETIME_MS = 60 * 60_000;

/** A new token, or `null` when somebody can sign in already. Earlier links stop working: one is enough. */
export async function issueFirstLink(db: Database, now: Date): Promise<string | null> {
  if (await hasOperators(db)) return null;
  const token = randomBytes(32).toString("base64url");
  const { firstLinks } = db.tables;
  const at = now.getTime();
  const row = { tokenDigest: digestOf(token), createdAt: at, expiresAt: at + LIFETIME_MS };
  await db.write([
    { query: db.read.delete(firstLinks), rows: "any" },
    { query: db.read.insert(firstLinks).values(row), rows: 1 },
  ]);
  return token;
}

/** Whether the link would still work; looking does not spend it. */
export async function isFirstLinkOpen(db: Database, { token, now }: { token: string; now: Date }): Promise<boolean> {
  if (await hasOperators(db)) return false;
  const { firstLinks } = db.tables;
  const found = await db.read
    .select({ tokenDigest: firstLinks.tokenDigest })
    .from(firstLinks)
    .where(openLink(db, token, now))
    .limit(1);
  return found.length > 0;
}

/** Spends the link, and does so in the one transaction that makes the operator: of two posts one finds nothing to spend. */
export function spendFirstLink(db: Database, { token, now }: { token: string; now: Date }): Statement {
  const { firstLinks, operators } = db.tables;
  const query = db.read
    .update(firstLinks)
    .set({ spentAt: now.getTime() })
    .where(and(openLink(db, token, now), notExists(db.read.select({ id: operators.operatorId }).from(operators))));
  return { query, rows: 1 };
}

export async function hasOperators(db: Database): Promise<boolean> {
  const { operators } = db.tables;
  return (await db.read.select({ id: operators.operatorId }).from(operators).limit(1)).length > 0;
}

function openLink({ tables: { firstLinks } }: Database, token: string, now: Date) {
  return and(
    eq(firstLinks.tokenDigest, digestOf(token)),
    isNull(firstLinks.spentAt),
    gt(firstLinks.expiresAt, now.getTime()),
  );
}

function digestOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
