import type { Environment } from "../../../app/lib/environment.ts";
import { CARD_CHANNELS } from "../../../app/xendit/reconcile/row-kind.ts";
import type { Difference } from "../../../app/xendit/report/telling.ts";
import type { Connection } from "../../connection.ts";
import type { MatchCheck } from "../../schema/reconciliation.ts";
import { all, get } from "../statements.ts";

/** What is counted on both sides. Sums are texts, as they may be beyond what a number holds exactly. */
export interface Tallies {
  readonly rows: Difference;
  readonly payments: Difference;
  readonly captured: Readonly<Record<string, Difference>>;
  readonly reported: Readonly<Record<string, Difference>>;
}

const NONE: Difference = { expected: "0", found: "0" };
export const NO_TALLIES: Tallies = { rows: NONE, payments: NONE, captured: {}, reported: {} };

export interface Range {
  readonly environment: Environment;
  /** Keys after this one, up to that one. */
  readonly after: string;
  readonly upTo: string;
}

const inRange = (key: string, table: string) =>
  `${table}.environment = @environment AND ${table}.${key} > @after AND ${table}.${key} <= @upTo`;

/** Codes as reports for people spell them too. */
const code = (column: string) => `upper(replace(replace(trim(${column}), ' ', '_'), '-', '_'))`;
const isPayment = (table: string) => `${code(`${table}.type`)} = 'PAYMENT'`;
const isSuccess = (table: string) => `(${table}.status IS NULL OR ${code(`${table}.status`)} = 'SUCCESS')`;

const COUNTS = `SELECT
  (SELECT count(*) FROM report_rows r INDEXED BY report_rows_by_group WHERE ${inRange("group_key", "r")}) AS rowsExpected,
  (SELECT coalesce(sum(g.row_count), 0) FROM reconciliation_groups g WHERE ${inRange("group_key", "g")}) AS rowsFound,
  (SELECT count(*) FROM payment_requests p WHERE ${inRange("payment_request_id", "p")} AND (
     p.captured_minor IS NULL OR p.captured_minor <> 0
     OR EXISTS (SELECT 1 FROM refunds f WHERE f.environment = p.environment
       AND f.payment_request_id = p.payment_request_id AND f.status = 'SUCCEEDED')
     OR EXISTS (SELECT 1 FROM report_rows r INDEXED BY report_rows_by_group
       WHERE r.environment = p.environment
       AND r.group_key = p.payment_request_id))) AS paymentsExpected,
  (SELECT count(*) FROM reconciliation_groups g WHERE ${inRange("group_key", "g")}
     AND g.payment_request_id IS NOT NULL) AS paymentsFound`;

/** Captures as they are, and what stands for those that nobody itemised; without a word of the groups. */
const CAPTURED = `SELECT currency, CAST(sum(minor) AS TEXT) AS sum FROM (
  SELECT c.currency, c.amount_minor AS minor FROM captures c WHERE ${inRange("payment_request_id", "c")}
  UNION ALL
  SELECT p.currency, p.captured_minor FROM payments p WHERE ${inRange("payment_request_id", "p")}
    AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.environment = p.environment
      AND c.payment_request_id = p.payment_request_id AND c.payment_id = p.payment_id)
  UNION ALL
  SELECT q.currency, q.captured_minor FROM payment_requests q WHERE ${inRange("payment_request_id", "q")}
    AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.environment = q.environment
      AND c.payment_request_id = q.payment_request_id)
    AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.environment = q.environment
      AND p.payment_request_id = q.payment_request_id AND p.captured_minor IS NOT 0)
) WHERE minor IS NOT NULL AND currency IS NOT NULL GROUP BY currency`;

