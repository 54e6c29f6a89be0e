import { setTimeout as wait } from "node:timers/promises";
import type { AppContext } from "~/context.server.ts";
import { SECOND } from "~/lib/time.ts";
import { endDrainedOrders } from "./end-drained-orders.server.ts";
import { fillQueue } from "./fill-queue.server.ts";
import { listForwarding } from "./forwarding-destinations.server.ts";

/** A burst of arrivals is one look: the queue may be this much behind them, and captures are left alone meanwhile. */
const GATHER_MS = 200;
/** Between the slices of a long backlog, for the same reason. */
const BREATH_MS = 20;
/** Rings can be lost, and a destination may have been turned on by another process. */
const LOOK_AGAIN_MS = 5 * SECOND;

export interface ForwarderOptions extends Pick<AppContext, "db" | "signals"> {
  readonly now?: () => number;
  /** A failed look is told here; the next one tries again from the same cursor. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Puts what arrives into the queues of the destinations that forward. Captures know nothing of it: it follows them in the
 * order in which they were stored, and the replay runner sends what it queued.
 */
export function startForwarder({ db, signals, now = Date.now, onError = () => {} }: ForwarderOptions): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  const { signal } = stopping;
  let isRung = false;
  let wake: (() => void) | null = null;
  const ring = () => {
    isRung = true;
    wake?.();
  };
  const forget = db.onChange(ring);
  const silence = signals.on("forward", ring);
  const done = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const isBehind = await look().catch((error: unknown) => {
        if (!signal.aborted) onError(error);
        return false;
      });
      if (!isBehind) await rungOr(LOOK_AGAIN_MS);
      await wait(isBehind ? BREATH_MS : GATHER_MS, null, { signal }).catch(() => {});
    }
  }

  /** Whether there is more to put into a queue at once. */
  async function look(): Promise<boolean> {
    let isBehind = false;
    for (const destination of await listForwarding(db)) {
      if (signal.aborted) return false;
      const filled = await fillQueue(db, destination, now());
      if (filled.queued > 0) signals.ring("deliveries");
      isBehind ||= filled.isBehind;
    }
    await endDrainedOrders(db, now());
    return isBehind;
  }

  /** A ring while nobody waits is not lost. */
  async function rungOr(milliseconds: number): Promise<void> {
    if (!isRung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    isRung = false;
    wake = null;
  }

  return {
    async stop() {
      stopping.abort();
      forget();
      silence();
      wake?.();
      await done;
    },
  };
}
