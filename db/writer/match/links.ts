import { ENVIRONMENTS, type Environment } from "../../../app/lib/environment.ts";
import type { LinkedBy } from "../../../app/xendit/reconcile/classes.ts";
import type { RowFacts, RowLink } from "../../../app/xendit/reconcile/group-facts.ts";
import {
  idsOfRow,
  type Known,
  linkRow,
  type NamingRow,
  type ReferenceCandidate,
  type RowId,
  stemOfRow,
} from "../../../app/xendit/reconcile/link-row.ts";
import { referenceStem } from "../../../app/xendit/reference.ts";
import type { Connection } from "../../connection.ts";
import type { Engine } from "../engine.ts";
import { all, get, run } from "../statements.ts";

const ROWS_AT_ONCE = 200;

interface StoredRow extends NamingRow {
  readonly rowId: number;
  readonly groupKey: string | null;
  readonly linkedBy: LinkedBy | null;
}

const storedColumns = `r.rowid AS rowId, r.transaction_id AS transactionId, r.type, r.channel, r.currency,
  r.amount_minor AS amountMinor, r.reference, r.product_id AS productId, r.payment_request_id AS paymentRequestId,
  r.capture_id AS captureId, r.group_key AS groupKey, r.linked_by AS linkedBy`;

/** Links the rows that follow one another in the table; `next` is `null` after the last. */
export function linkSlice({ connection }: Engine, environment: Environment, after: number) {
  const rows = all<StoredRow>(
    connection,
    `SELECT ${storedColumns} FROM report_rows r
     WHERE r.rowid > ? AND r.rowid <= ? AND +r.environment = ? ORDER BY r.rowid`,
    after,
    after + ROWS_AT_ONCE,
    environment,
  );
  linkRows(connection, environment, rows);
  const next = get<{ next: number | null }>(
    connection,
    "SELECT min(rowid) AS next FROM report_rows WHERE rowid > ?",
    after + ROWS_AT_ONCE,
  );
  return { next: next?.next ? next.next - 1 : null, rows: rows.length };
}

/**
 * Links again whatever might belong to these groups: their rows, rows that name an id of theirs, and rows that have only a
 * reference of theirs, as they or the reports spell it. Answers with every group that is touched.
 */
export function relinkAround({ connection }: Engine, environment: Environment, groupKeys: readonly string[]): string[] {
  const found = new Map<number, StoredRow>();
  const keep = (rows: readonly StoredRow[]) => {
    for (const row of rows) found.set(row.rowId, row);
  };
  const ids = [...new Set([...groupKeys, ...idsOf(connection, environment, groupKeys)])];
  for (const column of ["group_key", "product_id", "payment_request_id"] as const) {
    keep(rowsWith(connection, environment, column, column === "payment_request_id" ? groupKeys : ids));
  }
  keep(rowsOfReferences(connection, environment, referencesOf(connection, environment, groupKeys)));
  const rows = [...found.values()];
  const links = linkRows(connection, environment, rows);
  const before = rows.flatMap(({ groupKey }) => groupKey ?? []);
  return [...new Set([...groupKeys, ...before, ...links.map(({ groupKey }) => groupKey)])];
}

function linkRows(connection: Connection, environment: Environment, rows: readonly StoredRow[]): readonly RowLink[] {
  const links = findLinks(connection, environment, rows);
  for (const [place, row] of rows.entries()) {
    const link = links[place];
    if (!link || (link.groupKey === row.groupKey && link.linkedBy === row.linkedBy)) continue;
    run(
      connection,
      "UPDATE report_rows SET group_key = ?, linked_by = ? WHERE rowid = ?",
      link.groupKey,
      link.linkedBy,
      row.rowId,
    );
  }
  return links;
}

/** What is known of the rows at hand, asked for together, and what each comes to by it. */
export function findLinks(
  connection: Connection,
  environment: Environment,
  rows: readonly (NamingRow & Partial<RowFacts>)[],
): readonly RowLink[] {
  const ids = rows.flatMap(idsOfRow);
  const targets = targetsOf(connection, [environment], ids);
  const isUnknown = (id: RowId) => !targets.has(nameOf(id));
  const unlinked = rows.filter((row) => idsOfRow(row).every(isUnknown));
  const others = ENVIRONMENTS.filter((other) => other !== environment);
  const elsewhere = targetsOf(connection, others, unlinked.flatMap(idsOfRow));
  const hands = handsOf(connection, environment, rows);
  const byStem = candidatesOf(
    connection,
    environment,
    unlinked.flatMap((row) => stemOfRow(row) ?? []),
  );
  const known: Known = {
    targetsOf: (id) => targets.get(nameOf(id))?.map(({ target }) => target) ?? [],
    otherEnvironmentOf: (id) => elsewhere.get(nameOf(id))?.[0]?.environment ?? null,
    handOf: (transactionId) => hands.get(transactionId),
    byReference: (stem) => byStem.get(stem) ?? [],
  };
  return rows.map((row) => linkRow(row, known));
}

interface Target {
  readonly environment: Environment;
  readonly kind: string;
  readonly value: string;
  readonly target: string;
}

/** Identifiers stand in lower case. */
function nameOf({ kind, id }: RowId): string {
  return `${kind} ${id.toLowerCase()}`;
}

