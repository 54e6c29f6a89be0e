import type { Database } from "~/db.server.ts";
import { encodeCursor } from "~/lib/cursor.ts";
import { isDeadline } from "~/lib/is-deadline.ts";
import type { Scope } from "~/lib/scope.ts";
import { planList } from "./list-plan.server.ts";
import type { ListRequest, Plan, SettledFilters } from "./list-request.server.ts";
import type { ListDefinition } from "./list-source.server.ts";
import { COUNT_CAP, countRows, pageRows } from "./list-walk.server.ts";

export const PAGE_SIZE = 50;

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

export async function listPage<Code extends string, Row>(
  db: Database,
  scope: Scope,
  list: ListDefinition<Code, Row>,
  filters: SettledFilters<Code>,
): Promise<ListPage<Row>> {
  if (!scope.environments.includes(filters.environment)) return emptyPage;
  const request = { source: list.source(db.tables), scope, filters, narrowings: await list.narrow(db, filters) };
  try {
    return await readPage(db, request);
  } catch (error) {
    if (isDeadline(error)) return { ...emptyPage, isTooLong: true };
    throw error;
  }
}

/** The whole filtered list, in its order, in chunks by keyset through the heavy reader: what an export streams. */
export async function* listChunks<Code extends string, Row>(
  db: Database,
  scope: Scope,
  list: ListDefinition<Code, Row>,
  asked: SettledFilters<Code>,
  { size, signal }: { size: number; signal: AbortSignal },
): AsyncGenerator<readonly Row[], void, void> {
  if (!scope.environments.includes(asked.environment)) return;
  const source = list.source(db.tables);
  const request = { source, scope, filters: asked, narrowings: await list.narrow(db, asked) };
  const plan: Plan<Code, Row> = { ...(await planList(db, request)), heavy: { signal } };
  let filters: SettledFilters<Code> = { ...asked, cursor: null };
  for (;;) {
    const rows = await pageRows(db, plan, filters, size);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < size || signal.aborted) return;
    filters = { ...filters, cursor: { direction: "next", ...source.position(last) } };
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
