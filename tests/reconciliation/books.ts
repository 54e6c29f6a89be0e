import { and, eq } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import { blankImport } from "~/domain/reconciliation/begin-upload.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { LEDGER_AMOUNTS, type LedgerAmount } from "~/xendit/reconcile/amount-names.ts";

type Amounts = Partial<Record<LedgerAmount, number>>;

export interface GroupOfDay {
  readonly environment?: Environment;
  readonly groupKey: string;
  readonly day: string;
  readonly currency?: string;
  readonly businessId?: string | null;
  readonly untold?: number;
  /** The group beside its amounts, when a test looks at classes. */
  readonly class?: "matched" | "amount_differs" | "missing_in_report_overdue";
  readonly reference?: string;
}

export const noughts = Object.fromEntries(LEDGER_AMOUNTS.map((name) => [name, 0])) as Record<LedgerAmount, number>;

/** Leaves a group's day as a match would: what it comes to now, and whether that is news to a closed day. */
export async function book(db: Database, of: GroupOfDay, amounts: Amounts): Promise<void> {
  const { reconciliationAmounts: table, closedDays, reconciliationLedger: ledger } = db.tables;
  const { environment = "sandbox", groupKey, currency = "IDR", businessId = null, untold = 0 } = of;
  const day = of.day as BusinessDay;
  const key = { environment, groupKey, day, currency };
  const now = { ...noughts, ...amounts };
  const closed = await db.read
    .select()
    .from(closedDays)
    .where(and(eq(closedDays.environment, environment), eq(closedDays.day, day)));
  const record = await db.read
    .select()
    .from(ledger)
    .where(
      and(
        eq(ledger.environment, environment),
        eq(ledger.groupKey, groupKey),
        eq(ledger.day, day),
        eq(ledger.currency, currency),
      ),
    );
  const isNews = LEDGER_AMOUNTS.some((name) => now[name] !== record.reduce((sum, row) => sum + row[name], 0));
  const set = { ...now, businessId, untold, isLate: closed.length > 0 && isNews };
  const statements = [
    {
      query: db.read
        .insert(table)
        .values({ ...key, ...set })
        .onConflictDoUpdate({
          target: [table.environment, table.groupKey, table.day, table.currency],
          set,
        }),
      rows: 1,
    },
  ];
  const written = await db.write([...statements, groupStatement(db, of)]);
  if (!written.ok) throw new Error("not written");
}

function groupStatement(db: Database, of: GroupOfDay) {
  const { reconciliationGroups: groups } = db.tables;
  const { environment = "sandbox", groupKey, currency = "IDR", businessId = null } = of;
  const oneClass = of.class ?? "matched";
  const values = {
    environment,
    groupKey,
    paymentRequestId: groupKey,
    businessId,
    class: oneClass,
    notes: [],
    state: oneClass === "matched" ? ("none" as const) : ("open" as const),
    reference: of.reference ?? `ref-${groupKey}`,
    currency,
    day: of.day as BusinessDay,
    occurredAt: Date.parse(`${of.day}T05:00:00Z`),
    rows: 1,
    explanation: [],
    digest: "",
  };
  return {
    query: db.read
      .insert(groups)
      .values(values)
      .onConflictDoUpdate({ target: [groups.environment, groups.groupKey], set: values }),
    rows: 1,
  };
}

/** As a whole match leaves behind; `isWhole: false` when its check did not add up. */
export async function bookRun(db: Database, { isWhole = true, environment = "sandbox" as Environment } = {}) {
  const { reconciliationRuns: runs } = db.tables;
  const figures = { expected: "1", found: isWhole ? "1" : "2" };
  const check = { isWhole, rows: figures, payments: figures, captured: [], reported: [] };
  const at = Date.parse("2026-04-01T00:00:00Z");
  const row = { environment, startedAt: at, finishedAt: at, groups: 1, rows: 1, check };
  await db.write([
    {
      query: db.read.insert(runs).values(row).onConflictDoUpdate({ target: runs.environment, set: row }),
      rows: 1,
    },
  ]);
}

export async function ledgerOf(db: Database) {
  return db.read.select().from(db.tables.reconciliationLedger);
}

/** A report that was read, of which nothing is told but the time between its first and its last transaction. */
export async function bookReport(
  db: Database,
  {
    from,
    to,
    ...rest
  }: Partial<Tables["reportImports"]["$inferInsert"]> & { readonly from: number; readonly to: number },
): Promise<void> {
  const named = { importId: newId("import"), name: "report.csv", operatorId: "op_1", orderedBy: "ada@desk.test" };
  const row = { ...blankImport(new Date(0)), ...named, environment: "sandbox", state: "imported", from, to } as const;
  await db.write([{ query: db.read.insert(db.tables.reportImports).values({ ...row, ...rest }), rows: 1 }]);
}
