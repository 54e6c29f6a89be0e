import { and, asc, desc, eq, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { CsvColumn } from "~/lib/csv.ts";
import { type Cursor, encodeCursor } from "~/lib/cursor.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { earlierImport } from "./finish-upload.server.ts";
import { maySeeImports } from "./import.ts";

const PAGE_SIZE = 50;
const EXPORT_CHUNK = 1_000;

export type ImportRow = Awaited<ReturnType<typeof selectImports>>[number];

/** Newest first. */
export async function listImports(
  db: Database,
  scope: Scope,
  { environment, cursor }: { environment: Environment; cursor: Cursor | null },
): Promise<{ rows: readonly ImportRow[]; next: string | null; previous: string | null }> {
  if (!maySeeImports(scope) || !scope.environments.includes(environment)) {
    return { rows: [], next: null, previous: null };
  }
  const { reportImports } = db.tables;
  const backwards = cursor?.direction === "previous";
  const beyond = cursor
    ? sql`(${reportImports.createdAt}, ${reportImports.importId}) ${backwards ? sql`>` : sql`<`} (${cursor.at}, ${cursor.id})`
    : undefined;
  const direction = backwards ? asc : desc;
  const found = await selectImports(db)
    .where(and(eq(reportImports.environment, environment), beyond))
    .orderBy(direction(reportImports.createdAt), direction(reportImports.importId))
    .limit(PAGE_SIZE + 1);
  const more = found.length > PAGE_SIZE;
  const shown = found.slice(0, PAGE_SIZE);
  const rows = backwards ? shown.reverse() : shown;
  const edge = (way: Cursor["direction"], row: ImportRow | undefined, there: boolean) =>
    row && there ? encodeCursor({ direction: way, at: row.createdAt, id: row.importId }) : null;
  return {
    rows,
    next: edge("next", rows.at(-1), backwards || more),
    previous: edge("previous", rows[0], backwards ? more : cursor !== null),
  };
}

export async function findImport(db: Database, scope: Scope, importId: string): Promise<ImportRow | null> {
  if (!maySeeImports(scope)) return null;
  const [row] = await selectImports(db).where(eq(db.tables.reportImports.importId, importId)).limit(1);
  return row && scope.environments.includes(row.environment) ? row : null;
}

/** The import of the same bytes that a refused one names. */
export async function findEarlier(db: Database, { importId, environment, state, digest }: ImportRow) {
  if (state !== "refused" || digest === null) return null;
  const [earlier] = await earlierImport(db, { importId, environment, digest });
  return earlier ?? null;
}

export type ProblemRow = Awaited<ReturnType<typeof selectProblems>>[number];

/** Bad rows in the order of the file. The caller found the import within its scope. */
export async function listProblems(
  db: Database,
  { importId, cursor }: { importId: string; cursor: Cursor | null },
): Promise<{ rows: readonly ProblemRow[]; next: string | null; previous: string | null }> {
  const backwards = cursor?.direction === "previous";
  const found = await selectProblems(db, { importId, cursor, limit: PAGE_SIZE + 1 });
  const more = found.length > PAGE_SIZE;
  const shown = found.slice(0, PAGE_SIZE);
  const rows = backwards ? shown.toReversed() : shown;
  const edge = (way: Cursor["direction"], row: ProblemRow | undefined, there: boolean) =>
    row && there ? encodeCursor({ direction: way, at: row.line, id: row.column }) : null;
  return {
    rows,
    next: edge("next", rows.at(-1), backwards || more),
    previous: edge("previous", rows[0], backwards ? more : cursor !== null),
  };
}

function selectProblems(
  db: Database,
  { importId, cursor, limit, signal }: { importId: string; cursor: Cursor | null; limit: number; signal?: AbortSignal },
) {
  const { reportProblems } = db.tables;
  const backwards = cursor?.direction === "previous";
  const direction = backwards ? desc : asc;
  const beyond = cursor
    ? sql`(${reportProblems.line}, ${reportProblems.column}) ${backwards ? sql`<` : sql`>`} (${cursor.at}, ${cursor.id})`
    : undefined;
  const reader = signal ? db.heavy({ signal }) : db.read;
  return reader
    .select({
      line: reportProblems.line,
      column: reportProblems.column,
      reason: reportProblems.reason,
      excerpt: reportProblems.excerpt,
    })
    .from(reportProblems)
    .where(and(signal ? alive : undefined, eq(reportProblems.importId, importId), beyond))
    .orderBy(direction(reportProblems.line), direction(reportProblems.column))
    .limit(limit);
}

/** Every bad row in chunks, for the CSV. */
export async function* exportProblems(
  db: Database,
  { importId, signal }: { importId: string; signal: AbortSignal },
): AsyncGenerator<readonly ProblemRow[], void, void> {
  let cursor: Cursor | null = null;
  for (;;) {
    const rows: readonly ProblemRow[] = await selectProblems(db, { importId, cursor, limit: EXPORT_CHUNK, signal });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < EXPORT_CHUNK || signal.aborted) return;
    cursor = { direction: "next", at: last.line, id: last.column };
  }
}

export const problemCsvColumns: readonly CsvColumn<ProblemRow>[] = [
  { name: "line", kind: "number", value: (row) => row.line },
  { name: "column", kind: "text", value: (row) => row.column },
  { name: "reason", kind: "text", value: (row) => row.reason },
  { name: "cell_begins", kind: "text", value: (row) => row.excerpt },
];

function selectImports(db: Database) {
  const { reportImports } = db.tables;
  return db.read.select().from(reportImports).$dynamic();
}
