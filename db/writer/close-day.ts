import { DEFAULT_ZONE, isZone as isKnownZone } from "../../app/lib/zone.ts";
import { LEDGER_AMOUNTS } from "../../app/xendit/reconcile/amount-names.ts";
import { digestLedger, type LedgerRow } from "../../app/xendit/reconcile/ledger.ts";
import type { Connection } from "../connection.ts";
import type { CloseDayOrder, DayClosed } from "../database.ts";
import type { Engine } from "./engine.ts";
import type { Done } from "./jobs.ts";
import { all, get, rows, run } from "./statements.ts";

/**
 * Puts a day on record and freezes it: its own groups whole, and what changed on days closed before as the difference to
 * what is on record of them. What another period has on record of this day already (it was reopened) is taken off. The
 * digest is over the rows as written, in the transaction that writes them.
 */
export function closeDay({ connection }: Engine, order: CloseDayOrder): Done<DayClosed> {
  const done = (value: DayClosed) => ({ value, changes: [] });
  if (isClosed(connection, order)) return done({ outcome: "closed_before" });
  if (!isZone(connection, order.zone)) return done({ outcome: "zone_changed" });
  const openExceptions = countOpen(connection, order);
  if (openExceptions > 0 && !order.acceptsOpen) return done({ outcome: "open_exceptions", openExceptions });

  postDay(connection, order);
  postAdjustments(connection, order);
  run(
    connection,
    "UPDATE reconciliation_amounts SET is_late = 0 WHERE environment = ? AND is_late = 1",
    order.environment,
  );
  const { digest, totals } = digestOf(connection, order);
  const frozen = [...withUntold(connection, order, totals), classesOf(connection, order)];
  run(
    connection,
    `INSERT INTO closed_days (environment, day, zone, digest, totals, open_exceptions, closed_by, closed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    order.environment,
    order.day,
    order.zone,
    digest,
    JSON.stringify(frozen),
    openExceptions,
    order.operator.email,
    order.at,
  );
  audit(connection, order, { digest, openExceptions, totals: frozen });
  return done({ outcome: "closed", digest, openExceptions });
}

function isClosed(connection: Connection, { environment, day }: CloseDayOrder): boolean {
  return get(connection, "SELECT 1 FROM closed_days WHERE environment = ? AND day = ?", environment, day) !== undefined;
}

function isZone(connection: Connection, zone: string): boolean {
  const row = get<{ value: string }>(connection, "SELECT value FROM settings WHERE name = 'accounting-zone'");
  const stored: unknown = row ? JSON.parse(row.value) : null;
  return zone === (isKnownZone(stored) ? stored : DEFAULT_ZONE);
}

function countOpen(connection: Connection, { environment, day }: CloseDayOrder): number {
  const row = get<{ open: number }>(
    connection,
    "SELECT count(*) AS open FROM reconciliation_groups WHERE environment = ? AND day = ? AND state = 'open'",
    environment,
    day,
  );
  return row?.open ?? 0;
}

const columns = LEDGER_AMOUNTS.map((amount) => amount.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const sums = columns.map((column) => `sum(l.${column}) AS ${column}`).join(", ");
const lessRecord = columns.map((column) => `a.${column} - coalesce(r.${column}, 0)`).join(", ");
const differs = columns.map((column) => `a.${column} <> coalesce(r.${column}, 0)`).join(" OR ");
const post = `INSERT INTO reconciliation_ledger
  (environment, period, group_key, day, currency, business_id, ${columns.join(", ")})
  SELECT a.environment, ?, a.group_key, a.day, a.currency, a.business_id, ${lessRecord}`;
const ofSameGroup = "r.group_key = a.group_key AND r.day = a.day AND r.currency = a.currency";

function postDay(connection: Connection, { environment, day }: CloseDayOrder): void {
  run(
    connection,
    `${post}
     FROM reconciliation_amounts a LEFT JOIN (
       SELECT l.group_key, l.day, l.currency, ${sums} FROM reconciliation_ledger l
       WHERE l.environment = ? AND l.day = ? AND period <> day GROUP BY l.group_key, l.day, l.currency
     ) r ON ${ofSameGroup}
     WHERE a.environment = ? AND a.day = ? AND (${differs})`,
    day,
    environment,
    day,
    environment,
    day,
  );
}

/** CROSS: SQLite keeps the order of the join and does not walk the ledger, in which everything ever closed stands. */
function postAdjustments(connection: Connection, { environment, day }: CloseDayOrder): void {
  run(
    connection,
    `${post}
     FROM reconciliation_amounts a
     JOIN closed_days c ON c.environment = a.environment AND c.day = a.day
     LEFT JOIN (
       SELECT l.group_key, l.day, l.currency, ${sums}
       FROM reconciliation_amounts late
       CROSS JOIN reconciliation_ledger l ON l.environment = late.environment AND l.group_key = late.group_key
         AND l.day = late.day AND l.currency = late.currency
       WHERE late.environment = ? AND late.is_late = 1 GROUP BY l.group_key, l.day, l.currency
     ) r ON ${ofSameGroup}
     WHERE a.environment = ? AND a.is_late = 1 AND a.day <> ? AND (${differs})`,
    day,
    environment,
    environment,
    day,
  );
}

function digestOf(connection: Connection, { environment, day }: CloseDayOrder) {
  const ledger = digestLedger({ environment, period: day });
  const written = rows(
    connection,
    `SELECT group_key, day, currency, business_id, ${columns.join(", ")} FROM reconciliation_ledger
     WHERE environment = ? AND period = ? ORDER BY group_key, day, currency`,
    environment,
    day,
  );
  for (const row of written) ledger.add(asLedgerRow(row));
  return ledger.end();
}

function asLedgerRow([groupKey, day, currency, businessId, ...amounts]: readonly unknown[]): LedgerRow {
  return {
    groupKey: String(groupKey),
    day: String(day),
    currency: String(currency),
    businessId: businessId === null ? null : String(businessId),
    amounts: amounts as number[],
  };
}

type Totals = ReturnType<typeof digestOf>["totals"];

/** Beside the day's totals of each currency: how many amounts are in none of them. */
function withUntold(connection: Connection, { environment, day }: CloseDayOrder, totals: Totals): Totals {
  const untold = all<{ currency: string; untold: number }>(
    connection,
    `SELECT currency, sum(untold) AS untold FROM reconciliation_amounts
     WHERE environment = ? AND day = ? GROUP BY currency HAVING sum(untold) > 0`,
    environment,
    day,
  );
  const left = new Map(untold.map((row) => [row.currency, String(row.untold)]));
  const named = totals.map((one) => {
    const count = one.part === "day" ? left.get(one.currency ?? "") : undefined;
    if (count === undefined) return one;
    left.delete(one.currency ?? "");
    return { ...one, untold: count };
  });
  // A currency all of whose amounts are untold has no row in the ledger.
  return [...named, ...[...left].map(([currency, count]) => ({ part: "day" as const, currency, untold: count }))];
}

function classesOf(connection: Connection, { environment, day }: CloseDayOrder): Totals[number] {
  const counted = all<{ class: string; groups: number }>(
    connection,
    "SELECT class, count(*) AS groups FROM reconciliation_groups WHERE environment = ? AND day = ? GROUP BY class",
    environment,
    day,
  );
  return { part: "classes", ...Object.fromEntries(counted.map((row) => [row.class, String(row.groups)])) };
}

function audit(connection: Connection, order: CloseDayOrder, detail: Readonly<Record<string, unknown>>): void {
  run(
    connection,
    `INSERT INTO audit_entries (audit_id, at, operator_id, actor, action, environment, subject, reason, detail)
     VALUES (?, ?, ?, ?, 'reconciliation:close', ?, ?, NULL, ?)`,
    order.auditId,
    order.at,
    order.operator.operatorId,
    order.operator.email,
    order.environment,
    order.day,
    JSON.stringify(detail),
  );
}
