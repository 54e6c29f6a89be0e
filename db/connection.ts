import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { registerAlive } from "./alive.ts";

export type Connection = Sqlite.Database;

const BUSY_TIMEOUT_MS = 5_000;
/** Pages. The default of 1,000 checkpoints several times a second under capture. */
const CHECKPOINT_PAGES = 8_000;

/** The one connection that writes. The file, and with it its `-wal` and `-shm`, is readable by its owner alone. */
export function openWriter(file: string): Connection {
  createPrivately(file);
  const connection = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  connection.pragma("journal_mode = WAL");
  return prepareWriter(connection);
}

/** A second connection to a file that a writer has opened before. */
export function openReader(file: string): Connection {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  registerAlive(connection, () => true);
  return connection;
}

/** A database in memory from a serialized one, for tests on one thread. */
export function openSerialized(image: Buffer): Connection {
  const connection = prepareWriter(new Sqlite(image));
  registerAlive(connection, () => true);
  return connection;
}

function prepareWriter(connection: Connection): Connection {
  // better-sqlite3 is compiled to open WAL files at NORMAL, which may lose acknowledged commits when power fails.
  connection.pragma("synchronous = FULL");
  connection.pragma("foreign_keys = ON");
  // What is deleted or made shorter is overwritten with zeros. It costs a write only where a page becomes free.
  connection.pragma("secure_delete = ON");
  connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  return connection;
}

/** Makes an empty file that only its owner may read; SQLite gives its companions the same mode. */
export function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}
