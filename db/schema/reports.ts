import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";
import type { LinkedBy } from "../../app/xendit/reconcile/classes.ts";
import type { TellingField, TellingSource } from "../../app/xendit/report/telling.ts";

/**
 * What Xendit reported (decision 7). Amounts are whole minor units, instants UTC milliseconds. Rows of `report_rows` are a
 * function of their tellings, and their groups of the last match.
 */
const environment = () => text("environment").$type<Environment>().notNull();

export const REPORT_KINDS = ["transactions", "balance", "pull"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const IMPORT_STATES = [
  "receiving",
  "waiting",
  "importing",
  "imported",
  "refused",
  "failed",
  "cancelled",
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** A report on its way in: a file (sent in parts, kept beside the database until it is read) or a pull of the API. */
export const reportImports = sqliteTable(
  "report_imports",
  {
    importId: text("import_id").primaryKey(),
    environment: environment(),
    /** Of a file it is known once its head was read. */
    kind: text("kind").$type<ReportKind>(),
    /** The file's name as sent, or the period of a pull. */
    name: text("name").notNull(),
    /** Bytes; `null` for a pull, which does not know how much there is. */
    size: integer("size"),
    received: integer("received").notNull(),
    /** SHA-256 of the file's bytes, hex, once all of it is there. */
    digest: text("digest"),
    state: text("state").$type<ImportState>().notNull(),
    /** Why it was refused or failed, or what it waits for while it is read; in words for the operator. */
    problem: text("problem"),
    /** `0`, `1` or `2` of the Transactions report. */
    version: text("version"),
    /** The zone the file's times were read in, as the file says. */
    zone: text("zone"),
    /** Of a pull: the period asked for. Of a file: the earliest and latest creation it holds, both included. */
    from: integer("from_at"),
    to: integer("to_at"),
    /** Where reading goes on after a restart: bytes of a file, or the last transaction id of a pull. */
    position: integer("position").notNull(),
    cursor: text("cursor"),
    /** Lines of the file read so far, for the names of bad rows. */
    lines: integer("lines").notNull(),
    rowsNew: integer("rows_new").notNull(),
    /** A known transaction told differently, or by another report. */
    rowsChanged: integer("rows_changed").notNull(),
    rowsSame: integer("rows_same").notNull(),
    rowsBad: integer("rows_bad").notNull(),
    operatorId: text("operator_id").notNull(),
    orderedBy: text("ordered_by").notNull(),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (table) => [
    index("report_imports_by_time").on(table.environment, table.createdAt, table.importId),
    index("report_imports_by_state").on(table.state, table.createdAt),
    index("report_imports_by_digest").on(table.environment, table.digest),
  ],
);

/** A row that could not be read. It stops nobody else. */
export const reportProblems = sqliteTable(
  "report_problems",
  {
    importId: text("import_id").notNull(),
    /** The file's line, counted from 1, the head included. */
    line: integer("line").notNull(),
    column: text("column_name").notNull(),
    reason: text("reason").notNull(),
    /** How the cell begins, masked. */
    excerpt: text("excerpt").notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.line, table.column] })],
);

/** One report's word about one transaction, as given. The same word again is not kept again. */
export const reportTellings = sqliteTable(
  "report_tellings",
  {
    environment: environment(),
    transactionId: text("transaction_id").notNull(),
    /** SHA-256 of source and cells, hex: the same row of another file of the same kind is the same telling. */
    digest: text("digest").notNull(),
    source: text("source").$type<TellingSource>().notNull(),
    /** The first import that held it, and where. */
    importId: text("import_id").notNull(),
    line: integer("line").notNull(),
    /** By column name, as given (masked). */
    cells: text("cells", { mode: "json" }).$type<Readonly<Record<string, string>>>().notNull(),
    /** What was read from it. */
    telling: text("telling", { mode: "json" }).$type<Readonly<Record<string, string | number | null>>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.environment, table.transactionId, table.digest] })],
);

/** A transaction as all its tellings together have it (app/xendit/report/merge-tellings.ts), and the group it fell into. */
export const reportRows = sqliteTable(
  "report_rows",
  {
    environment: environment(),
    transactionId: text("transaction_id").notNull(),
    type: text("type"),
    status: text("status"),
    channel: text("channel"),
    channelName: text("channel_name"),
    accountNumber: text("account_number"),
    currency: text("currency"),
    /** Digits as given; the sign is the report's. */
    amountRaw: text("amount_raw"),
    amountMinor: integer("amount_minor"),
    feeMinor: integer("fee_minor"),
    vatMinor: integer("vat_minor"),
    /** Xendit's and third parties' withholding tax together. */
    withheldMinor: integer("withheld_minor"),
    netMinor: integer("net_minor"),
    reference: text("reference"),
    productId: text("product_id"),
    paymentRequestId: text("payment_request_id"),
    captureId: text("capture_id"),
    paymentSessionId: text("payment_session_id"),
    createdAt: integer("created_at"),
    updatedAt: integer("updated_at"),
    estimatedSettlementAt: integer("estimated_settlement_at"),
    settledAt: integer("settled_at"),
    settlementStatus: text("settlement_status"),
    /** Fields that tellings of the same time tell differently. */
    disagreements: text("disagreements", { mode: "json" }).$type<readonly TellingField[]>().notNull(),
    tellings: integer("tellings").notNull(),
    /** The group it is in: a `pr-` of ours, else what the row names itself by. `null` until the next match. */
    groupKey: text("group_key"),
    linkedBy: text("linked_by").$type<LinkedBy>(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.transactionId] }),
    index("report_rows_by_group").on(table.environment, table.groupKey),
    index("report_rows_by_product").on(table.environment, table.productId),
    index("report_rows_by_request").on(table.environment, table.paymentRequestId),
    index("report_rows_by_reference").on(table.environment, table.reference),
  ],
);
