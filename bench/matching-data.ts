import type { Connection } from "../db/connection.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 2, 1);
const DAYS = 31;
/** Everything has settled by then. */
export const MATCHING_NOW = START + 60 * DAY_MS;

const TABLES = ["payment_requests", "payments", "captures", "identifiers", "report_rows"];

/**
 * As many captured payments as rows that report them, over a month, one in a hundred of them off by a minor unit. Ids are
 * random, as Xendit's are. Indexes are made anew afterwards, which takes a fraction of keeping them up row by row.
 */
export function fillMatching(connection: Connection, rows: number): void {
  const indexes = connection
    .prepare("SELECT name, sql, tbl_name AS \"table\" FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .all()
    .map((row) => row as { name: string; sql: string; table: string })
    .filter(({ table }) => TABLES.includes(table));
  connection.pragma("cache_size = -200000");
  connection.transaction(() => {
    for (const { name } of indexes) connection.exec(`DROP INDEX "${name}"`);
    connection.exec(`CREATE TEMP TABLE made AS
      WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < ${rows})
      SELECT n, lower(hex(randomblob(16))) AS id, 1000000 + 100 * (n % 50000) AS minor,
        ${START} + CAST(n * ${DAYS * DAY_MS}.0 / ${rows} AS INTEGER) AS at FROM n`);
    for (const insert of INSERTS) connection.exec(insert);
    for (const { sql } of indexes) connection.exec(sql);
    connection.exec("DROP TABLE made");
  })();
}

const money = "'IDR', CAST(minor / 100 AS TEXT), minor";
const cost = "(minor * 29 + 500) / 1000 + 200000";
const vat = `((${cost}) * 11 + 50) / 100`;

const INSERTS = [
  `INSERT INTO payment_requests (environment, payment_request_id, business_id, reference_id, status, currency, amount_raw,
     amount_minor, captured_minor, captured_itemised, refunded_minor, payment_id, payment_count, country, channel_code,
     created_at, updated_at, captured_at, sort_at, flags, disagreements)
   SELECT 'test', 'pr-' || id, 'biz', 'order-' || n, 'SUCCEEDED', ${money}, minor, 1, 0, 'py-' || id, 1, 'ID', 'CARDS',
     at, at, at + 60000, at, '[]', '[]' FROM made ORDER BY id`,
  `INSERT INTO payments (environment, payment_id, payment_request_id, business_id, reference_id, status, currency,
     amount_raw, amount_minor, captured_minor, captured_itemised, created_at, updated_at, captured_at, verification)
   SELECT 'test', 'py-' || id, 'pr-' || id, 'biz', 'order-' || n, 'SUCCEEDED', ${money}, minor, 1, at, at, at + 60000, '{}'
   FROM made ORDER BY id`,
  `INSERT INTO captures (environment, capture_id, payment_id, payment_request_id, business_id, currency, amount_raw,
     amount_minor, captured_at)
   SELECT 'test', 'cptr-' || id, 'py-' || id, 'pr-' || id, 'biz', ${money}, at + 60000 FROM made ORDER BY id`,
  `INSERT INTO identifiers (environment, value, kind, target, business_id)
   SELECT 'test', value, kind, 'pr-' || id, 'biz' FROM (
     SELECT 'pr-' || id AS value, 'payment_request' AS kind, id FROM made
     UNION ALL SELECT 'py-' || id, 'payment', id FROM made
     UNION ALL SELECT 'cptr-' || id, 'capture', id FROM made
     UNION ALL SELECT 'order-' || n, 'reference', id FROM made) ORDER BY value`,
  `INSERT INTO report_rows (environment, transaction_id, type, status, channel, currency, amount_raw, amount_minor,
     fee_minor, vat_minor, withheld_minor, net_minor, reference, product_id, payment_request_id, capture_id, created_at,
     updated_at, estimated_settlement_at, settled_at, settlement_status, disagreements, tellings)
   SELECT 'test', 'txn_' || id, 'PAYMENT', 'SUCCESS', 'CARDS', 'IDR', CAST(minor / 100 AS TEXT), minor + (n % 100 = 0),
     ${cost}, ${vat}, 0, minor - (${cost}) - (${vat}), 'order-' || n, 'py-' || id, 'pr-' || id, 'cptr-' || id, at + 60000,
     at + 60000, at + 60000 + 5 * ${DAY_MS}, at + 60000 + 5 * ${DAY_MS}, 'SETTLED', '[]', 1 FROM made ORDER BY n`,
];
