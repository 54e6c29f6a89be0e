import type { Column, Placeholder, SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database, Reader, Tables } from "~/db.server.ts";
import type { Narrowing, SettledFilters } from "./list-request.server.ts";

/** What a list is read from: a table with an index by time, and one by each code and time. */
export interface ListSource<Code extends string, Row> {
  /** Names its prepared queries. */
  readonly name: string;
  readonly table: SQLiteTable;
  readonly environment: Column | SQL;
  readonly businessId: Column;
  /** The order of the list: newest first, the id as tie-break. */
  readonly at: Column | SQL;
  readonly id: Column;
  /** Filters with an index `(environment, code, at, id)`. */
  readonly indexed: Readonly<Partial<Record<Code, Column>>>;
  /** Filters on a value that stands in another table. */
  readonly derived?: Readonly<Partial<Record<Code, SQL>>>;
  select(reader: Reader, clauses: Clauses): ListQuery<Row>;
  position(row: Row): Position;
}

/** A list as its page and its export read it: rows of a source, narrowed by what no code of theirs tells. */
export interface ListDefinition<Code extends string, Row> {
  source(tables: Tables): ListSource<Code, Row>;
  narrow(db: Database, filters: SettledFilters<Code>): Promise<readonly Narrowing[]>;
}

export interface Clauses {
  readonly where: SQL | undefined;
  readonly orderBy: readonly SQL[];
  readonly limit: number | Placeholder;
}

export interface Position {
  readonly at: number;
  readonly id: string;
}

/** As much of drizzle's query builder as a list uses. */
export interface ListQuery<Row> extends PromiseLike<Row[]> {
  prepare(): PreparedList<Row>;
}

export interface PreparedList<Row> {
  execute(values: Record<string, unknown>): Row[] | PromiseLike<Row[]>;
}
