import type Sqlite from "better-sqlite3";
import { getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";

type Row = Readonly<Record<string, unknown>>;

/**
 * Rows straight into tables, in one transaction. Indexes are made anew afterwards: keeping sixteen of them up row by row
 * takes several times as long.
 */
export function insertRows<Name extends string>(
  connection: Sqlite.Database,
  tables: Readonly<Record<Name, SQLiteTable>>,
  all: Iterable<Readonly<Record<Name, readonly Row[]>>>,
): void {
  const inserts = (Object.entries(tables) as [Name, SQLiteTable][]).map(
    ([name, table]) => [name, inserter(connection, table)] as const,
  );
  const names = (Object.values(tables) as SQLiteTable[]).map(getTableName);
  const indexes = connection
    .prepare("select name, sql, tbl_name from sqlite_master where type = 'index' and sql is not null")
    .all()
    .map((row) => row as { name: string; sql: string; tbl_name: string })
    .filter((index) => names.includes(index.tbl_name));
  connection.transaction(() => {
    for (const { name } of indexes) connection.exec(`drop index "${name}"`);
    for (const rows of all) {
      for (const [name, insert] of inserts) for (const row of rows[name]) insert(row);
    }
    for (const { sql } of indexes) connection.exec(sql);
  })();
}

function inserter(connection: Sqlite.Database, table: SQLiteTable): (row: Row) => void {
  const columns = Object.entries(getTableColumns(table));
  const names = columns.map(([, column]) => `"${column.name}"`).join(", ");
  const insert = connection.prepare(
    `insert into "${getTableName(table)}" (${names}) values (${columns.map(() => "?").join(", ")})`,
  );
  const readers = columns.map(([name]) => name);
  return (row) => void insert.run(readers.map((name) => stored(row[name])));
}

const texts = new WeakMap<object, string>();

/** As drizzle's columns store it: JSON for lists and objects, 1 and 0 for booleans. */
function stored(value: unknown): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value !== "object") return value ? 1 : 0;
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}
