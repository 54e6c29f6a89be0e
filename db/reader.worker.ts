import { parentPort, workerData } from "node:worker_threads";
import { registerAlive } from "./alive.ts";
import { openReader } from "./connection.ts";
import { toPlainError } from "./errors.ts";
import { createQueryRunner, type HeavyQuery } from "./heavy/run-query.ts";

/** The thread for queries that take long, so that they hold up neither pages nor captures. */
const connection = openReader(workerData.file);
const runner = createQueryRunner();
registerAlive(connection, runner.isAlive);

parentPort?.on("message", ({ id, message }: { id: number; message: HeavyQuery | "close" }) => {
  if (message === "close") {
    connection.close();
    parentPort?.close();
    return;
  }
  try {
    parentPort?.postMessage({ id, ok: true, reply: runner.run(connection, message) });
  } catch (error) {
    parentPort?.postMessage({ id, ok: false, error: toPlainError(error) });
  }
});
