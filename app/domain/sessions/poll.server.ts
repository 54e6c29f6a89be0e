import { asc, isNotNull, lte } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Signals } from "../../lib/signals.ts";
import { MINUTE, SECOND } from "../../lib/time.ts";
import { type DueSession, pollSession } from "./poll-session.server.ts";

/** Looks by itself this often, in case a ring was missed. */
const IDLE = 15 * SECOND;
const BATCH = 20;

export interface Poller {
  stop(): Promise<void>;
}

/**
 * Asks Xendit how test sessions are doing, 2, 4, 8 … seconds apart, until their end is known or they have expired: webhooks
 * may not reach this machine. What it hears is kept as observations, like everything else.
 */
export function startSessionPoller(deps: {
  readonly db: Database;
  readonly config: Config;
  readonly signals: Signals;
  /** A failed round is told here and tried again; the next one may work. */
  readonly onError?: (error: unknown) => void;
}): Poller {
  const stopping = new AbortController();
  const bell = createBell(stopping.signal);
  const off = deps.signals.on("polls", bell.ring);
  const done = run();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const wait = await round().catch((error: unknown) => {
        if (!stopping.signal.aborted) deps.onError?.(error);
        return IDLE;
      });
      await bell.wait(wait);
    }
  }

  /** Milliseconds until the next session is due. */
  async function round(): Promise<number> {
    for (const session of await dueSessions(deps.db, Date.now())) {
      if (stopping.signal.aborted) break;
      await pollSession(deps.db, session, { config: deps.config, signal: stopping.signal, now: Date.now() });
    }
    const next = await nextDueAt(deps.db);
    return next === null ? IDLE : Math.min(IDLE, Math.max(50, next - Date.now()));
  }

  return {
    async stop() {
      off();
      stopping.abort();
      await done;
    },
  };
}

async function dueSessions(db: Database, now: number): Promise<readonly DueSession[]> {
  const { testSessions } = db.tables;
  const rows = await db.read
    .select({
      environment: testSessions.environment,
      paymentSessionId: testSessions.paymentSessionId,
      createdAt: testSessions.createdAt,
      expiresAt: testSessions.expiresAt,
      polls: testSessions.polls,
      pollAt: testSessions.pollAt,
    })
    .from(testSessions)
    .where(lte(testSessions.pollAt, now))
    .orderBy(asc(testSessions.pollAt))
    .limit(BATCH);
  return rows.flatMap(({ pollAt, expiresAt, ...row }) =>
    pollAt === null ? [] : [{ ...row, pollAt, expiresAt: expiresAt ?? row.createdAt + 30 * MINUTE }],
  );
}

async function nextDueAt(db: Database): Promise<number | null> {
  const { testSessions } = db.tables;
  const [row] = await db.read
    .select({ pollAt: testSessions.pollAt })
    .from(testSessions)
    .where(isNotNull(testSessions.pollAt))
    .orderBy(asc(testSessions.pollAt))
    .limit(1);
  return row?.pollAt ?? null;
}

/** A wait that a ring or the stop ends early; a ring while nobody waits is not lost. */
function createBell(stopping: AbortSignal) {
  let rung = false;
  let wake: (() => void) | null = null;
  const ring = () => {
    rung = true;
    wake?.();
  };
  stopping.addEventListener("abort", ring, { once: true });
  return {
    ring,
    async wait(ms: number): Promise<void> {
      if (!rung && !stopping.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          timer.unref();
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      wake = null;
    },
  };
}
