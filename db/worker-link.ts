import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { fromPlainError, type PlainError, StoreError } from "./errors.ts";

export type WorkerAnswer<Reply> =
  | { readonly id: number; readonly ok: true; readonly reply: Reply }
  | { readonly id: number; readonly ok: false; readonly error: PlainError };

export interface WorkerLink<Message, Reply> {
  ask(message: Message): Promise<Reply>;
  close(): Promise<void>;
}

/**
 * A worker thread that answers questions. Should it die, those waiting are told (what they sent may or may not have been
 * stored) and the next question starts another.
 */
export function linkWorker<Message, Reply>(name: "writer" | "reader", file: string): WorkerLink<Message, Reply> {
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>();
  let worker: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const started = startWorker(name, file);
    started.on("message", (answer: WorkerAnswer<Reply>) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) asked?.resolve(answer.reply);
      else asked?.reject(fromPlainError(answer.error));
    });
    started.on("error", (error) => fail(started, error.message));
    started.on("exit", (code) => fail(started, `The ${name} stopped with code ${code}`));
    return started;
  }

  function fail(failed: Worker, message: string): void {
    if (worker !== failed) return;
    worker = null;
    for (const { reject } of waiting.values()) reject(new StoreError(message, "STORE_LOST"));
    waiting.clear();
  }

  return {
    ask(message) {
      worker ??= start();
      const asked = worker;
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.postMessage({ id, message });
      });
    },
    async close() {
      const closed = worker;
      if (!closed) return;
      const exited = new Promise<void>((resolve) => closed.once("exit", () => resolve()));
      closed.postMessage({ id: 0, message: "close" });
      await exited;
      worker = null;
    },
  };
}

/** Beside this module lie the bundled workers or, run from the sources, their TypeScript. */
function startWorker(name: string, file: string): Worker {
  const bundled = new URL(`./${name}.worker.js`, import.meta.url);
  if (existsSync(fileURLToPath(bundled))) return new Worker(bundled, { workerData: { file } });
  const source = new URL(`./${name}.worker.ts`, import.meta.url).href;
  return new Worker(new URL("./worker-boot.mjs", import.meta.url), { workerData: { file, source }, execArgv: [] });
}
