import { parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import { readSheet } from "read-excel-file/node";
import { ok, type Result, refused } from "~/lib/result.ts";
import { toIso } from "~/lib/time.ts";

/** The server takes no larger body than 1 MiB. A file of the work list has some 400 bytes a row. */
export const MAX_SHEET = 1000 * 1024;
/** What a workbook may come to once it is unpacked. */
const MAX_UNPACKED = 32 * 1024 * 1024;

export type SheetRefusal = "empty" | "too_large" | "not_text" | "not_readable" | "no_key";

export const sheetRefusals: Record<SheetRefusal, string> = {
  empty: "The file is empty.",
  too_large: "The file is too large: up to 1,000 KiB are taken at once. Leave out rows that are not filled in.",
  not_text: "This is neither a workbook (.xlsx) nor CSV in UTF-8. Save it as one of these.",
  not_readable: "This file could not be read as a workbook or as CSV.",
  no_key: "The first row has no column group_key: this is no file of the work list.",
};

/** A table of texts under its head row. `line` counts from 1, the head included, as spreadsheets do. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** A work list as a spreadsheet gives it back: a workbook's first sheet, or CSV with whatever it is separated by. */
export async function readExceptionSheet(bytes: Uint8Array): Promise<Result<Sheet, SheetRefusal>> {
  if (bytes.length === 0) return refused("empty");
  if (bytes.length > MAX_SHEET) return refused("too_large");
  const table = isZip(bytes) ? await readWorkbook(bytes) : readCsv(bytes);
  if (!table.ok) return table;
  const [head = [], ...rest] = table.value;
  const columns = head.map((name) => name.trim().toLowerCase());
  if (!columns.includes("group_key")) return refused("no_key");
  const rows = rest
    .map((cells, index) => ({ line: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  return ok({ columns, rows });
}

type Table = readonly (readonly string[])[];

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

async function readWorkbook(bytes: Uint8Array): Promise<Result<Table, SheetRefusal>> {
  try {
    let unpacked = 0;
    // Looks at the sizes only: a small archive may hold gigabytes.
    unzipSync(bytes, {
      filter({ originalSize }) {
        unpacked += originalSize;
        return false;
      },
    });
    if (unpacked > MAX_UNPACKED) return refused("too_large");
    const rows = await readSheet(Buffer.from(bytes));
    return ok(rows.map((cells) => cells.map(textOf)));
  } catch {
    return refused("not_readable");
  }
}

/** Numbers, days and ticks that a spreadsheet made of what was typed. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? toIso(cell.getTime()) : String(cell);
}

function readCsv(bytes: Uint8Array): Result<Table, SheetRefusal> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refused("not_text");
  }
  if (text.includes("\0")) return refused("not_text");
  try {
    const options = { relax_column_count: true, delimiter: delimiterOf(text) };
    return ok(parse(text, options) as string[][]);
  } catch {
    return refused("not_readable");
  }
}

/** Where the comma is a decimal point, spreadsheets separate by semicolons. */
function delimiterOf(text: string): string {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const count = (mark: string) => head.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
