import {
  BALANCE_COLUMNS,
  type BalanceColumn,
  TRANSACTIONS_COLUMNS,
  type TransactionsColumn,
} from "./report-columns.ts";

export type ReportVersion = "0" | "1" | "2";

interface Head<Column extends string> {
  /** Every column's name, as given and told apart where two are the same. */
  readonly columns: readonly string[];
  /** Where the columns we read stand. */
  readonly places: ReadonlyMap<Column, number>;
}
export type TransactionsHead = Head<TransactionsColumn> & {
  readonly kind: "transactions";
  readonly version: ReportVersion;
};
export type BalanceHead = Head<BalanceColumn> & { readonly kind: "balance"; readonly version: null };
export type ReportHead = TransactionsHead | BalanceHead;

export type RecognisedHead =
  | { readonly ok: true; readonly head: ReportHead }
  /** `expected` and `found` are sentences for whoever sent the file. */
  | { readonly ok: false; readonly expected: string; readonly found: string };

/** What makes a report of Xendit's what it is; the order and whatever else stands there do not matter. */
const NEEDED = {
  transactions: ["transactionId", "status", "type", "currency", "amount", "createdAt"],
  balance: ["transactionId", "lineType", "currency", "amount"],
} as const;

const EXPECTED =
  "Expected the head line of Xendit's Transactions report (with the columns Transaction ID, Status, Type, Currency, Amount and Timestamp - Created) or of its Balance report (Transaction ID, Line Type, Currency and Amount), in any order, as CSV.";

/** Knows a report by its head line, whatever the order of its columns and whichever others stand between them. */
export function recogniseHead(cells: readonly string[]): RecognisedHead {
  const transactions = placesOf(cells, TRANSACTIONS_COLUMNS);
  const balance = placesOf(cells, BALANCE_COLUMNS);
  const columns = tellApart(cells);
  const isBalance = NEEDED.balance.every((column) => balance.places.has(column));
  const isTransactions = NEEDED.transactions.every((column) => transactions.places.has(column));
  if (!isBalance && !isTransactions) return { ok: false, expected: EXPECTED, found: whatWasFound(cells) };

  const { twice } = isBalance ? balance : transactions;
  if (twice) return { ok: false, expected: `${EXPECTED} Each column once.`, found: `Found the column ${twice} twice.` };
  if (isBalance) return { ok: true, head: { kind: "balance", version: null, columns, places: balance.places } };
  const head = { kind: "transactions", version: versionOf(cells), columns, places: transactions.places } as const;
  return { ok: true, head };
}

/** Names compare without case, spaces, `_`, `-` and other marks: `Timestamp - Created` is `timestamp_created`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function placesOf<Column extends string>(cells: readonly string[], names: Readonly<Record<Column, readonly string[]>>) {
  const plain = cells.map(plainName);
  const places = new Map<Column, number>();
  let twice: string | null = null;
  for (const column of Object.keys(names) as Column[]) {
    // The first of its names that is there; a column may stand under one of them only once.
    const name = names[column].find((one) => plain.includes(one));
    if (name === undefined) continue;
    const place = plain.indexOf(name);
    places.set(column, place);
    if (plain.indexOf(name, place + 1) >= 0) twice ??= cells[place]?.trim() ?? name;
  }
  return { places, twice };
}

/** Two columns of one name would be one key of what is kept: the second is named so. */
function tellApart(cells: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell.trim() || `Column ${index + 1}`;
    const count = (seen.get(plainName(name)) ?? 0) + 1;
    seen.set(plainName(name), count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** Version 2 totals its fees; 1 differs from 0 by the settlement columns. */
function versionOf(cells: readonly string[]): ReportVersion {
  const plain = new Set(cells.map(plainName));
  const has = (...names: readonly string[]) => names.some((name) => plain.has(name));
  if (has("totalfee", "totalvat", "actualsettlementtime")) return "2";
  return has("settlementstatus", "estimatedsettlementtime", "timestampsettled") ? "1" : "0";
}

const MOST_NAMED = 8;

function whatWasFound(cells: readonly string[]): string {
  const plain = new Set(cells.map(plainName));
  const named = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (named.length === 0) return "Found no head line: the file is empty.";
  if (plain.has("totalfeeamount") || plain.has("paymentacceptancemodel")) {
    return "Found the Detailed transactions report, which tells of settlements in another way.";
  }
  if (plain.has("disputeid")) return "Found the Dispute report.";
  const shown = named.slice(0, MOST_NAMED).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  const more = named.length - shown.length;
  const missing = NEEDED.transactions.filter((column) => !TRANSACTIONS_COLUMNS[column].some((name) => plain.has(name)));
  const isNear = missing.length < NEEDED.transactions.length;
  const lacks = isNear ? ` Missing: ${missing.map((column) => labels[column]).join(", ")}.` : "";
  return `Found ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}.${lacks}`;
}

const labels: Readonly<Record<(typeof NEEDED.transactions)[number], string>> = {
  transactionId: "Transaction ID",
  status: "Status",
  type: "Type",
  currency: "Currency",
  amount: "Amount",
  createdAt: "Timestamp - Created",
};
