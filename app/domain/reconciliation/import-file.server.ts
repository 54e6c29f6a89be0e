import type { FileHandle } from "node:fs/promises";
import type { Database } from "~/db.server.ts";
import { type ReadReportLine, reportLineReader } from "~/xendit/report/read-report-line.ts";
import type { RowProblem } from "~/xendit/report/report-line.ts";
import type { ReportRow } from "~/xendit/report/telling.ts";
import { readAccountingZone } from "./accounting-zone.server.ts";
import { endImport, type ImportWork, type OpenImport } from "./end-import.server.ts";
import { ASSUMED, zoneAssumedBefore } from "./import.ts";
import { type FileHead, readHead } from "./read-head.server.ts";
import { type FileRecord, readRecords } from "./read-records.server.ts";
import { isMissing, openSpool } from "./spool.server.ts";

/** Rows of one slice: captures wait for the writer to be done with them, some 15 ms, and for its commit, some 25 ms. */
const SLICE = 200;

/** Reads an uploaded report to its end, from where it stands; stops between slices when told to, for the next process. */
export async function importFile(work: ImportWork, open: OpenImport, signal: AbortSignal): Promise<void> {
  let file: FileHandle;
  try {
    file = await openSpool(work.config, open.importId);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return endImport(work, open, {
      state: "failed",
      problem: "The uploaded file is not there any more. Upload it again.",
    });
  }
  try {
    const head = await readHead(file);
    if (!head.ok) return await endImport(work, open, { state: "refused", problem: head.problem });
    const isWhole = await importRecords(work.db, { file, head, open, signal });
    if (isWhole) await endImport(work, open, { state: "imported", problem: null });
  } finally {
    await file.close();
  }
}

interface Reading {
  readonly file: FileHandle;
  readonly head: Extract<FileHead, { ok: true }>;
  readonly open: OpenImport;
  readonly signal: AbortSignal;
}

/** False when it was stopped, by whoever cancelled it or by the end of this process. */
async function importRecords(db: Database, { file, head, open, signal }: Reading): Promise<boolean> {
  // Gone on with after a failure, the rest of a file is read in the zone its first half was read in.
  const zone = zoneAssumedBefore(open.zone) ?? (await readAccountingZone(db));
  const readLine = reportLineReader(head.head, zone);
  const start = open.position > 0 ? { position: open.position, line: open.lines + 1 } : head;
  const width = head.head.columns.length;
  const lines = open.position > 0 ? open.lines : head.line - 1;
  let slice = emptySlice({ startsAt: open.position, position: start.position, lines });
  // One slice is written while the next is read.
  let writing: Promise<boolean> = Promise.resolve(true);
  const { delimiter } = head;
  for await (const records of readRecords(file, { delimiter, width, position: start.position, line: start.line })) {
    for (const record of records) {
      take(slice, readLine, record);
      if (slice.rows.length + slice.bad.length < SLICE) continue;
      if (!(await writing) || signal.aborted) return false;
      writing = write(db, open, head, slice);
      // A failure is taken up by whoever awaits it next, not by the process.
      writing.catch(() => {});
      slice = emptySlice({ ...slice, startsAt: slice.position });
    }
  }
  if (!(await writing) || signal.aborted) return false;
  return write(db, open, head, slice);
}

interface Slice {
  readonly rows: ReportRow[];
  readonly bad: RowProblem[];
  readonly startsAt: number;
  position: number;
  lines: number;
  zone: string | null;
}

function emptySlice({ startsAt, position, lines }: Pick<Slice, "startsAt" | "position" | "lines">): Slice {
  return { rows: [], bad: [], startsAt, position, lines, zone: null };
}

function take(slice: Slice, readLine: ReadReportLine, record: FileRecord): void {
  slice.position = record.end;
  slice.lines = record.endLine - 1;
  const { cells, line, problem } = record;
  if (!cells) {
    slice.bad.push({ line, column: "whole row", reason: problem ?? "cannot be read", excerpt: "" });
    return;
  }
  if (cells.every((cell) => cell.trim() === "")) return;
  const read = readLine(cells, line);
  if (!read.ok) {
    slice.bad.push(...read.problems);
    return;
  }
  slice.rows.push(read.row);
  slice.zone ??= read.zone.name + (read.isZoneAssumed ? ASSUMED : "");
}

async function write(db: Database, open: OpenImport, { head }: Reading["head"], slice: Slice): Promise<boolean> {
  const times = slice.rows.flatMap(({ telling }) => telling.createdAt ?? []);
  const written = await db.importRows({
    environment: open.environment,
    importId: open.importId,
    rows: slice.rows,
    bad: slice.bad,
    startsAt: slice.startsAt,
    position: slice.position,
    cursor: null,
    lines: slice.lines,
    kind: head.kind,
    version: head.version,
    zone: slice.zone,
    from: times.length > 0 ? Math.min(...times) : null,
    to: times.length > 0 ? Math.max(...times) : null,
  });
  return written.isTaken;
}
