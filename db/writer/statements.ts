import type { Statement } from "better-sqlite3";
import type { Connection } from "../connection.ts";

const prepared = new WeakMap<Connection, Map<string, Statement>>();

/** A statement compiled once per connection: compiling costs as much as running most of ours. */
function statement(connection: Connection, sql: string, asArrays = false): Statement {
  const known = prepared.get(connection) ?? new Map<string, Statement>();
  prepared.set(connection, known);
  const name = asArrays ? `arrays ${sql}` : sql;
  const found = known.get(name);
  if (found) return found;
  const compiled = connection.prepare(sql);
  if (asArrays) compiled.raw(true);
  known.set(name, compiled);
  return compiled;
}

export function run(connection: Connection, sql: string, ...params: readonly unknown[]): number {
  return statement(connection, sql).run(...params).changes;
}

/** Runs an insert and gives the row's new id. */
export function insert(connection: Connection, sql: string, ...params: readonly unknown[]): number {
  return Number(statement(connection, sql).run(...params).lastInsertRowid);
}

/** The caller names the shape of its own `select`; SQLite cannot. */
export function all<Row>(connection: Connection, sql: string, ...params: readonly unknown[]): Row[] {
  return statement(connection, sql).all(...params) as Row[];
}

export function get<Row>(connection: Connection, sql: string, ...params: readonly unknown[]): Row | undefined {
  return statement(connection, sql).get(...params) as Row | undefined;
}

/** Rows as arrays, in the order of the selected columns. */
export function rows(connection: Connection, sql: string, ...params: readonly unknown[]): (readonly unknown[])[] {
  return statement(connection, sql, true).all(...params) as (readonly unknown[])[];
}

/** Runs `work` so that, when it throws, what it wrote is gone and the transaction around it lives on. */
export function inSavepoint<Value>(connection: Connection, name: string, work: () => Value): Value {
  run(connection, `SAVEPOINT ${name}`);
  try {
    const value = work();
    run(connection, `RELEASE ${name}`);
    return value;
  } catch (error) {
    // SQLite ends the whole transaction itself on a full disk or a failed write; then there is nothing to roll back to.
    if (connection.inTransaction) {
      run(connection, `ROLLBACK TO ${name}`);
      run(connection, `RELEASE ${name}`);
    }
    throw error;
  }
}
