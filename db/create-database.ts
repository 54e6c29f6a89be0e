import { setTimeout as wait } from "node:timers/promises";
import type { Change, Database, Reader, Statement } from "./database.ts";
import { foldedByThis } from "./projection-version.ts";
import { createQueue, type JobRunner } from "./queue.ts";
import { runMatch } from "./run-match.ts";
import * as tables from "./schema/sqlite.ts";
import type { ClearStep, PlainStatement, RebuildStep } from "./writer/jobs.ts";

/** The parts of a store that differ between threads and a single one. */
export interface Parts {
  readonly read: Reader;
  readonly runner: JobRunner;
  /** Whether an earlier process may have left work behind. */
  readonly resumes: boolean;
  heavy(options?: { deadlineMs?: number; signal?: AbortSignal }): Reader;
  close(): Promise<void>;
}

const EVENTS_PER_REPROCESS = 50;
const LOG_TRIES = 20;
const LOG_WAIT_MS = 250;

export function createDatabase({ read, runner, resumes, heavy, close }: Parts): Database {
  const listeners = new Set<(changes: readonly Change[]) => void>();
  const prepared = new Map<string, unknown>();
  const queue = createQueue(runner, (changes) => {
    for (const listener of listeners) listener(changes);
  });
  let closing: Promise<void> | null = null;

  /** A reader in the middle of a long query still needs the log: it is tried again until that has passed. */
  async function emptyLog(): Promise<boolean> {
    for (let tries = 0; tries < LOG_TRIES; tries++) {
      const { isWhole } = await queue.submit({ kind: "checkpoint", input: null }, "background");
      if (isWhole) return true;
      await wait(LOG_WAIT_MS);
    }
    return false;
  }

  if (resumes) queue.refold();

  return {
    tables,
    read,
    heavy,
    prepared<Query>(name: string, build: (reader: Reader, schema: typeof tables) => Query): Query {
      // One name, one query: the map only remembers what `build` made.
      const query = prepared.get(name) ?? build(read, tables);
      prepared.set(name, query);
      return query as Query;
    },
    write: async (statements) => queue.submit({ kind: "write", input: statements.map(plain) }),
    // A view of a larger buffer would be copied to the worker with all of that buffer.
    capture: async (arrival) =>
      queue.submit({ kind: "capture", input: { ...arrival, bytes: new Uint8Array(arrival.bytes) } }),
    observe: async (observation) =>
      queue.submit({ kind: "observe", input: { ...observation, bytes: new Uint8Array(observation.bytes) } }),
    refuse: async (refusal) => void (await queue.submit({ kind: "refuse", input: refusal })),
    async reprocess(eventIds) {
      let processed = 0;
      for (let start = 0; start < eventIds.length; start += EVENTS_PER_REPROCESS) {
        const input = eventIds.slice(start, start + EVENTS_PER_REPROCESS);
        processed += (await queue.submit({ kind: "reprocess", input })).processed;
      }
      return { processed };
    },
    async rebuild(progress) {
      let step: RebuildStep | null = null;
      do {
        step = await queue.submit({ kind: "rebuild", input: step }, "background");
        progress?.(step.done, step.total);
      } while (step.phase !== "done");
      await queue.submit({ kind: "write", input: [plain(foldedByThis({ read, tables }, Date.now()))] });
      return { observations: step.total / 2 };
    },
    async clearDemo() {
      let step: ClearStep | null = null;
      do step = await queue.submit({ kind: "clearDemo", input: step }, "background");
      while (step.left);
      return { payments: step.payments };
    },
    async expunge({ also, ...order }) {
      const input = { ...order, also: also.map(plain) };
      const expunged = await queue.submit({ kind: "expunge", input });
      return { ...expunged, isWiped: expunged.outcome === "expunged" && (await emptyLog()) };
    },
    closeDay: async (order) => queue.submit({ kind: "closeDay", input: order }),
    importRows: async (slice) => queue.submit({ kind: "importRows", input: slice }, "background"),
    match: (order, progress) => runMatch(queue, order, progress),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing ??= queue.idle().then(close);
      return closing;
    },
  };
}

function plain({ query, rows }: Statement): PlainStatement {
  const { sql, params } = query.toSQL();
  return { sql, params, rows };
}
