import { toPlainError } from "../errors.ts";
import { capture } from "./capture.ts";
import { checkpoint } from "./checkpoint.ts";
import { clearDemoSlice } from "./clear-demo.ts";
import { closeDay } from "./close-day.ts";
import type { Engine } from "./engine.ts";
import { expunge } from "./expunge.ts";
import { importRows } from "./import-rows.ts";
import type { Done, Job, JobReply, JobValue } from "./jobs.ts";
import { matchSlice } from "./match/match.ts";
import { observe } from "./observe.ts";
import { rebuildSlice } from "./rebuild.ts";
import { refold } from "./refold.ts";
import { refuse } from "./refuse.ts";
import { reprocess } from "./reprocess.ts";
import { inSavepoint } from "./statements.ts";
import { writeList } from "./write-list.ts";

/**
 * Runs jobs in one transaction with one commit. A job that fails takes back only its own writes. When the batch itself
 * fails (a full disk, a failed commit) each job is tried again alone, so that one of them cannot refuse the others.
 */
export function runJobs(engine: Engine, jobs: readonly Job[]): JobReply[] {
  const [only] = jobs;
  if (jobs.length === 1 && only) return [only.kind === "checkpoint" ? checkpointNow(engine) : runAlone(engine, only)];
  const { connection } = engine;
  try {
    connection.exec("BEGIN IMMEDIATE");
  } catch (error) {
    // Locked for too long: trying one by one would only wait as long again for each.
    return jobs.map(() => ({ ok: false, error: toPlainError(error) }));
  }
  try {
    const replies = jobs.map((job) => runInBatch(engine, job));
    connection.exec("COMMIT");
    return replies;
  } catch {
    forget(engine);
    return jobs.map((job) => runAlone(engine, job));
  }
}

function runInBatch(engine: Engine, job: Job): JobReply {
  try {
    return reply(inSavepoint(engine.connection, "job", () => perform(engine, job)));
  } catch (error) {
    if (!engine.connection.inTransaction) throw error;
    engine.recent.clear();
    return { ok: false, error: toPlainError(error) };
  }
}

function runAlone(engine: Engine, job: Job): JobReply {
  const { connection } = engine;
  try {
    connection.exec("BEGIN IMMEDIATE");
    const done = perform(engine, job);
    connection.exec("COMMIT");
    return reply(done);
  } catch (error) {
    forget(engine);
    return { ok: false, error: toPlainError(error) };
  }
}

/** A log cannot be emptied from inside a transaction. */
function checkpointNow(engine: Engine): JobReply {
  try {
    return reply(checkpoint(engine));
  } catch (error) {
    return { ok: false, error: toPlainError(error) };
  }
}

/** Takes everything back, the observations in memory with it: their row ids will be given to others. */
function forget({ connection, recent }: Engine): void {
  recent.clear();
  if (connection.inTransaction) connection.exec("ROLLBACK");
}

function reply(done: Done<JobValue>): JobReply {
  return { ok: true, ...done };
}

function perform(engine: Engine, job: Job): Done<JobValue> {
  switch (job.kind) {
    case "capture":
      return capture(engine, job.input);
    case "observe":
      return observe(engine, job.input);
    case "write":
      return writeList(engine, job.input);
    case "refuse":
      return refuse(engine, job.input);
    case "reprocess":
      return reprocess(engine, job.input);
    case "refold":
      return refold(engine);
    case "rebuild":
      return rebuildSlice(engine, job.input);
    case "expunge":
      return expunge(engine, job.input);
    case "checkpoint":
      throw new Error("A checkpoint runs alone");
    case "closeDay":
      return closeDay(engine, job.input);
    case "importRows":
      return importRows(engine, job.input);
    case "match":
      return matchSlice(engine, job.input);
    case "clearDemo":
      return clearDemoSlice(engine, job.input);
  }
}