function targetsOf(
  connection: Connection,
  environments: readonly Environment[],
  ids: readonly RowId[],
): ReadonlyMap<string, readonly Target[]> {
  if (ids.length === 0) return new Map();
  const found = all<Target>(
    connection,
    `SELECT i.environment, i.kind, i.value, i.target FROM json_each(?) e CROSS JOIN json_each(?) v
     CROSS JOIN identifiers i ON i.environment = e.value AND i.value = v.value
     WHERE i.kind IN ('payment', 'refund', 'capture', 'payment_request') AND i.target GLOB 'pr-*'`,
    JSON.stringify(environments),
    JSON.stringify([...new Set(ids.map(({ id }) => id.toLowerCase()))].sort()),
  );
  return grouped(found, ({ kind, value }) => `${kind} ${value}`);
}

/** A word about a payment that is no longer here is none. */
function handsOf(
  connection: Connection,
  environment: Environment,
  rows: readonly NamingRow[],
): ReadonlyMap<string, string | null> {
  const found = all<{ transactionId: string; paymentRequestId: string | null }>(
    connection,
    `SELECT l.transaction_id AS transactionId, l.payment_request_id AS paymentRequestId
     FROM json_each(?) v CROSS JOIN reconciliation_links l ON l.environment = ? AND l.transaction_id = v.value
     WHERE l.payment_request_id IS NULL OR EXISTS (SELECT 1 FROM payment_requests p
       WHERE p.environment = l.environment AND p.payment_request_id = l.payment_request_id)`,
    JSON.stringify(rows.map(({ transactionId }) => transactionId)),
    environment,
  );
  return new Map(found.map(({ transactionId, paymentRequestId }) => [transactionId, paymentRequestId]));
}

interface StoredCandidate extends Omit<ReferenceCandidate, "refunds"> {
  readonly stem: string;
  readonly refunds: string;
}

function candidatesOf(
  connection: Connection,
  environment: Environment,
  stems: readonly string[],
): ReadonlyMap<string, readonly ReferenceCandidate[]> {
  if (stems.length === 0) return new Map();
  const found = all<StoredCandidate>(
    connection,
    `SELECT v.value AS stem, p.payment_request_id AS paymentRequestId, p.currency, p.captured_minor AS captured,
       (SELECT json_group_array(f.amount_minor) FROM refunds f WHERE f.environment = p.environment
         AND f.payment_request_id = p.payment_request_id AND f.status = 'SUCCEEDED') AS refunds
     FROM json_each(?) v CROSS JOIN identifiers i ON i.environment = ? AND i.value = v.value AND i.kind = 'reference'
     CROSS JOIN payment_requests p ON p.environment = i.environment AND p.payment_request_id = i.target`,
    JSON.stringify([...new Set(stems)].sort()),
    environment,
  );
  const candidates = found.map(({ refunds, ...one }) => ({
    ...one,
    refunds: (JSON.parse(refunds) as (number | null)[]).filter((amount) => amount !== null),
  }));
  return grouped(candidates, ({ stem }) => stem);
}

function idsOf(connection: Connection, environment: Environment, groupKeys: readonly string[]): string[] {
  return all<{ value: string }>(
    connection,
    `SELECT DISTINCT i.value FROM json_each(?) k CROSS JOIN identifiers i ON i.environment = ? AND i.target = k.value
     WHERE i.kind IN ('payment', 'refund', 'capture', 'payment_request')`,
    JSON.stringify(groupKeys),
    environment,
  ).map(({ value }) => value);
}

/** By name: statistics taken before rows were matched would have an index on their groups passed over. */
const INDEX_OF = {
  group_key: "report_rows_by_group",
  product_id: "report_rows_by_product",
  payment_request_id: "report_rows_by_request",
} as const;

function rowsWith(
  connection: Connection,
  environment: Environment,
  column: keyof typeof INDEX_OF,
  values: readonly string[],
): StoredRow[] {
  return all<StoredRow>(
    connection,
    `SELECT ${storedColumns} FROM json_each(?) v CROSS JOIN report_rows r INDEXED BY ${INDEX_OF[column]}
     ON r.environment = ? AND r.${column} = v.value`,
    JSON.stringify(values),
    environment,
  );
}

function referencesOf(connection: Connection, environment: Environment, groupKeys: readonly string[]): string[] {
  const found = all<{ reference: string }>(
    connection,
    `SELECT p.reference_id AS reference FROM json_each(@keys) k CROSS JOIN payment_requests p
       ON p.environment = @environment AND p.payment_request_id = k.value WHERE p.reference_id IS NOT NULL
     UNION SELECT p.reference_id FROM json_each(@keys) k CROSS JOIN payments p
       ON p.environment = @environment AND p.payment_request_id = k.value WHERE p.reference_id IS NOT NULL
     UNION SELECT i.value FROM json_each(@keys) k CROSS JOIN identifiers i
       ON i.environment = @environment AND i.target = k.value AND i.kind = 'reference'`,
    { keys: JSON.stringify(groupKeys), environment },
  );
  return [...new Set(found.flatMap(({ reference }) => [reference.trim(), referenceStem(reference.trim())]))];
}

/** With Xendit's suffix or without. Rows that have ids of ours do not hang on their reference. */
function rowsOfReferences(
  connection: Connection,
  environment: Environment,
  references: readonly string[],
): readonly StoredRow[] {
  return all<StoredRow>(
    connection,
    `SELECT ${storedColumns} FROM json_each(@references) v CROSS JOIN report_rows r INDEXED BY report_rows_by_reference
       ON r.environment = @environment AND r.reference = v.value WHERE r.linked_by IS NULL OR r.linked_by = 'reference'
     UNION SELECT ${storedColumns} FROM json_each(@references) v CROSS JOIN report_rows r INDEXED BY report_rows_by_reference
       ON r.environment = @environment AND r.reference >= v.value || '_' AND r.reference < v.value || '\`'
       WHERE r.linked_by IS NULL OR r.linked_by = 'reference'`,
    { references: JSON.stringify(references), environment },
  );
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
