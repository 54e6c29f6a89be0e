import { eq, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { ACCOUNTS_SETTING, AccountCodes, defaultAccounts } from "./journal-accounts.ts";

export async function readJournalAccounts(db: Database): Promise<AccountCodes> {
  const { settings } = db.tables;
  const [row] = await db.read
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.name, ACCOUNTS_SETTING));
  // An account added later has no code of theirs yet.
  const stored = typeof row?.value === "object" ? row.value : {};
  const parsed = AccountCodes.safeParse({ ...defaultAccounts, ...stored });
  return parsed.success ? parsed.data : defaultAccounts;
}

/** For every environment: a merchant has one chart of accounts. Journals already exported keep theirs. */
export async function saveJournalAccounts(
  db: Database,
  order: {
    readonly codes: AccountCodes;
    readonly operator: { readonly operatorId: string; readonly email: string };
    readonly now: Date;
  },
): Promise<void> {
  const { settings } = db.tables;
  const { codes, operator, now } = order;
  const before = await readJournalAccounts(db);
  const changed = Object.entries(codes).filter(([name, code]) => before[name as keyof AccountCodes] !== code);
  if (changed.length === 0) return;
  const row = { name: ACCOUNTS_SETTING, value: codes, updatedAt: now.getTime() };
  const set = { value: sql`excluded.value`, updatedAt: now.getTime() };
  await db.write([
    { query: db.read.insert(settings).values(row).onConflictDoUpdate({ target: settings.name, set }), rows: 1 },
    auditStatement(db, {
      operator,
      action: "reconciliation:rules",
      subject: ACCOUNTS_SETTING,
      detail: { before, after: codes },
      now,
    }),
  ]);
}
