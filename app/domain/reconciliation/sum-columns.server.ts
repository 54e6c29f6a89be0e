import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { LedgerAmount } from "~/xendit/reconcile/ledger.ts";
import { SUM_NAMES, type Sums } from "./figures.ts";

type Columns = Readonly<Record<LedgerAmount, SQLiteColumn>>;

/** Sums leave the store as text, to become bigint: a number holds them only up to 2^53. */
export function sumsOf(columns: Columns): Record<LedgerAmount, SQL.Aliased<string>> {
  return eachSum((name) => sql<string>`cast(sum(${columns[name]}) as text)`.as(`sum_${name}`));
}

export function eachSum<Value>(make: (name: LedgerAmount) => Value): Record<LedgerAmount, Value> {
  return Object.fromEntries(SUM_NAMES.map((name) => [name, make(name)])) as Record<LedgerAmount, Value>;
}

export function pickSums(row: Readonly<Record<LedgerAmount, string>>): Sums {
  return eachSum((name) => row[name]);
}
