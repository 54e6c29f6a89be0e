import type { FileHandle } from "node:fs/promises";
import { type CsvError, Parser } from "csv-parse";
import { parse } from "csv-parse/sync";

/** One record of a CSV file. `cells` is `null` for a line that is no record. */
export interface FileRecord {
  readonly cells: readonly string[] | null;
  readonly problem: string | null;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Where the next begins. */
  readonly endLine: number;
  /** The byte behind it. */
  readonly end: number;
}

export interface ReadFrom {
  readonly position: number;
  readonly line: number;
  readonly delimiter: string;
  /** How many cells a record has; `null` while the head line is looked for. */
  readonly width: number | null;
}

/** So little at a time that whoever else is served by this thread does not notice. */
const CHUNK = 16 * 1024;
/** A quote that is never closed would swallow the rest of the file. */
const MAX_RECORD = 128 * 1024;

/**
 * The records of a CSV file from a place on, a few at a time. What cannot be read costs one line and not the file: where a
 * quote is not closed, or a record over several lines has the wrong number of cells, its first line is given up and
 * reading begins anew on the next.
 */
export async function* readRecords(
  file: FileHandle,
  from: ReadFrom,
): AsyncGenerator<readonly FileRecord[], void, void> {
  let at: { position: number; line: number } | null = from;
  while (at) at = yield* readUntilBroken(file, { ...from, ...at });
}

/** Ends at the end of the file, or with the place behind a line that could not be read. */
async function* readUntilBroken(
  file: FileHandle,
  from: ReadFrom,
): AsyncGenerator<readonly FileRecord[], { position: number; line: number } | null, void> {
  let found: FileRecord[] = [];
  let [end, line] = [from.position, from.line];
  const parser = new Parser({
    ...options(from.delimiter),
    bom: from.position === 0,
    relax_column_count: true,
    on_record(cells: string[], context) {
      const newlines = newlinesIn(cells);
      if (newlines > 0 && from.width !== null && cells.length !== from.width) throw new Error("out of step");
      const [start, endLine] = [line, line + 1 + newlines];
      end = from.position + context.bytes;
      line = endLine;
      found.push({ cells, problem: null, line: start, endLine, end });
      return null;
    },
  });
  // Told by the callbacks below; without a listener it would end the process.
  parser.on("error", () => {});
  const chunk = Buffer.allocUnsafe(CHUNK);
  try {
    for (let read = from.position; ; ) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK, read);
      read += bytesRead;
      const error =
        bytesRead > 0 ? await write(parser, Buffer.from(chunk.subarray(0, bytesRead))) : await finish(parser);
      if (found.length > 0) yield found;
      found = [];
      if (error) {
        const broken = await readBrokenLine(file, { ...from, position: end, line });
        yield [broken];
        return { position: broken.end, line: broken.endLine };
      }
      if (bytesRead === 0) return null;
    }
  } finally {
    parser.destroy();
  }
}

function options(delimiter: string) {
  return { delimiter, record_delimiter: ["\r\n", "\n", "\r"], max_record_size: MAX_RECORD };
}

function newlinesIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes("\n") || cell.includes("\r")) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return count;
}

function write(parser: Parser, chunk: Buffer): Promise<Error | null> {
  return new Promise((resolve) => parser.write(chunk, (error) => resolve(error ?? null)));
}

function finish(parser: Parser): Promise<Error | null> {
  return new Promise((resolve) => {
    parser.once("error", resolve).once("end", () => resolve(null));
    parser.resume().end();
  });
}

/** The line as it stands, stray quotes taken as they are: often it is a record all the same. */
async function readBrokenLine(file: FileHandle, { position, line, delimiter, width }: ReadFrom): Promise<FileRecord> {
  const buffer = Buffer.allocUnsafe(MAX_RECORD);
  const { bytesRead } = await file.read(buffer, 0, MAX_RECORD, position);
  const text = buffer.subarray(0, bytesRead);
  const [newline, length] = firstNewline(text);
  const where = { line, endLine: line + 1, end: position + newline + length };
  try {
    const [cells = []]: string[][] = parse(text.subarray(0, newline), {
      ...options(delimiter),
      relax_quotes: true,
      relax_column_count: true,
    });
    const problem = cells.length === width ? null : `has ${cells.length} cells where the head line has ${width}`;
    return { ...where, cells: problem === null ? cells : null, problem };
  } catch (error) {
    return { ...where, cells: null, problem: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? (error as CsvError).code : "";
  return code === "CSV_QUOTE_NOT_CLOSED" ? "has a quote that is not closed" : "is not a line of a CSV file";
}

/** Where the first line ends and how long its newline is. */
function firstNewline(bytes: Buffer): readonly [number, number] {
  const feed = bytes.indexOf(10);
  const carriage = bytes.indexOf(13);
  if (carriage >= 0 && (feed < 0 || carriage < feed)) return [carriage, feed === carriage + 1 ? 2 : 1];
  return feed >= 0 ? [feed, 1] : [bytes.length, 0];
}
