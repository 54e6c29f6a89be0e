import { and, type SQL, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Plan, SettledFilters } from "./list-request.server.ts";
import type { ListSource, Position } from "./list-source.server.ts";
import {
  type Bind,
  type Drive,
  driveCondition,
  isAscending,
  listOrder,
  rangeConditions,
  rangeShape,
} from "./list-where.server.ts";

/** Totals beyond this are shown as "1,000+". */
export const COUNT_CAP = 1000;

/** The first `limit` rows from the filters' edge, in reading order. */
export async function pageRows<Code extends string, Row>(
  db: Database,
  plan: Plan<Code, Row>,
  filters: SettledFilters<Code>,
  limit: number,
): Promise<Row[]> {
  const walks = await Promise.all(plan.drives.map((drive) => walk(db, plan, filters, drive, limit)));
  const [only = []] = walks;
  return walks.length === 1 ? only : mergeWalks(plan.source, walks, isAscending(filters)).slice(0, limit);
}

/** What the rows of the whole filter are asked, once for each walk of the plan: no row is in two of them. */
export function planWheres<Code extends string, Row>(
  plan: Plan<Code, Row>,
  filters: SettledFilters<Code>,
): (SQL | undefined)[] {
  return plan.drives.map((drive) => literalWhere(plan, { ...filters, cursor: null }, drive));
}

export async function countRows<Code extends string, Row>(
  db: Database,
  plan: Plan<Code, Row>,
  filters: SettledFilters<Code>,
): Promise<number> {
  const { source, heavy } = plan;
  const reader = heavy ? db.heavy(heavy) : db.read;
  const counts = await Promise.all(
    plan.drives.map(async (drive) => {
      const where = literalWhere(plan, filters, drive);
      const capped = reader
        .select({ one: sql<number>`1`.as("one") })
        .from(source.table)
        .where(where)
        .limit(COUNT_CAP + 1)
        .as("capped");
      const [row] = await reader.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(capped);
      return row?.count ?? 0;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function walk<Code extends string, Row>(
  db: Database,
  plan: Plan<Code, Row>,
  filters: SettledFilters<Code>,
  drive: Drive | null,
  limit: number,
): Promise<Row[]> {
  const { source, residual, heavy } = plan;
  const orderBy = listOrder(source, isAscending(filters));
  if (heavy !== null || residual.length > 0) {
    const where = literalWhere(plan, filters, drive);
    return source.select(heavy ? db.heavy(heavy) : db.read, { where, orderBy, limit });
  }
  const query = db.prepared(queryName(source, filters, drive), (read) => {
    const where = and(...conditions(source, filters, drive, (placeholder) => sql.placeholder(placeholder)));
    return source.select(read, { where, orderBy, limit: sql.placeholder("limit") }).prepare();
  });
  return query.execute({ ...valuesOf(source, filters, drive), limit });
}

/** One name for each form a query can take; its values are no part of it, so there are only so many. */
function queryName<Code extends string, Row>(
  source: ListSource<Code, Row>,
  filters: SettledFilters<Code>,
  drive: Drive | null,
): string {
  const walked = drive ? `${drive.param}${drive.value === null ? " is null" : ""}` : "time";
  return [source.name, walked, rangeShape(filters), isAscending(filters) ? "up" : "down"].join(":");
}

function literalWhere<Code extends string, Row>(
  { source, residual, heavy }: Plan<Code, Row>,
  filters: SettledFilters<Code>,
  drive: Drive | null,
): SQL | undefined {
  // First, so that it is asked of rows the other conditions turn away too.
  const deadline = heavy ? [alive] : [];
  return and(...deadline, ...conditions(source, filters, drive, (_name, value) => value), ...residual);
}

function conditions<Code extends string, Row>(
  source: ListSource<Code, Row>,
  filters: SettledFilters<Code>,
  drive: Drive | null,
  bind: Bind,
): (SQL | undefined)[] {
  return [
    sql`${source.environment} = ${bind("environment", filters.environment)}`,
    drive ? driveCondition(drive, bind) : undefined,
    ...rangeConditions(source, filters, bind),
  ];
}

/** What the placeholders of `conditions` stand for: whatever it would have bound. */
function valuesOf<Code extends string, Row>(
  source: ListSource<Code, Row>,
  filters: SettledFilters<Code>,
  drive: Drive | null,
): Record<string, string | number> {
  const values: Record<string, string | number> = {};
  conditions(source, filters, drive, (name, value) => {
    values[name] = value;
    return value;
  });
  return values;
}

function mergeWalks<Code extends string, Row>(
  source: ListSource<Code, Row>,
  walks: readonly (readonly Row[])[],
  ascending: boolean,
): Row[] {
  const newestFirst = (a: Row, b: Row) => comparePositions(source.position(b), source.position(a));
  const rows = walks.flat().sort(newestFirst);
  return ascending ? rows.reverse() : rows;
}

/** As the store orders them: ids by their bytes, which is not how JavaScript compares strings. */
function comparePositions(a: Position, b: Position): number {
  return a.at - b.at || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
}
