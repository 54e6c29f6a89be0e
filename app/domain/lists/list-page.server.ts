import { and, type Column, eq, inArray, type SQL, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import { encodeCursor } from "~/lib/cursor.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { ListFilters } from "~/lib/search-params.ts";
import type { ListSource, Position } from "./list-source.server.ts";
import {
  type Bind,
  type Drive,
  driveCondition,
  drivesOf,
  listOrder,
  rangeConditions,
  rangeShape,
  residualCondition,
  scopeCondition,
} from "./list-where.server.ts";

export const PAGE_SIZE = 50;
/** Totals beyond this are shown as "1,000+". */
export const COUNT_CAP = 1000;

/** Filters with the environment settled: one list never mixes two. */
export type SettledFilters<Code extends string> = ListFilters<Code> & { readonly environment: Environment };

/** What the search field narrows a list to: a few rows by id, or a condition that each row is asked. */
export type Narrowing = { readonly ids: readonly string[] } | { readonly condition: SQL } | null;

export interface ListRequest<Code extends string, Row> {
  readonly source: ListSource<Code, Row>;
  readonly scope: Scope;
  readonly filters: SettledFilters<Code>;
  readonly narrowing?: Narrowing;
}

export interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** Cursors; `null` where there is nothing further. */
  readonly next: string | null;
  readonly previous: string | null;
  /** Rows of the whole filter, up to `COUNT_CAP`. */
  readonly count: number;
  readonly isCounted: boolean;
  /** The filters ask more of the store than a page may wait for; nothing is known of the rows. */
  readonly isTooLong: boolean;
}

/** How long a page waits for the heavy reader. */
const PAGE_DEADLINE_MS = 8_000;

export async function listPage<Code extends string, Row>(
  db: Database,
  request: ListRequest<Code, Row>,
): Promise<ListPage<Row>> {
  if (!request.scope.environments.includes(request.filters.environment)) return emptyPage;
  try {
    return await readPage(db, request);
  } catch (error) {
    if (isDeadline(error)) return { ...emptyPage, isTooLong: true };
    throw error;
  }
}

/** The whole filtered list, newest first, in chunks by keyset through the heavy reader: what an export streams. */
export async function* listChunks<Code extends string, Row>(
  db: Database,
  request: ListRequest<Code, Row>,
  { size, signal }: { size: number; signal: AbortSignal },
): AsyncGenerator<readonly Row[], void, void> {
  if (!request.scope.environments.includes(request.filters.environment)) return;
  const plan: Plan<Code, Row> = { ...(await planList(db, request)), heavy: { signal } };
  let filters: SettledFilters<Code> = { ...request.filters, cursor: null };
  for (;;) {
    const rows = await pageRows(db, plan, filters, size);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < size || signal.aborted) return;
    filters = { ...filters, cursor: { direction: "next", ...request.source.position(last) } };
  }
}

async function readPage<Code extends string, Row>(
  db: Database,
  request: ListRequest<Code, Row>,
): Promise<ListPage<Row>> {
  const { cursor } = request.filters;
  const plan = await planList(db, request);
  const [found, count] = await Promise.all([
    pageRows(db, plan, request.filters, PAGE_SIZE + 1),
    countRows(db, plan, { ...request.filters, cursor: null }),
  ]);
  if (cursor?.direction === "previous" && found.length <= PAGE_SIZE) {
    // The way back has reached the top: the first page, full, rather than whatever is left of it.
    return readPage(db, { ...request, filters: { ...request.filters, cursor: null } });
  }
  const counted = { count: Math.min(count, COUNT_CAP), isCounted: count <= COUNT_CAP };
  return { ...withCursors(request, found), ...counted, isTooLong: false };
}

function isDeadline(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "DEADLINE") return true;
  }
  return false;
}

/** How a list is read: which index is walked, what each row is asked besides, and on which thread. */
interface Plan<Code extends string, Row> extends ListRequest<Code, Row> {
  /** One walk for each; `null` walks by time. */
  readonly drives: readonly (Drive | null)[];
  readonly residual: readonly SQL[];
  /** `null` is the main thread with prepared queries. */
  readonly heavy: { readonly signal?: AbortSignal; readonly deadlineMs?: number } | null;
}

/**
 * One filter is one walk of its index. Of several, the rarest is walked and the others asked of each row; when even that
 * one is common the walk may be long, so it goes to the heavy reader, which has a deadline and holds up nobody.
 */
