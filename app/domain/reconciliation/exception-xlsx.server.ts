import writeExcelFile from "write-excel-file/node";
import type { CsvColumn } from "~/lib/csv.ts";
import { CURRENCY_DECIMALS, isKnownCurrency } from "~/lib/money.ts";
import { toIso } from "~/lib/time.ts";
import { withoutMark } from "./exception-csv.ts";
import type { ExceptionRow } from "./exception-list.server.ts";

/** A workbook is made at once, on the thread that also takes webhooks. More is an error in words, never a file that ends early. */
export const MOST_XLSX_ROWS = 10_000;

/** A spreadsheet keeps 15 digits of a number; an amount with more goes in as text, whole. */
const EXACT_DIGITS = 15;

type Column = CsvColumn<ExceptionRow>;

/** The same columns as the CSV: text as text, whatever it looks like, and amounts as numbers with their currency's decimals. */
export async function exceptionXlsx(columns: readonly Column[], rows: readonly ExceptionRow[]): Promise<Buffer> {
  const head = columns.map(({ name }) => ({ value: name, type: String, fontWeight: "bold" as const }));
  const data = [head, ...rows.map((row) => columns.map((column) => cellOf(column, row)))];
  const widths = columns.map((column) => ({ width: widthOf(column) }));
  return writeExcelFile(data, { sheet: "Exceptions", columns: widths, stickyRowsCount: 1 }).toBuffer();
}

function cellOf(column: Column, row: ExceptionRow) {
  if (column.kind === "text") return textCell(column.value(row));
  if (column.kind === "instant") {
    const at = column.value(row);
    return at === null ? null : textCell(toIso(at));
  }
  const value = column.value(row);
  if (value === null) return null;
  const text = String(value);
  if (text.replace(/\D/g, "").replace(/^0+/, "").length > EXACT_DIGITS) return textCell(text);
  const decimals = text.includes(".") && isKnownCurrency(row.currency) ? CURRENCY_DECIMALS[row.currency] : 0;
  return { value: Number(text), type: Number, format: decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}` };
}

/** A cell that says it is text is run by nobody, and needs no mark in front. */
function textCell(value: string | null) {
  return value === null || value === "" ? null : { value: withoutMark(value), type: String };
}

function widthOf({ name, kind }: Column): number {
  if (kind === "number") return 16;
  return /(_key|_id|digest|notes|reason|comment|assignee|resolved_by)$/.test(name) ? 40 : 18;
}
