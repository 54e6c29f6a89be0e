import { parentPort, workerData } from "node:worker_threads";
import { openWriter } from "./connection.ts";
import { createEngine } from "./writer/engine.ts";
import type { Job } from "./writer/jobs.ts";
import { reading } from "./writer/reading.ts";
import { runJobs } from "./writer/run-jobs.ts";

/** The one thread that writes. */
const connection = openWriter(workerData.file);
const engine = createEngine(connection, reading);

parentPort?.on("message", ({ id, message }: { id: number; message: readonly Job[] | "close" }) => {
  if (message === "close") {
    connection.pragma("wal_checkpoint(TRUNCATE)");
    connection.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage({ id, ok: true, reply: runJobs(engine, message) });
});
