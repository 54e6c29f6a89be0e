import { and, asc, between, eq, gt, type SQL, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { Adjusted } from "./adjustment.ts";
import { keyOf, NAMED_AT_ONCE, pageOf } from "./late-changes.server.ts";
import { eachSum, pickSums, sumsOf } from "./sum-columns.server.ts";

interface Asked {
  readonly environment: Environment;
  /** `by`: what closing these days adjusted. `of`: by which later closes these days were adjusted. */
  readonly side: "by" | "of";
  /** Both included. */
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly after?: string | null;
}

/** Adjustments that are on record: frozen as the closes that posted them. */
export async function findPostedAdjustments(
  db: Database,
  scope: Scope,
  { environment, side, from, to, after = null }: Asked,
): Promise<Adjusted> {
  if (!scope.environments.includes(environment)) return { groups: 0, figures: [], named: [], next: null };
  const { reconciliationLedger: ledger } = db.tables;
  const where = and(
    eq(ledger.environment, environment),
    between(side === "by" ? ledger.period : ledger.day, from, to),
    // As the partial indexes have it.
    sql`${ledger.period} <> ${ledger.day}`,
    inBusiness(ledger.businessId, scope),
    alive,
  );
  const [figures, named] = await Promise.all([sumPosted(db, where), namePosted(db, { environment, where, after })]);
  return { ...figures, ...named };
}

async function sumPosted(db: Database, where: SQL | undefined) {
  const { reconciliationLedger: ledger } = db.tables;
  const rows = await db
    .heavy()
    .select({
      currency: ledger.currency,
      groups: sql<number>`count(distinct ${ledger.groupKey})`.mapWith(Number),
      ...sumsOf(ledger),
    })
    .from(ledger)
    .where(where)
    .groupBy(ledger.currency)
    .orderBy(asc(ledger.currency));
  return {
    groups: rows.reduce((sum, row) => sum + row.groups, 0),
    figures: rows.map((row) => ({ currency: row.currency, untold: 0, sums: pickSums(row) })),
  };
}

async function namePosted(
  db: Database,
  { environment, where, after }: { environment: Environment; where: SQL | undefined; after: string | null },
) {
  const { reconciliationLedger: ledger, reconciliationGroups: groups } = db.tables;
  // One group may be adjusted for one day by several closes.
  const key = sql<string>`(${keyOf(ledger)} || ' ' || ${ledger.period})`;
  const rows = await db
    .heavy()
    .select({
      groupKey: ledger.groupKey,
      day: ledger.day,
      period: ledger.period,
      currency: ledger.currency,
      reference: groups.reference,
      key: key.as("posted_key"),
      ...eachSum((name) => sql<string>`cast(${ledger[name]} as text)`.as(`text_${name}`)),
    })
    .from(ledger)
    .leftJoin(groups, and(eq(groups.environment, environment), eq(groups.groupKey, ledger.groupKey)))
    .where(after === null ? where : and(where, gt(key, after)))
    .orderBy(asc(key))
    .limit(NAMED_AT_ONCE + 1);
  return pageOf(rows.map((row) => ({ ...row, sums: pickSums(row) })));
}
