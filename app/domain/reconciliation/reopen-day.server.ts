import { and, eq, exists, type SQL, sql } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { LEDGER_AMOUNTS, type LedgerAmount } from "~/xendit/reconcile/amount-names.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import type { ReopenRefusal } from "./closing.ts";

export interface ReopenDay {
  readonly environment: Environment;
  readonly day: BusinessDay;
  /** Of the closing that was looked at. */
  readonly digest: string;
  readonly reason: string;
  /** `scope` is already narrowed to `reconciliation:reopen`. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/**
 * Takes a closing back: its rows leave the ledger, and what it had adjusted on other closed days waits for the next close
 * again. What later closes adjusted on this day stays theirs: closing it anew posts the rest.
 */
export async function reopenDay(
  db: Database,
  { environment, day, digest, reason, operator, now }: ReopenDay,
): Promise<Result<null, ReopenRefusal>> {
  if (operator.scope.businessIds !== null) return refused("limited");
  const { closedDays, reconciliationLedger: ledger, reconciliationAmounts: amounts } = db.tables;
  const thisClosing = and(
    eq(closedDays.environment, environment),
    eq(closedDays.day, day),
    eq(closedDays.digest, digest),
  );
  const [closing] = await db.read.select().from(closedDays).where(thisClosing);
  if (!closing) return refused("not_closed");
  const { zone, openExceptions, closedBy, closedAt, totals } = closing;

  const written = await db.write([
    { query: db.read.delete(closedDays).where(thisClosing), rows: 1 },
    adjustedIsLateAgain(db, { environment, day }),
    {
      // Of an open day nothing is late.
      query: db.read
        .update(amounts)
        .set({ isLate: false })
        .where(and(eq(amounts.environment, environment), eq(amounts.day, day), eq(amounts.isLate, true))),
      rows: "any",
    },
    {
      query: db.read.delete(ledger).where(and(eq(ledger.environment, environment), eq(ledger.period, day))),
      rows: "any",
    },
    auditStatement(db, {
      operator,
      action: "reconciliation:reopen",
      environment,
      subject: day,
      reason,
      detail: { digest, zone, openExceptions, closedBy, closedAt, totals },
      now,
    }),
  ]);
  return written.ok ? ok(null) : refused("not_closed");
}

type Noughts = Record<LedgerAmount, SQL.Aliased<number>>;

/** A group that adds nothing to that day any more has no row there: it gets one of noughts, which says so. */
function adjustedIsLateAgain(db: Database, { environment, day }: Pick<ReopenDay, "environment" | "day">): Statement {
  const { closedDays, reconciliationLedger: ledger, reconciliationAmounts: amounts } = db.tables;
  const nought = sql<number>`0`;
  const noughts = Object.fromEntries(LEDGER_AMOUNTS.map((amount) => [amount, nought.as(amount)])) as Noughts;
  const adjusted = db.read
    .select({
      environment: ledger.environment,
      groupKey: ledger.groupKey,
      day: ledger.day,
      currency: ledger.currency,
      businessId: ledger.businessId,
      ...noughts,
      untold: nought.as("untold"),
      isLate: sql<number>`1`.as("is_late"),
    })
    .from(ledger)
    .where(
      and(
        eq(ledger.environment, environment),
        eq(ledger.period, day),
        sql`period <> ${ledger.day}`,
        exists(
          db.read
            .select({ day: closedDays.day })
            .from(closedDays)
            .where(and(eq(closedDays.environment, environment), eq(closedDays.day, ledger.day))),
        ),
      ),
    );
  const query = db.read
    .insert(amounts)
    .select(adjusted)
    .onConflictDoUpdate({
      target: [amounts.environment, amounts.groupKey, amounts.day, amounts.currency],
      set: { isLate: true },
    });
  return { query, rows: "any" };
}
