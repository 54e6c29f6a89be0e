import Sqlite from "better-sqlite3";
import { openSerialized } from "../../db/connection.ts";
import type { Database } from "../../db/database.ts";
import { migrateConnection } from "../../db/migrate.ts";
import { openOnOneThread } from "../../db/open-database.ts";
import type { Reading } from "../../db/writer/engine.ts";
import { reading } from "../../db/writer/reading.ts";

let template: Buffer | null = null;

/** An empty, migrated store in memory, on one thread. `xendit` replaces parts of how bodies are read and folded. */
export async function createTestDatabase(xendit: Partial<Reading> = {}): Promise<Database> {
  template ??= migratedTemplate();
  return openOnOneThread(openSerialized(template), { ...reading, ...xendit });
}

function migratedTemplate(): Buffer {
  const connection = new Sqlite(":memory:");
  migrateConnection(connection);
  const image = connection.serialize();
  connection.close();
  return image;
}
