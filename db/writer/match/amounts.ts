import type { Environment } from "../../../app/lib/environment.ts";
import { LEDGER_AMOUNTS } from "../../../app/xendit/reconcile/amount-names.ts";
import type { Verdict } from "../../../app/xendit/reconcile/group-facts.ts";
import type { Connection } from "../../connection.ts";
import { get, rows, run } from "../statements.ts";

export interface MadeGroup {
  readonly groupKey: string;
  readonly verdict: Verdict;
  /** By a person, on the day and in the currency of the group. */
  readonly writtenOff: number;
}

const columns = LEDGER_AMOUNTS.map((amount) => amount.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

/** In the order of `LEDGER_AMOUNTS`. */
type Amounts = readonly number[];
const NOTHING: Amounts = columns.map(() => 0);

interface Entry {
  readonly groupKey: string;
  readonly day: string;
  readonly currency: string;
  readonly businessId: string | null;
  readonly amounts: Amounts;
  readonly untold: number;
}

/**
 * Makes what groups add to days equal to what they come to now. What is on record of a day is no longer there only as a
 * row of noughts: the next day that is closed has to take it off again.
 */
export function writeAmounts(
  connection: Connection,
  environment: Environment,
  keys: readonly string[],
  made: readonly MadeGroup[],
): void {
  const list = JSON.stringify(keys);
  const now = new Map(made.flatMap(entriesOf).map((entry) => [nameOf(entry), entry]));
  const before = storedAmounts(connection, environment, list);
  const record = onRecord(connection, environment, list);
  const closed = closedDays(connection, environment);
  for (const [name, entry] of [...before, ...record]) {
    if (!now.has(name)) now.set(name, { ...entry, amounts: NOTHING, untold: 0 });
  }
  for (const [name, entry] of now) {
    const recorded = record.get(name)?.amounts ?? NOTHING;
    const isKept = entry.untold !== 0 || !isNothing(entry.amounts) || !isNothing(recorded);
    const isLate = closed.has(entry.day) && !same(entry.amounts, recorded);
    const stored = before.get(name);
    if (!isKept) {
      if (stored) remove(connection, environment, entry);
      continue;
    }
    const values = [entry.businessId, ...entry.amounts, entry.untold, Number(isLate)];
    if (stored && same(values, [stored.businessId, ...stored.amounts, stored.untold, stored.isLate])) continue;
    run(connection, UPSERT, environment, entry.groupKey, entry.day, entry.currency, ...values);
  }
}

function entriesOf({ groupKey, verdict, writtenOff }: MadeGroup): readonly Entry[] {
  const { businessId } = verdict;
  const entries = verdict.amounts.map(({ day, currency, untold, ...amounts }): Entry => {
    const values = LEDGER_AMOUNTS.map((name) => (name === "writtenOff" ? 0 : amounts[name]));
    return { groupKey, day, currency, businessId, amounts: values, untold };
  });
  if (writtenOff === 0) return entries;
  const { day } = verdict;
  const currency = verdict.currency ?? "";
  const place = LEDGER_AMOUNTS.indexOf("writtenOff");
  const own = entries.find((entry) => entry.day === day && entry.currency === currency);
  const base: Entry = own ?? { groupKey, day, currency, businessId, amounts: NOTHING, untold: 0 };
  return [...entries.filter((entry) => entry !== own), { ...base, amounts: base.amounts.with(place, writtenOff) }];
}

const ofGroups = "FROM json_each(?) k CROSS JOIN";

interface StoredEntry extends Entry {
  readonly isLate: number;
}

function storedAmounts(
  connection: Connection,
  environment: Environment,
  list: string,
): ReadonlyMap<string, StoredEntry> {
  const found = rows(
    connection,
    `SELECT a.group_key, a.day, a.currency, a.business_id, a.untold, a.is_late,
       ${columns.map((column) => `a.${column}`).join(", ")}
     ${ofGroups} reconciliation_amounts a ON a.environment = ? AND a.group_key = k.value`,
    list,
    environment,
  );
  return asEntries(found);
}

/** What closed days have on record of these groups, all periods together. */
function onRecord(connection: Connection, environment: Environment, list: string): ReadonlyMap<string, StoredEntry> {
  if (!get(connection, "SELECT 1 FROM reconciliation_ledger WHERE environment = ? LIMIT 1", environment)) {
    return new Map();
  }
  const found = rows(
    connection,
    `SELECT l.group_key, l.day, l.currency, max(l.business_id), 0, 0,
       ${columns.map((column) => `sum(l.${column})`).join(", ")}
     ${ofGroups} reconciliation_ledger l ON l.environment = ? AND l.group_key = k.value
     GROUP BY l.group_key, l.day, l.currency`,
    list,
    environment,
  );
  return asEntries(found);
}

function asEntries(found: readonly (readonly unknown[])[]): ReadonlyMap<string, StoredEntry> {
  const entries = found.map(([groupKey, day, currency, businessId, untold, isLate, ...amounts]): StoredEntry => {
    return {
      groupKey: String(groupKey),
      day: String(day),
      currency: String(currency),
      businessId: businessId === null ? null : String(businessId),
      untold: Number(untold),
      isLate: Number(isLate),
      amounts: amounts as number[],
    };
  });
  return new Map(entries.map((entry) => [nameOf(entry), entry]));
}

function closedDays(connection: Connection, environment: Environment): ReadonlySet<string> {
  const found = rows(connection, "SELECT day FROM closed_days WHERE environment = ?", environment);
  return new Set(found.map(([day]) => String(day)));
}

const KEY = ["environment", "group_key", "day", "currency"];
const REST = ["business_id", ...columns, "untold", "is_late"];
const UPSERT = `INSERT INTO reconciliation_amounts (${[...KEY, ...REST].join(", ")})
  VALUES (${[...KEY, ...REST].map(() => "?").join(", ")})
  ON CONFLICT (${KEY.join(", ")}) DO UPDATE SET ${REST.map((name) => `${name} = excluded.${name}`).join(", ")}`;

function remove(connection: Connection, environment: Environment, { groupKey, day, currency }: Entry): void {
  run(
    connection,
    "DELETE FROM reconciliation_amounts WHERE environment = ? AND group_key = ? AND day = ? AND currency = ?",
    environment,
    groupKey,
    day,
    currency,
  );
}

function nameOf({ groupKey, day, currency }: Entry): string {
  return `${groupKey}\n${day}\n${currency}`;
}

function isNothing(amounts: Amounts): boolean {
  return amounts.every((amount) => amount === 0);
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((value, place) => value === b[place]);
}