async function planList<Code extends string, Row>(
  db: Database,
  request: ListRequest<Code, Row>,
): Promise<Plan<Code, Row>> {
  const { source, scope, filters, narrowing = null } = request;
  const base: Plan<Code, Row> = { ...request, drives: [null], residual: [], heavy: null };
  const asked = askedCodes(filters);
  const besides = [
    scopeCondition(source, scope),
    narrowing && ("ids" in narrowing ? inArray(source.id, [...narrowing.ids]) : narrowing.condition),
  ].filter((condition) => condition !== undefined && condition !== null);
  const residualOf = (codes: typeof asked) => [
    ...codes.map(({ param, values }) => residualCondition(expressionOf(source, param), values)),
    ...besides,
  ];
  if (narrowing && "ids" in narrowing) return { ...base, residual: residualOf(asked) };

  const isAlone = asked.length === 1 && besides.length === 0;
  const rarest = await rarestDrive(db, base, asked, isAlone);
  const residual = residualOf(asked.filter(({ param }) => param !== rarest?.param));
  const isLong = residual.length > 0 && (rarest === null || rarest.size > COUNT_CAP);
  return {
    ...base,
    drives: rarest?.drives ?? [null],
    residual,
    heavy: isLong ? { deadlineMs: PAGE_DEADLINE_MS } : null,
  };
}

async function rarestDrive<Code extends string, Row>(
  db: Database,
  base: Plan<Code, Row>,
  asked: readonly Asked<Code>[],
  isAlone: boolean,
) {
  const sized = asked.flatMap(({ param, values }) => {
    const column = base.source.indexed[param];
    if (!column) return [];
    const drives = drivesOf(param, column, values);
    return [countDrives(db, base, drives, isAlone)];
  });
  const [rarest = null] = (await Promise.all(sized)).sort((a, b) => a.size - b.size);
  return rarest;
}

async function countDrives<Code extends string, Row>(
  db: Database,
  base: Plan<Code, Row>,
  drives: readonly Drive[],
  isAlone: boolean,
) {
  const size = isAlone ? 0 : await countRows(db, { ...base, drives }, { ...base.filters, cursor: null });
  return { param: drives[0]?.param, drives, size };
}

interface Asked<Code extends string> {
  readonly param: Code;
  readonly values: readonly string[];
}

function askedCodes<Code extends string>(filters: ListFilters<Code>): Asked<Code>[] {
  return Object.entries<readonly string[] | undefined>(filters.codes).flatMap(([param, values]) =>
    values && values.length > 0 ? [{ param: param as Code, values }] : [],
  );
}

function expressionOf<Code extends string, Row>(source: ListSource<Code, Row>, param: Code): Column | SQL {
  const expression = source.indexed[param] ?? source.derived?.[param];
  if (!expression) throw new Error(`The list ${source.name} has no filter ${param}`);
  return expression;
}

/** The first `limit` rows from the filters' edge, in reading order. */
async function pageRows<Code extends string, Row>(
  db: Database,
  plan: Plan<Code, Row>,
  filters: SettledFilters<Code>,
  limit: number,
): Promise<Row[]> {
  const walks = await Promise.all(plan.drives.map((drive) => walk(db, plan, filters, drive, limit)));
  const backwards = filters.cursor?.direction === "previous";
  const [only = []] = walks;
  const merged = walks.length === 1 ? only : mergeWalks(plan.source, walks, backwards).slice(0, limit);
  return merged;
}

async function walk<Code extends string, Row>(
  db: Database,
  plan: Plan<Code, Row>,
  filters: SettledFilters<Code>,
  drive: Drive | null,
  limit: number,
): Promise<Row[]> {
  const { source, residual, heavy } = plan;
  const orderBy = listOrder(source, filters.cursor?.direction === "previous");
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
  return [source.name, walked, rangeShape(filters), filters.cursor?.direction ?? "first"].join(":");
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
    eq(source.environment, bind("environment", filters.environment)),
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

async function countRows<Code extends string, Row>(
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

function mergeWalks<Code extends string, Row>(
  source: ListSource<Code, Row>,
  walks: readonly (readonly Row[])[],
  backwards: boolean,
): Row[] {
  const newestFirst = (a: Row, b: Row) => comparePositions(source.position(b), source.position(a));
  const rows = walks.flat().sort(newestFirst);
  return backwards ? rows.reverse() : rows;
}

/** As the store orders them: ids by their bytes, which is not how JavaScript compares strings. */
function comparePositions(a: Position, b: Position): number {
  return a.at - b.at || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
}

function withCursors<Code extends string, Row>({ source, filters }: ListRequest<Code, Row>, found: readonly Row[]) {
  const { cursor } = filters;
  const backwards = cursor?.direction === "previous";
  const page = found.slice(0, PAGE_SIZE);
  const rows = backwards ? page.reverse() : page;
  const hasMore = found.length > PAGE_SIZE;
  const edge = (row: Row | undefined, direction: "next" | "previous") =>
    row === undefined ? null : encodeCursor({ direction, ...source.position(row) });
  if (rows.length === 0)
    return { rows, next: null, previous: cursor && encodeCursor({ ...cursor, direction: "previous" }) };
  return {
    rows,
    next: hasMore || backwards ? edge(rows.at(-1), "next") : null,
    previous: backwards ? (hasMore ? edge(rows[0], "previous") : null) : cursor && edge(rows[0], "previous"),
  };
}

const emptyPage = { rows: [], next: null, previous: null, count: 0, isCounted: true, isTooLong: false } as const;
