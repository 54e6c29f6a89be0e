import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWriter } from "../db/connection.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";
import { fillMatching, MATCHING_NOW } from "./matching-data.ts";
import type { Measure } from "./measure.ts";
import { peakMegabytes, runChild, tenths } from "./own-process.ts";

/** How the process that matches is told from the one that measures it. */
export const MATCHING_CHILD = "match-file";

/**
 * Matches so many rows against so many captures, in a process of its own so that its memory is its own, beside the same
 * join done by the sqlite3 shell on the same file: less than that no matching can take.
 */
export async function* benchMatching(rows: number): AsyncGenerator<Measure> {
  const folder = mkdtempSync(join(tmpdir(), "paydesk-bench-"));
  const file = join(folder, "paydesk.db");
  try {
    migrate(file);
    const connection = openWriter(file);
    fillMatching(connection, rows);
    connection.pragma("wal_checkpoint(TRUNCATE)");
    connection.close();
    yield { name: "matching, file before", rows, megabytes: megabytes(file) };
    yield joinByShell(file, rows);
    yield matchByChild("matching", file, rows);
    yield matchByChild("matching again", file, rows);
    yield { name: "matching, file after", rows, megabytes: megabytes(file) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the child does, and all it does. */
export async function matchFile(file: string): Promise<void> {
  const startedAt = performance.now();
  const db = await openDatabase({ file, threads: true });
  let longest = 0;
  let last = performance.now();
  const { groups, changed, check } = await db.match({ environment: "test", now: MATCHING_NOW }, () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  });
  await db.close();
  const outcome = {
    groups,
    changed,
    isWhole: String(check?.isWhole),
    seconds: tenths((performance.now() - startedAt) / 1_000),
    longestSliceMs: Math.round(longest),
    peakMegabytes: peakMegabytes(),
  };
  process.stdout.write(JSON.stringify(outcome));
}

function matchByChild(name: string, file: string, rows: number): Measure {
  const { groups = 0, changed = 0, seconds = 0, ...figures } = runChild(MATCHING_CHILD, file);
  return { name, rows, groups, changed, seconds, perSecond: Math.round(groups / (seconds || 1)), ...figures };
}

/** In the order that is best, which the shell does not find by itself without statistics. */
const JOIN = `SELECT r.currency, count(*), sum(r.amount_minor), sum(c.amount_minor), sum(r.amount_minor <> c.amount_minor)
  FROM report_rows r
  CROSS JOIN identifiers i ON i.environment = r.environment AND i.value = lower(r.product_id) AND i.kind = 'payment'
  CROSS JOIN captures c ON c.environment = r.environment AND c.payment_request_id = i.target
  WHERE r.environment = 'test' GROUP BY r.currency;`;

function joinByShell(file: string, rows: number): Measure {
  const startedAt = performance.now();
  const shell = spawnSync("sqlite3", [file, JOIN], { encoding: "utf8" });
  const name = "the join, sqlite3 shell";
  if (shell.error) return { name, rows, left: "out: there is no sqlite3 on this machine" };
  if (shell.status !== 0) throw new Error(shell.stderr);
  return { name, rows, seconds: tenths((performance.now() - startedAt) / 1_000) };
}

function megabytes(file: string): number {
  return tenths(statSync(file).size / 1e6);
}
