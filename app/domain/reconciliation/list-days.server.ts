import { and, eq, inArray, sql } from "drizzle-orm";
import { alive, type Database, type Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { type BusinessDay, dayRange } from "~/lib/time.ts";
import type { ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { addFigures, classesOfTotals, type Figures, figuresOfTotals, NOUGHT } from "./figures.ts";
import { pickSums, sumsOf } from "./sum-columns.server.ts";

/** What closed it keeps of a day. */
export interface Closing {
  readonly zone: string;
  readonly digest: string;
  readonly openExceptions: number;
  readonly closedBy: string;
  readonly closedAt: number;
  /** How many groups were in which class then. */
  readonly classes: Readonly<Partial<Record<ReconciliationClass, number>>>;
}

export interface DayLine {
  readonly day: BusinessDay;
  readonly isOver: boolean;
  readonly closing: Closing | null;
  /** Of a closed day: as frozen. One entry a currency. */
  readonly figures: readonly Figures[];
  /** What its closing put on record of days closed before. */
  readonly adjustments: readonly Figures[];
  /** Exceptions open now. */
  readonly open: number;
  /** Groups that changed since it was closed and wait for the next close. */
  readonly late: number;
}

interface Asked {
  readonly environment: Environment;
  readonly days: readonly BusinessDay[];
  readonly zone: string;
  readonly now: number;
}

/** Days with their figures: open ones as they are now, closed ones as they were frozen; of one's businesses only. */
export async function listDays(
  db: Database,
  scope: Scope,
  { environment, days, zone, now }: Asked,
): Promise<readonly DayLine[]> {
  if (!scope.environments.includes(environment)) return [];
  const asked = { db, scope, environment };
  const closings = await readClosings(asked, days);
  const isWhole = scope.businessIds === null;
  const [current, ledger, open, late] = await Promise.all([
    // The frozen figures of somebody's own businesses are summed from the ledger, which is as frozen.
    sumCurrent(
      asked,
      days.filter((day) => !closings.has(day) || !isWhole),
    ),
    isWhole ? [] : sumLedger(asked, [...closings.keys()]),
    countOpen(asked),
    countLate(asked),
  ]);
  return days.map((day) => {
    const closing = closings.get(day) ?? null;
    const own = current.filter((one) => one.day === day);
    const kept = ledger.filter((one) => one.period === day);
    return {
      day,
      isOver: dayRange(day, zone).until <= now,
      closing: closing && closingOf(closing),
      ...(closing === null
        ? { figures: addFigures(own), adjustments: [] }
        : isWhole
          ? frozen(closing)
          : ofBusinesses(day, { kept, own })),
      open: open.get(day) ?? 0,
      late: closing ? (late.get(day) ?? 0) : 0,
    };
  });
}

function frozen({ totals }: ClosedRow) {
  return { figures: figuresOfTotals(totals, "day"), adjustments: figuresOfTotals(totals, "adjustments") };
}

/** The ledger does not keep how many amounts are in none of its sums; the day's groups still say it. */
function ofBusinesses(
  day: BusinessDay,
  { kept, own }: { kept: readonly (Figures & { day: BusinessDay })[]; own: readonly Figures[] },
) {
  const untold = own.filter((one) => one.untold > 0).map((one) => ({ ...one, sums: NOUGHT }));
  return {
    figures: addFigures([...kept.filter((one) => one.day === day), ...untold]),
    adjustments: addFigures(kept.filter((one) => one.day !== day)),
  };
}

interface Of {
  readonly db: Database;
  readonly scope: Scope;
  readonly environment: Environment;
}

type ClosedRow = Tables["closedDays"]["$inferSelect"];

async function readClosings(
  { db, environment }: Of,
  days: readonly BusinessDay[],
): Promise<ReadonlyMap<BusinessDay, ClosedRow>> {
  const { closedDays } = db.tables;
  const rows = await db.read
    .select()
    .from(closedDays)
    .where(and(eq(closedDays.environment, environment), inArray(closedDays.day, [...days])));
  return new Map(rows.map((row) => [row.day, row]));
}

function closingOf({ zone, digest, openExceptions, closedBy, closedAt, totals }: ClosedRow): Closing {
  return { zone, digest, openExceptions, closedBy, closedAt, classes: classesOfTotals(totals) };
}

async function sumCurrent({ db, scope, environment }: Of, days: readonly BusinessDay[]) {
  const { reconciliationAmounts: table } = db.tables;
  if (days.length === 0) return [];
  const rows = await db
    .heavy()
    .select({
      day: table.day,
      currency: table.currency,
      untold: sql<number>`sum(${table.untold})`.mapWith(Number),
      ...sumsOf(table),
    })
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        inArray(table.day, [...days]),
        inBusiness(table.businessId, scope),
        alive,
      ),
    )
    .groupBy(table.day, table.currency);
  return rows.map((row) => ({ day: row.day, currency: row.currency, untold: row.untold, sums: pickSums(row) }));
}

async function sumLedger({ db, scope, environment }: Of, periods: readonly BusinessDay[]) {
  const { reconciliationLedger: table } = db.tables;
  if (periods.length === 0) return [];
  const rows = await db
    .heavy()
    .select({ period: table.period, day: table.day, currency: table.currency, ...sumsOf(table) })
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        inArray(table.period, [...periods]),
        inBusiness(table.businessId, scope),
        alive,
      ),
    )
    .groupBy(table.period, table.day, table.currency);
  return rows.map((row) => ({
    period: row.period,
    day: row.day,
    currency: row.currency,
    untold: 0,
    sums: pickSums(row),
  }));
}

async function countOpen({ db, scope, environment }: Of): Promise<ReadonlyMap<BusinessDay, number>> {
  const { reconciliationGroups: table } = db.tables;
  // Grouped by the column itself, SQLite walks every group of the environment in the order of days.
  const day = sql<BusinessDay>`(${table.day} || '')`;
  const rows = await db
    .heavy()
    .select({ day, count: sql<number>`count(*)`.mapWith(Number) })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.state, "open"), inBusiness(table.businessId, scope), alive))
    .groupBy(day);
  return new Map(rows.map(({ day, count }) => [day, count]));
}

async function countLate({ db, scope, environment }: Of): Promise<ReadonlyMap<BusinessDay, number>> {
  const { reconciliationAmounts: table } = db.tables;
  const rows = await db
    .heavy()
    .select({ day: table.day, count: sql<number>`count(distinct ${table.groupKey})`.mapWith(Number) })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.isLate, true), inBusiness(table.businessId, scope), alive))
    .groupBy(table.day);
  return new Map(rows.map(({ day, count }) => [day, count]));
}
