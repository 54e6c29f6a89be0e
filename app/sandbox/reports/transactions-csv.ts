import { csvLine } from "./csv-line.ts";
import type { LedgerLine } from "./ledger-line.ts";
import { type ReportZone, reportTime } from "./report-time.ts";

/** Xendit's Transactions report (FACTS 8.3). Its versions name and order their columns differently. */
export const TRANSACTIONS_VERSIONS = ["0", "1", "2"] as const;
export type TransactionsVersion = (typeof TRANSACTIONS_VERSIONS)[number];

export interface TransactionsReport {
  readonly version: TransactionsVersion;
  readonly zone: ReportZone;
  /** Optional columns, after the version's own, in this order. */
  readonly columns: readonly OptionalColumn[];
}

type Cell = (line: LedgerLine, zone: ReportZone) => string;

const blank: Cell = () => "";

const cells = {
  Status: (line) => line.status,
  Type: (line) => line.type,
  Channel: (line) => line.channel,
  "Channel Name": (line) => line.channelName,
  "Account Number": (line) => line.accountNumber ?? "",
  Currency: (line) => line.currency,
  Amount: (line) => line.amount,
  "Total Fee": (line) => line.fee,
  "Total VAT": (line) => line.vat,
  Fee: (line) => line.fee,
  VAT: (line) => line.vat,
  "3rd Party WHT": () => "0",
  "Xendit WHT": () => "0",
  "Net Amount": (line) => line.net,
  Reference: (line) => line.reference,
  "Transaction ID": (line) => line.transactionId,
  "Invoice ID": blank,
  "Batch ID": blank,
  "Product ID": (line) => line.productId,
  "Payment ID": (line) => line.productId,
  "Payment Date": (line, zone) => reportTime(line.paidAt, zone),
  "Timestamp - Created": (line, zone) => reportTime(line.createdAt, zone),
  "Timestamp - Updated": (line, zone) => reportTime(line.updatedAt, zone),
  "Timestamp - Settled": (line, zone) => reportTime(line.settledAt, zone),
  "Estimated Settlement Time": (line, zone) => reportTime(line.estimatedSettlementAt, zone),
  "Actual Settlement Time": (line, zone) => reportTime(line.settledAt, zone),
  Timezone: (_, zone) => zone,
  Description: blank,
  "Channel Reference": blank,
  "Settlement Status": (line) => line.settlementStatus ?? "",
} as const satisfies Record<string, Cell>;

type Column = keyof typeof cells;

const beginning = [
  "Status",
  "Type",
  "Channel",
  "Channel Name",
  "Account Number",
  "Currency",
  "Amount",
  "Fee",
  "VAT",
  "3rd Party WHT",
  "Xendit WHT",
  "Net Amount",
  "Reference",
  "Transaction ID",
  "Invoice ID",
  "Batch ID",
  "Payment ID",
  "Payment Date",
  "Timestamp - Created",
  "Timestamp - Updated",
] as const satisfies readonly Column[];
const end = ["Timezone", "Description", "Channel Reference"] as const satisfies readonly Column[];

export const TRANSACTIONS_COLUMNS: Readonly<Record<TransactionsVersion, readonly Column[]>> = {
  // Of settlement version 0 tells nothing.
  "0": [...beginning, ...end],
  "1": [...beginning, "Timestamp - Settled", "Estimated Settlement Time", ...end, "Settlement Status"],
  "2": [
    "Status",
    "Type",
    "Channel",
    "Channel Name",
    "Account Number",
    "Currency",
    "Amount",
    "Total Fee",
    "Total VAT",
    "Net Amount",
    "Reference",
    "Transaction ID",
    "Invoice ID",
    "Batch ID",
    "Product ID",
    "Payment Date",
    "Timestamp - Created",
    "Timestamp - Updated",
    "Estimated Settlement Time",
    "Actual Settlement Time",
    "Timezone",
    "Description",
    "Channel Reference",
    "Settlement Status",
  ],
};

/** What the sandbox has nothing to say about is there, and empty. */
const optional = {
  "Is Switcher Payment": () => "No",
  "Plan ID": blank,
  "Cycle ID": blank,
  "Transaction Fee Deduction Type": () => "DIRECT",
  "Transaction Fee": (line) => line.fee,
  "Transaction VAT": (line) => line.vat,
  "Early Settlement Fee": blank,
  "Early Settlement VAT": blank,
  "Early Settlement Deduction Type": blank,
  "Net Amount Currency": (line) => line.currency,
  "Converted Currency": blank,
  "Converted Amount": blank,
  "Settlement Currency": (line) => line.currency,
  "Payment Request ID": (line) => line.paymentRequestId ?? "",
  "Capture ID": (line) => line.captureId ?? "",
  "Payment Session ID": (line) => line.paymentSessionId ?? "",
  "Reusable Payment Link ID": blank,
  Metadata: blank,
  "Forex Rate": blank,
  "Failure reason": blank,
} as const satisfies Record<string, Cell>;
export type OptionalColumn = keyof typeof optional;
export const OPTIONAL_COLUMNS = Object.keys(optional) as readonly OptionalColumn[];

/** The ids that say exactly which capture a row is about. */
export const ID_COLUMNS = [
  "Payment Request ID",
  "Capture ID",
  "Payment Session ID",
] as const satisfies OptionalColumn[];

export function transactionsHead({ version, columns }: TransactionsReport): string {
  return csvLine([...TRANSACTIONS_COLUMNS[version], ...columns]);
}

export function transactionsRow(line: LedgerLine, report: TransactionsReport): string {
  return csvLine(transactionsCells(line, report).map(([, value]) => value));
}

/** A row by the names of its columns. */
export function transactionsCells(
  line: LedgerLine,
  { version, columns, zone }: TransactionsReport,
): readonly (readonly [column: string, value: string])[] {
  return [
    ...TRANSACTIONS_COLUMNS[version].map((column) => [column, cells[column](line, zone)] as const),
    ...columns.map((column) => [column, optionalCell(column)(line, zone)] as const),
  ];
}

function optionalCell(column: OptionalColumn): Cell {
  return optional[column];
}
