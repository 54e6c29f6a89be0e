import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { LEDGER_AMOUNTS, type LedgerAmount } from "~/xendit/reconcile/amount-names.ts";
import type { Sums } from "./figures.ts";

type Columns = Readonly<Record<LedgerAmount, SQLiteColumn>>;

/** Sums leave the store as text, to become bigint: a number holds them only up to 2^53. */
export function sumsOf(columns: Columns): Record<LedgerAmount, SQL.Aliased<string>> {
  return eachSum((name) => sql<string>`cast(sum(${columns[name]}) as text)`.as(`sum_${name}`));
}

export function eachSum<Value>(make: (name: LedgerAmount) => Value): Record<LedgerAmount, Value> {
  return Object.fromEntries(LEDGER_AMOUNTS.map((name) => [name, make(name)])) as Record<LedgerAmount, Value>;
}

export function pickSums(row: Readonly<Record<LedgerAmount, string>>): Sums {
  return eachSum((name) => row[name]);
}
