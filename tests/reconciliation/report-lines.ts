import { reportLineReader } from "../../app/xendit/report/read-report-line.ts";
import { recogniseHead } from "../../app/xendit/report/report-head.ts";

/** FACTS 8.3, version 2, in its order. */
export const VERSION_2 = [
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
] as const;

export const BALANCE = [
  "Product ID",
  "Transaction ID",
  "Transaction Type",
  "Line Type",
  "Payment Channel",
  "Reference",
  "Currency",
  "Amount",
  "Balance",
  "Debit or Credit",
  "Created Date ISO",
  "Time Zone",
  "Created Date",
  "Payment Date",
  "Settlement Date",
  "Completed Date",
  "Bank Code",
  "Account Number",
  "Channel Reference",
  "Name",
  "Description",
  "Invoice ID",
] as const;

export type Cells = Readonly<Record<string, string>>;

/** A captured card payment as version 2 tells it. */
export function aPaymentLine(change: Cells = {}): Cells {
  return {
    Status: "SUCCESS",
    Type: "PAYMENT",
    Channel: "CARDS",
    "Channel Name": "CARDS",
    "Account Number": "400000XXXXXX1091",
    Currency: "IDR",
    Amount: "10000.00",
    "Total Fee": "2290.00",
    "Total VAT": "251.90",
    "Net Amount": "7458.10",
    Reference: "order-1_b8d18f2f-3",
    "Transaction ID": "txn_1",
    "Product ID": "py-1402b501-dfb4-4d6f-93e5-3f0bb6c0b4ab",
    "Payment Date": "2026-03-31 23:59:59",
    "Timestamp - Created": "2026-03-31 23:59:58",
    "Timestamp - Updated": "2026-03-31 23:59:59",
    "Estimated Settlement Time": "2026-04-05 23:59:59",
    Timezone: "+0700",
    "Settlement Status": "PENDING",
    ...change,
  };
}

export function aBalanceLine(change: Cells = {}): Cells {
  return {
    "Product ID": "py-1402b501-dfb4-4d6f-93e5-3f0bb6c0b4ab",
    "Transaction ID": "txn_1",
    "Transaction Type": "PAYMENT",
    "Line Type": "TRANSACTION",
    "Payment Channel": "CARDS",
    Reference: "order-1_b8d18f2f-3",
    Currency: "IDR",
    Amount: "10000.00",
    Balance: "110000.00",
    "Debit or Credit": "Credit",
    "Created Date ISO": "2026-03-31T16:59:58Z",
    "Time Zone": "+0700",
    ...change,
  };
}

export function csvOf(columns: readonly string[], lines: readonly Cells[], newline = "\r\n"): string {
  const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = [columns, ...lines.map((line) => columns.map((column) => line[column] ?? ""))];
  return rows.map((cells) => cells.map(quoted).join(",") + newline).join("");
}

/** One line read under a head of exactly its own columns. */
export function readLine(cells: Cells, zone = "Asia/Jakarta") {
  const columns = Object.keys(cells);
  const head = recogniseHead(columns);
  if (!head.ok) throw new Error(head.found);
  return reportLineReader(head.head, zone)(Object.values(cells), 2);
}

export function tellingOf(cells: Cells, zone?: string) {
  const read = readLine(cells, zone);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.row.telling;
}

export function rowOf(cells: Cells, zone?: string) {
  const read = readLine(cells, zone);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.row;
}
