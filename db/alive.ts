import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "./connection.ts";

/**
 * Add it to the `where` of a query that may visit many rows: `and(filters, alive)`. On the heavy reader it throws once the
 * deadline passed or the request is gone, because better-sqlite3 has no interrupt; elsewhere it is always true.
 */
export const alive: SQL = sql`alive()`;

/** Not deterministic, so that SQLite asks for every row instead of once a query. */
export function registerAlive(connection: Connection, isAlive: () => boolean): void {
  connection.function("alive", { deterministic: false }, () => (isAlive() ? 1 : 0));
}
