import { toMinorUnits } from "../../app/lib/money.ts";
import { mergeTellings } from "../../app/xendit/report/merge-tellings.ts";
import type { ReportRow, SourcedTelling, Telling, TellingSource } from "../../app/xendit/report/telling.ts";
import type { ImportRows, RowsImported } from "../database.ts";
import type { Engine } from "./engine.ts";
import type { Done } from "./jobs.ts";
import { all, get, run } from "./statements.ts";

/**
 * Takes in one slice of a report: its tellings, what they make of their transactions, and how far the import came, all in
 * one transaction. A slice that does not begin where the import stands was taken in before, or its import has ended.
 */
export function importRows(engine: Engine, input: ImportRows): Done<RowsImported> {
  const { connection } = engine;
  const stands = get<{ position: number; state: string }>(
    connection,
    "SELECT position, state FROM report_imports WHERE import_id = ? AND environment = ?",
    input.importId,
    input.environment,
  );
  if (stands?.state !== "importing" || stands.position !== input.startsAt) return { value: NOTHING, changes: [] };

  const counts = { new: 0, changed: 0, same: 0 };
  for (const row of input.rows) counts[takeIn(engine, input, row)] += 1;
  for (const problem of input.bad) {
    run(
      connection,
      `INSERT INTO report_problems (import_id, line, column_name, reason, excerpt) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
      input.importId,
      problem.line,
      problem.column,
      problem.reason,
      problem.excerpt,
    );
  }
  const bad = new Set(input.bad.map(({ line }) => line)).size;
  advance(engine, input, { ...counts, bad });
  return { value: { isTaken: true, ...counts, bad }, changes: [] };
}

const NOTHING: RowsImported = { isTaken: false, new: 0, changed: 0, same: 0, bad: 0 };

function advance({ connection }: Engine, input: ImportRows, counts: Omit<RowsImported, "isTaken">): void {
  run(
    connection,
    `UPDATE report_imports SET position = @position, cursor = @cursor, lines = @lines, kind = @kind, version = @version,
       problem = NULL,
       zone = coalesce(zone, @zone),
       from_at = CASE WHEN @from IS NULL THEN from_at ELSE min(coalesce(from_at, @from), @from) END,
       to_at = CASE WHEN @to IS NULL THEN to_at ELSE max(coalesce(to_at, @to), @to) END,
       rows_new = rows_new + @new, rows_changed = rows_changed + @changed, rows_same = rows_same + @same,
       rows_bad = rows_bad + @bad
     WHERE import_id = @importId`,
    {
      importId: input.importId,
      position: input.position,
      cursor: input.cursor,
      lines: input.lines,
      kind: input.kind,
      version: input.version,
      zone: input.zone,
      from: input.from,
      to: input.to,
      ...counts,
    },
  );
}

type Outcome = "new" | "changed" | "same";

function takeIn(engine: Engine, { environment, importId }: ImportRows, row: ReportRow): Outcome {
  const { connection } = engine;
  const isNews = run(
    connection,
    `INSERT INTO report_tellings (environment, transaction_id, digest, source, import_id, line, cells, telling)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    environment,
    row.transactionId,
    row.digest,
    row.source,
    importId,
    row.line,
    JSON.stringify(row.cells),
    // Only lines of the ledger have an entry; it is part of what was read.
    JSON.stringify(row.entry ? { ...row.telling, entry: row.entry } : row.telling),
  );
  if (isNews === 0) return "same";
  // Most transactions are told for the first time: nothing has to be read for them.
  const { telling, disagreements } = mergeTellings([row]);
  const columns = columnsOf(telling, disagreements, 1);
  if (run(connection, INSERT_ROW, environment, row.transactionId, ...columns) === 1) return "new";
  return merge(engine, { environment, importId }, row);
}

function merge({ connection }: Engine, of: Pick<ImportRows, "environment" | "importId">, row: ReportRow): Outcome {
  const stored = all<StoredTelling>(
    connection,
    "SELECT digest, source, import_id, telling FROM report_tellings WHERE environment = ? AND transaction_id = ?",
    of.environment,
    row.transactionId,
  );
  const tellings = stored.map(sourced);
  const { telling, disagreements } = mergeTellings(tellings);
  run(connection, UPDATE_ROW, ...columnsOf(telling, disagreements, stored.length), of.environment, row.transactionId);
  // The further lines of one transaction of the Balance report change nothing: together they are its first telling.
  const isOneWord = tellings.every(({ entry }, index) => entry && stored[index]?.import_id === of.importId);
  return isOneWord ? "new" : "changed";
}

interface StoredTelling {
  readonly digest: string;
  readonly source: TellingSource;
  readonly import_id: string;
  readonly telling: string;
}

function sourced({ digest, source, telling }: StoredTelling): SourcedTelling {
  const { entry = null, ...told } = JSON.parse(telling) as Telling & { readonly entry?: string };
  return { digest, source, telling: told, entry };
}

const COLUMNS = [
  "type",
  "status",
  "channel",
  "channel_name",
  "account_number",
  "currency",
  "amount_raw",
  "amount_minor",
  "fee_minor",
  "vat_minor",
  "withheld_minor",
  "net_minor",
  "reference",
  "product_id",
  "payment_request_id",
  "capture_id",
  "payment_session_id",
  "created_at",
  "updated_at",
  "estimated_settlement_at",
  "settled_at",
  "settlement_status",
  "disagreements",
  "tellings",
] as const;

// `group_key` and `linked_by` are the match's: a row that is told again stays where it is until then.
const INSERT_ROW = `INSERT INTO report_rows (environment, transaction_id, ${COLUMNS.join(", ")})
  VALUES (${[...COLUMNS, "", ""].map(() => "?").join(", ")}) ON CONFLICT DO NOTHING`;
const UPDATE_ROW = `UPDATE report_rows SET ${COLUMNS.map((column) => `${column} = ?`).join(", ")}
  WHERE environment = ? AND transaction_id = ?`;

function columnsOf(told: Telling, disagreements: readonly string[], tellings: number): readonly unknown[] {
  const minor = (amount: string | null) => toMinorUnits(amount, told.currency);
  return [
    told.type,
    told.status,
    told.channel,
    told.channelName,
    told.accountNumber,
    told.currency,
    told.amount,
    minor(told.amount),
    minor(told.fee),
    minor(told.vat),
    minor(told.withheld),
    minor(told.net),
    told.reference,
    told.productId,
    told.paymentRequestId,
    told.captureId,
    told.paymentSessionId,
    told.createdAt,
    told.updatedAt,
    told.estimatedSettlementAt,
    told.settledAt,
    told.settlementStatus,
    JSON.stringify(disagreements),
    tellings,
  ];
}
