import type { Environment } from "../../app/lib/environment.ts";
import type { Connection } from "../connection.ts";
import { run } from "./statements.ts";

/** Reports and what was made of them. Imports go first: one that is under way finds that it is gone, and ends. */
const TABLES = [
  "report_imports",
  "reconciliation_runs",
  "report_rows",
  "report_tellings",
  "reconciliation_groups",
  "reconciliation_amounts",
  "reconciliation_ledger",
  "closed_days",
  "reconciliation_decisions",
  "reconciliation_comments",
  "reconciliation_links",
] as const;

const AT_ONCE = 200;

/** Deletes some of it; `false` when nothing was left. There may be millions of rows. */
export function clearSomeReconciliation(connection: Connection, environment: Environment): boolean {
  const isGone = "import_id NOT IN (SELECT import_id FROM report_imports)";
  for (const table of TABLES) {
    const some = `SELECT rowid FROM ${table} WHERE environment = ? LIMIT ${AT_ONCE}`;
    if (run(connection, `DELETE FROM ${table} WHERE rowid IN (${some})`, environment) > 0) return true;
  }
  // Problems stand under their import alone.
  const problems = `SELECT rowid FROM report_problems WHERE ${isGone} LIMIT ${AT_ONCE}`;
  return run(connection, `DELETE FROM report_problems WHERE rowid IN (${problems})`) > 0;
}
