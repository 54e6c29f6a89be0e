import Sqlite from "better-sqlite3";
import { getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import { migrateConnection } from "../../db/migrate.ts";
import * as tables from "../../db/schema/sqlite.ts";

function migrated() {
  const connection = new Sqlite(":memory:");
  migrateConnection(connection);
  return connection;
}

it("every table of the schema exists and is STRICT", () => {
  const strict = migrated()
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 1 AND wr = 0")
    .pluck()
    .all();
  const expected = Object.values(tables).filter((table) => is(table, SQLiteTable));
  expect(strict.sort()).toEqual(expected.map((table) => getTableName(table)).sort());
});

it("the migrations make the columns that the schema names", () => {
  const connection = migrated();
  for (const table of Object.values(tables).filter((one) => is(one, SQLiteTable))) {
    expect(() => connection.prepare(`SELECT * FROM ${getTableName(table)}`)).not.toThrow();
  }
});

it("migrating twice changes nothing", () => {
  const connection = migrated();
  const before = connection.prepare("SELECT sql FROM sqlite_master").all();
  migrateConnection(connection);
  expect(connection.prepare("SELECT sql FROM sqlite_master").all()).toEqual(before);
});
