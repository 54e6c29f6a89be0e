import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { redactPersonal } from "~/lib/pii.ts";
import { LINES_CAP } from "./group-payment.server.ts";

interface Of {
  readonly environment: Environment;
  readonly groupKey: string;
}

export type ReportedRow = Tables["reportRows"]["$inferSelect"] & { readonly link: RowLink | null };
export type RowLink = Tables["reconciliationLinks"]["$inferSelect"];

/** One report's word about a row, and where it stood. */
export type RowTelling = Awaited<ReturnType<typeof readTellings>>[number];

/** The rows of a group with every word of the reports about them; `rows` and `tellings` are the first of what there may be. */
export async function readGroupRows(db: Database, of: Of) {
  const { reportRows: table } = db.tables;
  const rows = await db.read
    .select()
    .from(table)
    .where(and(eq(table.environment, of.environment), eq(table.groupKey, of.groupKey)))
    .orderBy(asc(table.createdAt), asc(table.transactionId))
    .limit(LINES_CAP);
  const ids = rows.map((row) => row.transactionId);
  const [tellings, links] = await Promise.all([
    readTellings(db, of.environment, ids),
    readLinks(db, of.environment, ids),
  ]);
  return {
    rows: rows.map((row): ReportedRow => ({ ...row, link: links.get(row.transactionId) ?? null })),
    tellings,
  };
}

async function readTellings(db: Database, environment: Environment, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { reportTellings: table, reportImports: imports } = db.tables;
  const told = await db.read
    .select({
      transactionId: table.transactionId,
      digest: table.digest,
      source: table.source,
      importId: table.importId,
      line: table.line,
      cells: table.cells,
      importName: imports.name,
      importKind: imports.kind,
      importedAt: imports.createdAt,
    })
    .from(table)
    .leftJoin(imports, eq(imports.importId, table.importId))
    .where(and(eq(table.environment, environment), inArray(table.transactionId, [...ids])))
    .orderBy(asc(table.transactionId), asc(imports.createdAt), asc(table.line), asc(table.digest))
    .limit(LINES_CAP);
  return told.map((telling) => ({ ...telling, cells: withoutPersonal(telling.cells) }));
}

/** As given, but for addresses of people. */
function withoutPersonal(cells: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, redactPersonal(value).text]));
}

async function readLinks(db: Database, environment: Environment, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, RowLink>();
  const { reconciliationLinks: table } = db.tables;
  const links = await db.read
    .select()
    .from(table)
    .where(and(eq(table.environment, environment), inArray(table.transactionId, [...ids])));
  return new Map(links.map((link) => [link.transactionId, link]));
}
