import { and, asc, type Column, desc, eq, gte, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Scope } from "~/lib/scope.ts";
import { BLANK, type ListFilters } from "~/lib/search-params.ts";
import type { ListSource } from "./list-source.server.ts";

/** A value as SQL: itself in a query built for one call, a placeholder in a prepared one. */
export type Bind = (name: string, value: string | number) => unknown;

/** The one code whose index a query walks; `value` null is a blank that was not sent. */
export interface Drive {
  readonly param: string;
  readonly column: Column;
  readonly value: string | null;
}

/** The conditions every query of a list has: where it lives, when, which edge it continues from. */
export function rangeConditions<Code extends string, Row>(
  source: ListSource<Code, Row>,
  filters: ListFilters<Code>,
  bind: Bind,
): (SQL | undefined)[] {
  const { from, to } = filters;
  const { before, after } = edgesOf(filters);
  const edge = sql`(${source.at}, ${source.id})`;
  const end = (at: number, id: string) => sql`(${bind("cursorAt", at)}, ${bind("cursorId", id)})`;
  return [
    before
      ? sql`${edge} < ${end(before.at, before.id)}`
      : to !== null
        ? sql`${source.at} < ${bind("to", to)}`
        : undefined,
    after
      ? sql`${edge} > ${end(after.at, after.id)}`
      : from !== null
        ? sql`${source.at} >= ${bind("from", from)}`
        : undefined,
  ];
}

/** Which of `rangeConditions` are there; with the drive it names a prepared query. */
export function rangeShape<Code extends string>(filters: ListFilters<Code>): string {
  const { from, to } = filters;
  const { before, after } = edgesOf(filters);
  return `${before ? "before" : to !== null ? "to" : ""}:${after ? "after" : from !== null ? "from" : ""}`;
}

/** Whether the index is walked upwards: a page further of the oldest first, or a page back of the newest first. */
export function isAscending<Code extends string>({ sort, cursor }: ListFilters<Code>): boolean {
  return (sort === "oldest") !== (cursor?.direction === "previous");
}

/** An edge inside the range replaces its end: SQLite would walk from `to` down to the edge again on every page. */
function edgesOf<Code extends string>(filters: ListFilters<Code>) {
  const { from, to, cursor } = filters;
  const ascending = isAscending(filters);
  return {
    before: cursor !== null && !ascending && (to === null || cursor.at < to) ? cursor : null,
    after: cursor !== null && ascending && (from === null || cursor.at >= from) ? cursor : null,
  };
}

/** In this environment and one of these; by both columns of the key together, for an index to be searched by them. */
export function isOneOf<Code extends string, Row>(
  source: ListSource<Code, Row>,
  { environment, ids }: { readonly environment: string; readonly ids: readonly string[] },
): SQL {
  // No id is empty: of none at all nothing is found, and by the key as well.
  const keys = (ids.length > 0 ? ids : [""]).map((id) => sql`(${environment}, ${id})`);
  return sql`(${source.environment}, ${source.id}) in (values ${sql.join(keys, sql`, `)})`;
}

/** The same rows, to be found by `isOneOf` only: not by walking the whole of an index, or of time, for a few of them. */
export function byKeyOnly<Code extends string, Row>(source: ListSource<Code, Row>): ListSource<Code, Row> {
  return { ...source, environment: sql`coalesce(${source.environment}, '')`, at: sql`coalesce(${source.at}, 0)` };
}

export function driveCondition(drive: Drive, bind: Bind): SQL {
  return drive.value === null ? isNull(drive.column) : eq(drive.column, bind("code", drive.value));
}

/** `coalesce` also keeps the planner from walking this column's index instead of the chosen one. */
export function residualCondition(expression: Column | SQL, values: readonly string[]): SQL {
  return inArray(sql`coalesce(${expression}, '')`, [...new Set(values.map((value) => (value === BLANK ? "" : value)))]);
}

/** Rows outside the operator's scope are not there (RULES 7). */
export function scopeCondition<Code extends string, Row>(source: ListSource<Code, Row>, scope: Scope): SQL | undefined {
  return scope.businessIds === null ? undefined : inArray(source.businessId, [...scope.businessIds]);
}

export function listOrder<Code extends string, Row>(source: ListSource<Code, Row>, ascending: boolean): SQL[] {
  return ascending ? [asc(source.at), asc(source.id)] : [desc(source.at), desc(source.id)];
}

/** `none` is what was not sent and what was sent empty: two places in the index. */
export function drivesOf(param: string, column: Column, values: readonly string[]): Drive[] {
  return values
    .flatMap((value): (string | null)[] => (value === BLANK ? [null, ""] : [value]))
    .map((value) => ({ param, column, value }));
}

/** An identifier begins with this text: by range, because `LIKE` does not use the index. */
export function beginsWith(column: Column, text: string): SQL | undefined {
  return and(gte(column, text), lt(column, `${text}\u{10FFFF}`));
}
