import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate as applyMigrations } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { type Connection, openWriter } from "./connection.ts";

const MIGRATIONS = join("db", "migrations", "sqlite");

/** Brings a database file up to date, creating it when there is none. */
export function migrate(file: string): void {
  const connection = openWriter(file);
  try {
    migrateConnection(connection);
  } finally {
    connection.close();
  }
}

export function migrateConnection(connection: Connection): void {
  applyMigrations(drizzle(connection), { migrationsFolder: migrationsFolder() });
}

/** When each migration we know was made: drizzle's name for it in a database. */
export function migrationTimes(): readonly number[] {
  return readMigrationFiles({ migrationsFolder: migrationsFolder() }).map(({ folderMillis }) => folderMillis);
}

/** Looked for upwards from this module, which runs from db/ and, once bundled, from build/app/. */
export function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, MIGRATIONS, "meta", "_journal.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No ${MIGRATIONS} above ${import.meta.url}`);
    folder = parent;
  }
  return join(folder, MIGRATIONS);
}
