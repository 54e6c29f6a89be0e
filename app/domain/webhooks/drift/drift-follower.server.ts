import type { Database } from "../../../db.server.ts";
import { MINUTE, SECOND } from "../../../lib/time.ts";
import { DriftMemory } from "./drift-memory.server.ts";
import { followDrift } from "./follow-drift.server.ts";

/** Nobody waits for a notice: a burst is looked at together, and a backlog leaves most of the time to others. */
const PAUSE = 2 * SECOND;
const BETWEEN_SLICES = 60;
/** Looks by itself this often. */
const IDLE = MINUTE;

export interface DriftFollower {
  stop(): Promise<void>;
}

/** Watches what arrives for fields that come, go or change their type, after it was captured and never in its way. */
export function startDriftFollower({
  db,
  onError,
}: {
  readonly db: Database;
  readonly onError?: (error: unknown) => void;
}): DriftFollower {
  const memory = new DriftMemory(db);
  let stopped = false;
  let hasNews = false;
  /** Ends the wait under way; a short pause ends only with everything. */
  let end: () => void = () => {};
  let isIdle = false;
  const off = db.onChange((changes) => {
    if (hasNews || !changes.some((change) => change.eventId !== null)) return;
    hasNews = true;
    if (isIdle) end();
  });
  const done = run();

  async function run(): Promise<void> {
    while (!stopped) {
      hasNews = false;
      const more = await round();
      await sleep(more ? BETWEEN_SLICES : PAUSE);
      isIdle = !more && !hasNews;
      if (isIdle) await sleep(IDLE);
      isIdle = false;
    }
  }

  async function round(): Promise<boolean> {
    try {
      return await followDrift(db, memory, new Date());
    } catch (error) {
      memory.forget();
      if (!stopped) onError?.(error);
      return false;
    }
  }

  function sleep(ms: number): Promise<void> {
    if (stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    async stop() {
      stopped = true;
      off();
      end();
      await done;
    },
  };
}
