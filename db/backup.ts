import { chmodSync, existsSync, renameSync, rmSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { type Connection, createPrivately } from "./connection.ts";
import { errorCode } from "./errors.ts";
import { migrationTimes } from "./migrate.ts";

export type BackupProblem =
  | { readonly problem: "no_database" }
  | { readonly problem: "target_exists" }
  | { readonly problem: "not_ours"; readonly detail: string }
  | { readonly problem: "damaged"; readonly detail: string }
  | { readonly problem: "newer"; readonly detail: string }
  | { readonly problem: "in_use" };

export const backupProblemText: Record<BackupProblem["problem"], string> = {
  no_database: "There is no such file.",
  target_exists: "The file exists already; a backup does not overwrite one.",
  not_ours: "The file is not a Paydesk database.",
  damaged: "The file is damaged.",
  newer: "The file was written by a newer Paydesk.",
  in_use: "The database is in use. Stop the server first.",
};

/** Copies a database while others use it, then reads the copy through. A copy that is not whole is removed. */
export async function backup(file: string, target: string): Promise<BackupProblem | null> {
  if (!existsSync(file)) return { problem: "no_database" };
  if (existsSync(target)) return { problem: "target_exists" };
  const connection = new Sqlite(file, { fileMustExist: true });
  createPrivately(target);
  try {
    await connection.backup(target);
  } catch (error) {
    removeDatabase(target);
    throw error;
  } finally {
    connection.close();
  }
  closeWal(target);
  const problem = check(target);
  if (problem) removeDatabase(target);
  return problem;
}

/**
 * Puts a backup in the place of a database that nobody uses. It is copied and checked beside it first, so that a bad
 * backup or a full disk leaves everything as it was; what was there before is kept under `replaced`.
 */
export async function restore(
  source: string,
  file: string,
  now: Date,
): Promise<BackupProblem | { readonly problem: null; readonly replaced: string | null }> {
  const bad = existsSync(source) ? check(source) : ({ problem: "no_database" } as const);
  if (bad) return bad;
  const copy = `${file}.restoring`;
  removeDatabase(copy);
  const incomplete = await backup(source, copy);
  if (incomplete) return incomplete;
  if (existsSync(file) && !closeWal(file)) {
    removeDatabase(copy);
    return { problem: "in_use" };
  }
  const replaced = existsSync(file) ? `${file}.replaced-${now.toISOString().replace(/[:.]/g, "-")}` : null;
  if (replaced) renameSync(file, replaced);
  renameSync(copy, file);
  chmodSync(file, 0o600);
  return { problem: null, replaced };
}

/** What is wrong with a database file, or `null`. */
export function check(file: string): BackupProblem | null {
  let connection: Connection | null = null;
  try {
    connection = new Sqlite(file, { readonly: true, fileMustExist: true });
    const times = connection.prepare("SELECT created_at FROM __drizzle_migrations ORDER BY created_at").pluck().all();
    const known = migrationTimes();
    const strange = times.filter((time) => !known.includes(Number(time)));
    if (strange.length > 0) return { problem: "newer", detail: `migration ${strange.join(", ")}` };
    const result = connection.pragma("integrity_check", { simple: true });
    if (result !== "ok") return { problem: "damaged", detail: String(result) };
    const orphans = connection.pragma("foreign_key_check") as unknown[];
    return orphans.length === 0 ? null : { problem: "damaged", detail: `${orphans.length} rows point nowhere` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const damaged = errorCode(error)?.startsWith("SQLITE_CORRUPT") === true;
    return { problem: damaged ? "damaged" : "not_ours", detail };
  } finally {
    connection?.close();
  }
}

/** Leaves WAL, which SQLite allows only to somebody who has the file alone; `false` when others have it open. */
function closeWal(file: string): boolean {
  const connection = new Sqlite(file, { timeout: 500 });
  try {
    return connection.pragma("journal_mode = DELETE", { simple: true }) === "delete";
  } catch (error) {
    if (errorCode(error)?.startsWith("SQLITE_BUSY")) return false;
    throw error;
  } finally {
    connection.close();
  }
}

function removeDatabase(file: string): void {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(file + end, { force: true });
}
