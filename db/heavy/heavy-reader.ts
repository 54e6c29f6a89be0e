import { drizzle } from "drizzle-orm/sqlite-proxy";
import type { Reader } from "../database.ts";
import { DeadlineError } from "../errors.ts";
import type { HeavyQuery } from "./run-query.ts";

export type RunHeavy = (query: HeavyQuery) => Promise<readonly unknown[]>;

const DEADLINE_MS = 30_000;
/** A query without `alive` cannot be stopped; its caller is let go all the same. */
const GRACE_MS = 500;

/** A drizzle reader whose every query runs elsewhere, with a deadline of its own. */
export function createHeavyReader(
  runHeavy: RunHeavy,
  { deadlineMs = DEADLINE_MS, signal }: { deadlineMs?: number; signal?: AbortSignal } = {},
): Reader {
  const reader = drizzle(async (sql, params, method) => {
    const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const query = { sql, params, single: method === "get", deadlineAt: Date.now() + deadlineMs, cancelled };
    const rows = await untilStopped(runHeavy(query), cancelled, deadlineMs + GRACE_MS, signal);
    return { rows: method === "get" ? asOne(rows[0]) : [...rows] };
  });
  letErrorsThrough(reader);
  return reader as unknown as Reader;
}

/** drizzle wants the row itself for `get`, or nothing. */
function asOne(row: unknown): unknown[] {
  return row as unknown[];
}

function untilStopped<Value>(
  work: Promise<Value>,
  cancelled: Int32Array,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (error: DeadlineError) => {
      Atomics.store(cancelled, 0, 1);
      reject(error);
    };
    const onAbort = () => stop(new DeadlineError("The request is gone"));
    const timer = setTimeout(() => stop(new DeadlineError()), milliseconds);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    });
  });
}

/**
 * drizzle wraps what a proxy throws in an error that spells out the query's parameters, which no log may see, and hides
 * the `DeadlineError` callers look for. Its sync driver does not; neither do we.
 */
function letErrorsThrough(reader: object): void {
  const session = Reflect.get(reader, "session") as { prepareQuery(...args: unknown[]): object };
  const prepareQuery = session.prepareQuery.bind(session);
  session.prepareQuery = (...args) => {
    const query = prepareQuery(...args);
    Reflect.set(query, "queryWithCache", (_sql: string, _params: unknown, run: () => unknown) => run());
    return query;
  };
}