/** Rows that say that card money came in, whatever they lead to. */
const REPORTED = `SELECT r.currency, CAST(sum(abs(r.amount_minor)) AS TEXT) AS sum FROM report_rows r INDEXED BY report_rows_by_group
  WHERE ${inRange("group_key", "r")} AND r.amount_minor IS NOT NULL AND ${isPayment("r")}
    AND (${code("r.channel")} IN (${CARD_CHANNELS.map((channel) => `'${channel}'`).join(", ")})
      OR EXISTS (SELECT 1 FROM payment_requests p WHERE p.environment = r.environment
        AND p.payment_request_id = r.group_key))
    AND (${isSuccess("r")} OR (${code("r.status")} = 'REVERSED' AND NOT EXISTS (
      SELECT 1 FROM report_rows o INDEXED BY report_rows_by_group WHERE o.environment = r.environment AND o.group_key = r.group_key
        AND ${isPayment("o")} AND ${isSuccess("o")} AND o.product_id IS r.product_id)))
  GROUP BY r.currency`;

const ADDED = `SELECT a.currency, CAST(sum(a.captured) AS TEXT) AS captured, CAST(sum(a.reported) AS TEXT) AS reported
  FROM reconciliation_amounts a WHERE ${inRange("group_key", "a")} GROUP BY a.currency`;

/** Counts a range of keys on both sides: from what was captured and reported, and from the groups. */
export function readTallies(connection: Connection, range: Range): Tallies {
  const counts = get<Record<`${"rows" | "payments"}${"Expected" | "Found"}`, number>>(connection, COUNTS, range);
  const captured = sumsOf(connection, CAPTURED, range);
  const reported = sumsOf(connection, REPORTED, range);
  const added = all<{ currency: string; captured: string; reported: string }>(connection, ADDED, range);
  const beside = (expected: ReadonlyMap<string, string>, name: "captured" | "reported") => {
    const found = new Map(added.map((row) => [row.currency, row[name]]));
    const pairs = [...new Set([...expected.keys(), ...found.keys()])].map((currency) => {
      return [currency, { expected: expected.get(currency) ?? "0", found: found.get(currency) ?? "0" }] as const;
    });
    return Object.fromEntries(pairs);
  };
  return {
    rows: { expected: String(counts?.rowsExpected ?? 0), found: String(counts?.rowsFound ?? 0) },
    payments: { expected: String(counts?.paymentsExpected ?? 0), found: String(counts?.paymentsFound ?? 0) },
    captured: beside(captured, "captured"),
    reported: beside(reported, "reported"),
  };
}

function sumsOf(connection: Connection, sql: string, range: Range): ReadonlyMap<string, string> {
  const found = all<{ currency: string; sum: string }>(connection, sql, range);
  return new Map(found.map(({ currency, sum }) => [currency, sum]));
}

export function addTallies(a: Tallies, b: Tallies): Tallies {
  return {
    rows: add(a.rows, b.rows),
    payments: add(a.payments, b.payments),
    captured: addEach(a.captured, b.captured),
    reported: addEach(a.reported, b.reported),
  };
}

function add(a: Difference, b: Difference): Difference {
  return {
    expected: String(BigInt(a.expected) + BigInt(b.expected)),
    found: String(BigInt(a.found) + BigInt(b.found)),
  };
}

function addEach(a: Tallies["captured"], b: Tallies["captured"]): Tallies["captured"] {
  const currencies = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(currencies.map((one) => [one, add(a[one] ?? NONE, b[one] ?? NONE)]));
}

/** `unlinked`: rows that came after all others were linked. They are in no group before the next match. */
export function summarise(tallies: Tallies, unlinked: number): MatchCheck {
  const rows = add(tallies.rows, { expected: String(unlinked), found: "0" });
  const captured = listed(tallies.captured);
  const reported = listed(tallies.reported);
  const isWhole = [rows, tallies.payments, ...captured, ...reported].every(({ expected, found }) => expected === found);
  return { isWhole, rows, payments: tallies.payments, captured, reported };
}

function listed(sums: Tallies["captured"]): MatchCheck["captured"] {
  return Object.entries(sums)
    .filter(([, { expected, found }]) => expected !== "0" || found !== "0")
    .map(([currency, sum]) => ({ currency, ...sum }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
