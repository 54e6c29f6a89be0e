import type Sqlite from "better-sqlite3";
import { getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";

type Rows = ReadonlyMap<SQLiteTable, Iterable<Readonly<Record<string, unknown>>>>;

/**
 * Rows straight into tables, in one transaction. Indexes are made anew afterwards: keeping sixteen of them up row by row
 * takes several times as long.
 */
export function insertRows(connection: Sqlite.Database, rows: Rows): void {
  const tables = [...rows.keys()].map(getTableName);
  const indexes = connection
    .prepare("select name, sql, tbl_name from sqlite_master where type = 'index' and sql is not null")
    .all()
    .map((row) => row as { name: string; sql: string; tbl_name: string })
    .filter((index) => tables.includes(index.tbl_name));
  connection.transaction(() => {
    for (const { name } of indexes) connection.exec(`drop index "${name}"`);
    for (const [table, all] of rows) insertAll(connection, table, all);
    for (const { sql } of indexes) connection.exec(sql);
  })();
}

function insertAll(
  connection: Sqlite.Database,
  table: SQLiteTable,
  rows: Iterable<Readonly<Record<string, unknown>>>,
): void {
  const columns = Object.entries(getTableColumns(table));
  const names = columns.map(([, column]) => `"${column.name}"`).join(", ");
  const insert = connection.prepare(
    `insert into "${getTableName(table)}" (${names}) values (${columns.map(() => "?").join(", ")})`,
  );
  for (const row of rows) {
    insert.run(
      columns.map(([name, column]) => {
        const value = row[name] ?? null;
        return value === null ? null : column.mapToDriverValue(value);
      }),
    );
  }
}
