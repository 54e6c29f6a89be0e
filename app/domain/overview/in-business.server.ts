import { inArray, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Scope } from "~/lib/scope.ts";

/** The `where` of an operator's businesses; nothing when they may see all. No business at all sees no row. */
export function inBusiness(column: SQLiteColumn, scope: Scope): SQL | undefined {
  if (scope.businessIds === null) return undefined;
  return scope.businessIds.length > 0 ? inArray(column, [...scope.businessIds]) : sql`1 = 0`;
}
