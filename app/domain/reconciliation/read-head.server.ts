import type { FileHandle } from "node:fs/promises";
import { type RecognisedHead, type ReportHead, recogniseHead } from "~/xendit/report/report-head.ts";
import { type FileRecord, readRecords } from "./read-records.server.ts";

export type FileHead =
  | {
      readonly ok: true;
      readonly head: ReportHead;
      readonly delimiter: string;
      /** Where the rows begin. */
      readonly position: number;
      readonly line: number;
    }
  | { readonly ok: false; readonly problem: string };

/** Spreadsheets of countries that write a decimal comma put semicolons between cells. */
const DELIMITERS = [",", ";", "\t", "|"] as const;

/** What a file is that is no text, by how it begins. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x50, 0x4b], "an Excel workbook or a ZIP archive. Save the sheet as CSV (UTF-8), or unpack the archive"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook. Save the sheet as CSV (UTF-8)"],
  [[0x1f, 0x8b], "a gzip archive. Unpack it"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF"],
  [[0xff, 0xfe], "text in UTF-16. Save it as CSV (UTF-8)"],
  [[0xfe, 0xff], "text in UTF-16. Save it as CSV (UTF-8)"],
];

/** Reads which report a file is, whatever stands between its cells; refuses what is none, in words. */
export async function readHead(file: FileHandle): Promise<FileHead> {
  const start = Buffer.alloc(16);
  await file.read(start, 0, start.length, 0);
  const foreign = SIGNATURES.find(([bytes]) => bytes.every((byte, index) => start[index] === byte));
  if (foreign) return { ok: false, problem: `Expected a CSV file of Xendit's reports. Found ${foreign[1]}.` };

  let best: { refusal: RecognisedHead; cells: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const first = await firstRecord(file, delimiter);
    const cells = first?.cells ?? [];
    const recognised = recogniseHead(cells);
    if (recognised.ok && first) {
      return { ok: true, head: recognised.head, delimiter, position: first.end, line: first.endLine };
    }
    if (!best || cells.length > best.cells) best = { refusal: recognised, cells: cells.length };
  }
  const refusal = best?.refusal;
  return { ok: false, problem: refusal && !refusal.ok ? `${refusal.expected} ${refusal.found}` : "" };
}

/** Empty lines before it, and Excel's `sep=;`, do not count. */
async function firstRecord(file: FileHandle, delimiter: string): Promise<FileRecord | null> {
  for await (const records of readRecords(file, { position: 0, line: 1, delimiter, width: null })) {
    const first = records.find(({ cells }) => !cells || !isNoHead(cells));
    if (first) return first;
  }
  return null;
}

function isNoHead(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "") || /^sep=.?$/.test(cells.join(""));
}
