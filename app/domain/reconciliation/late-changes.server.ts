import { and, asc, eq, gt, or, type SQL, sql } from "drizzle-orm";
import { alive, type Database, type Reader } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { LEDGER_AMOUNTS } from "~/xendit/reconcile/amount-names.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { Adjusted, Adjustment } from "./adjustment.ts";
import { eachSum, pickSums } from "./sum-columns.server.ts";

interface Asked {
  readonly environment: Environment;
  /** Only changes of this closed day; `null` for all, as the next close will take them up. */
  readonly day: BusinessDay | null;
  /** The group after which the list by name goes on. */
  readonly after?: string | null;
}

/** How many are named at once; the sums are always of all. */
export const NAMED_AT_ONCE = 100;

/** What changed on closed days and no later close has taken up: now, less what is on record. */
export async function findLateChanges(
  db: Database,
  scope: Scope,
  { environment, day, after = null }: Asked,
): Promise<Adjusted> {
  if (!scope.environments.includes(environment)) return { groups: 0, figures: [], named: [], next: null };
  const reader = db.heavy();
  const { reconciliationAmounts: amounts } = db.tables;
  const where = and(
    eq(amounts.environment, environment),
    eq(amounts.isLate, true),
    day === null ? undefined : eq(amounts.day, day),
    inBusiness(amounts.businessId, scope),
    alive,
  );
  const [figures, named] = await Promise.all([
    sumChanges(db, reader, { environment, where }),
    nameChanges(db, reader, { environment, where, after }),
  ]);
  return { ...figures, ...named };
}

interface Of {
  readonly environment: Environment;
  readonly where: SQL | undefined;
}

async function sumChanges(db: Database, reader: Reader, of: Of) {
  const changes = changesOf(db, reader, of).as("changes");
  const rows = await reader
    .select({
      currency: changes.currency,
      groups: sql<number>`count(distinct ${changes.groupKey})`.mapWith(Number),
      ...eachSum((name) => sql<string>`cast(sum(${changes[name]}) as text)`.as(`sum_${name}`)),
    })
    .from(changes)
    .groupBy(changes.currency)
    .orderBy(asc(changes.currency));
  return {
    // A group of two currencies counts in both; so many groups there are at most.
    groups: rows.reduce((sum, row) => sum + row.groups, 0),
    figures: rows.map((row) => ({ currency: row.currency, untold: 0, sums: pickSums(row) })),
  };
}

async function nameChanges(
  db: Database,
  reader: Reader,
  { environment, where, after }: Of & { readonly after: string | null },
) {
  const { reconciliationAmounts: amounts, reconciliationGroups: groups } = db.tables;
  const going = after === null ? where : and(where, gt(keyOf(amounts), after));
  const changes = changesOf(db, reader, { environment, where: going }).as("changes");
  const rows = await reader
    .select({
      groupKey: changes.groupKey,
      day: changes.day,
      currency: changes.currency,
      reference: groups.reference,
      key: changes.key,
      ...eachSum((name) => sql<string>`cast(${changes[name]} as text)`.as(`text_${name}`)),
    })
    .from(changes)
    .leftJoin(groups, and(eq(groups.environment, environment), eq(groups.groupKey, changes.groupKey)))
    .orderBy(asc(changes.key))
    .limit(NAMED_AT_ONCE + 1);
  return pageOf(rows.map((row) => ({ ...row, period: null, sums: pickSums(row) })));
}

type Keyed = Adjustment & { readonly key: string };

export function pageOf(rows: readonly Keyed[]): Pick<Adjusted, "named" | "next"> {
  const page = rows.slice(0, NAMED_AT_ONCE);
  const named = page.map(({ groupKey, day, currency, reference, period, sums }) => {
    return { groupKey, day, currency, reference, period, sums };
  });
  return { named, next: rows.length > NAMED_AT_ONCE ? (page.at(-1)?.key ?? null) : null };
}

/** One text that orders as (day, group, currency) does: what the list goes on after. */
export function keyOf(row: { day: unknown; groupKey: unknown; currency: unknown }): SQL<string> {
  return sql<string>`(${row.day} || ' ' || ${row.groupKey} || ' ' || ${row.currency})`;
}

/**
 * Closed day by closed day, what changed on it beside what is on record of that. SQLite keeps the order of cross and outer
 * joins: left to itself it walks all that was ever closed instead of the little that changed. For the same reason the rows
 * are grouped by a text that no index is in the order of.
 */
function changesOf(db: Database, reader: Reader, { environment, where }: Of) {
  const { reconciliationAmounts: amounts, reconciliationLedger: ledger, closedDays } = db.tables;
  const change = eachSum((name) => sql<number>`${amounts[name]} - coalesce(sum(${ledger[name]}), 0)`);
  return reader
    .select({
      groupKey: amounts.groupKey,
      day: amounts.day,
      currency: amounts.currency,
      key: keyOf(amounts).as("change_key"),
      ...eachSum((name) => change[name].as(`change_${name}`)),
    })
    .from(closedDays)
    .crossJoin(amounts)
    .leftJoin(
      ledger,
      and(
        eq(ledger.environment, amounts.environment),
        eq(ledger.groupKey, amounts.groupKey),
        eq(ledger.day, amounts.day),
        eq(ledger.currency, amounts.currency),
      ),
    )
    .where(and(eq(closedDays.environment, environment), eq(amounts.day, closedDays.day), where))
    .groupBy(keyOf(amounts), amounts.environment, amounts.groupKey, amounts.day, amounts.currency)
    .having(or(...LEDGER_AMOUNTS.map((name) => sql`${change[name]} <> 0`)));
}
