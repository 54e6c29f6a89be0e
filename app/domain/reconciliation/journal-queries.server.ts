import { and, asc, between, eq, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { type BusinessDay, parseDay } from "~/lib/time.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { JournalSource } from "./journal.ts";
import { firstDay, lastDay, parseMonth } from "./month.ts";
import { pickSums, sumsOf } from "./sum-columns.server.ts";

export interface JournalPeriod {
  /** Both included. */
  readonly from: BusinessDay;
  readonly to: BusinessDay;
}

/** A day or a month; `null` for anything else. */
export function parsePeriod(text: string | null): JournalPeriod | null {
  const day = parseDay(text ?? "");
  if (day) return { from: day, to: day };
  const month = parseMonth(text);
  return month ? { from: firstDay(month), to: lastDay(month) } : null;
}

interface Asked extends JournalPeriod {
  readonly environment: Environment;
  readonly signal?: AbortSignal;
}

/**
 * What is posted on the days of a period: of closed days what was put on record, adjustments of earlier days included;
 * of open ones their figures as they are now. By posting day, then day and currency.
 */
export async function readJournalSources(db: Database, scope: Scope, asked: Asked): Promise<readonly JournalSource[]> {
  if (!scope.environments.includes(asked.environment)) return [];
  const [closed, onRecord, current] = await Promise.all([
    readClosed(db, asked),
    sumOnRecord(db, scope, asked),
    sumCurrent(db, scope, asked),
  ]);
  const untold = new Map(current.map((one) => [`${one.day} ${one.currency}`, one.untold]));
  const final = onRecord.map((one) => ({
    ...one,
    isFinal: true,
    untold: one.period === one.day ? (untold.get(`${one.day} ${one.currency}`) ?? 0) : 0,
  }));
  const drafts = current
    .filter(({ day }) => !closed.has(day))
    .map((one) => ({ ...one, period: one.day, isFinal: false }));
  const order = ({ period, day, currency }: JournalSource) => `${period} ${day} ${currency}`;
  return [...final, ...drafts].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

async function readClosed(db: Database, { environment, from, to }: Asked): Promise<ReadonlySet<BusinessDay>> {
  const { closedDays } = db.tables;
  const rows = await db.read
    .select({ day: closedDays.day })
    .from(closedDays)
    .where(and(eq(closedDays.environment, environment), between(closedDays.day, from, to)));
  return new Set(rows.map(({ day }) => day));
}

async function sumOnRecord(db: Database, scope: Scope, { environment, from, to, signal }: Asked) {
  const { reconciliationLedger: table } = db.tables;
  const rows = await db
    .heavy({ signal })
    .select({ period: table.period, day: table.day, currency: table.currency, ...sumsOf(table) })
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        between(table.period, from, to),
        inBusiness(table.businessId, scope),
        alive,
      ),
    )
    .groupBy(table.period, table.day, table.currency)
    .orderBy(asc(table.period), asc(table.day), asc(table.currency));
  return rows.map((row) => ({ period: row.period, day: row.day, currency: row.currency, sums: pickSums(row) }));
}

async function sumCurrent(db: Database, scope: Scope, { environment, from, to, signal }: Asked) {
  const { reconciliationAmounts: table } = db.tables;
  const rows = await db
    .heavy({ signal })
    .select({
      day: table.day,
      currency: table.currency,
      untold: sql<number>`sum(${table.untold})`.mapWith(Number),
      ...sumsOf(table),
    })
    .from(table)
    .where(
      and(eq(table.environment, environment), between(table.day, from, to), inBusiness(table.businessId, scope), alive),
    )
    .groupBy(table.day, table.currency);
  return rows.map((row) => ({ day: row.day, currency: row.currency, untold: row.untold, sums: pickSums(row) }));
}
