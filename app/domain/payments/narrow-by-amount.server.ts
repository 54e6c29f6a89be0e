import { and, eq, gte, lte, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { CURRENCIES, isKnownCurrency } from "~/lib/money.ts";
import { TARGET_CAP } from "../lists/identifier-targets.server.ts";
import type { Narrowing } from "../lists/list-request.server.ts";
import { type MinorRange, minorRange } from "./amount-range.ts";
import type { PaymentListFilters } from "./payment-queries.server.ts";

/**
 * The payments asked for within a range of amounts: one look into the index by currency and amount for each currency,
 * since a unit of one is no unit of another. A few rows are named by id; of many, each row of the list is asked.
 */
export async function narrowByAmount(
  db: Database,
  { environment, codes, amountMin, amountMax }: PaymentListFilters,
): Promise<Narrowing | null> {
  if (amountMin === null && amountMax === null) return null;
  // What was asked in a currency we do not know has no minor units, and lies in no range.
  const currencies = codes.currency?.filter(isKnownCurrency) ?? CURRENCIES;
  const ranges = currencies.map((currency) => minorRange({ min: amountMin, max: amountMax }, currency));
  const found = await Promise.all(ranges.map((range) => idsWithin(db, environment, range)));
  const ids = found.flat();
  return ids.length <= TARGET_CAP
    ? { ids }
    : { condition: or(...ranges.map((range) => isWithin(db, range))) ?? sql`0` };
}

async function idsWithin(
  db: Database,
  environment: Environment,
  { currency, from, to }: MinorRange,
): Promise<string[]> {
  const { paymentRequests: table } = db.tables;
  const rows = await db.read
    .select({ id: table.paymentRequestId })
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        eq(table.currency, currency),
        gte(table.amountMinor, from),
        to === null ? undefined : lte(table.amountMinor, to),
      ),
    )
    .limit(TARGET_CAP + 1);
  return rows.map((row) => row.id);
}

/** `coalesce` keeps the planner from walking the index by amount instead of the list's own order. */
function isWithin(db: Database, { currency, from, to }: MinorRange): SQL | undefined {
  const { paymentRequests: table } = db.tables;
  const amount = sql`coalesce(${table.amountMinor}, -1)`;
  return and(
    sql`coalesce(${table.currency}, '') = ${currency}`,
    sql`${amount} >= ${from}`,
    to === null ? undefined : sql`${amount} <= ${to}`,
  );
}
