import type { Connection } from "../connection.ts";
import { DeadlineError } from "../errors.ts";

/** A query of the heavy reader, as plain data. `cancelled[0]` becomes 1 when nobody waits for the answer any more. */
export interface HeavyQuery {
  readonly sql: string;
  readonly params: readonly unknown[];
  readonly single: boolean;
  readonly deadlineAt: number;
  readonly cancelled: Int32Array;
}

/** `alive()` may be called for millions of rows; the clock is looked at once in so many. */
const CALLS_PER_LOOK = 64;

export interface QueryRunner {
  /** What `alive()` asks. Throws when the query that runs now has to stop. */
  isAlive(): boolean;
  run(connection: Connection, query: HeavyQuery): readonly unknown[];
}

export function createQueryRunner(): QueryRunner {
  let current: HeavyQuery | null = null;
  let calls = 0;

  function isAlive(): boolean {
    calls += 1;
    if (current && calls % CALLS_PER_LOOK === 0) look(current);
    return true;
  }

  return {
    isAlive,
    run(connection, query) {
      current = query;
      try {
        look(query);
        const statement = connection.prepare(query.sql).raw(true);
        if (query.single) return [statement.get(...query.params)];
        const rows: unknown[] = [];
        for (const row of statement.iterate(...query.params)) {
          isAlive();
          rows.push(row);
        }
        return rows;
      } finally {
        current = null;
      }
    },
  };
}

function look({ cancelled, deadlineAt }: HeavyQuery): void {
  if (Atomics.load(cancelled, 0) === 1) throw new DeadlineError("The request is gone");
  if (Date.now() > deadlineAt) throw new DeadlineError();
}
