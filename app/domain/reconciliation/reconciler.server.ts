import type { AppContext } from "~/context.server.ts";
import type { Change } from "~/db.server.ts";
import { ENVIRONMENTS, type Environment } from "~/lib/environment.ts";
import { MINUTE, SECOND } from "~/lib/time.ts";
import { findDueGroups, isReconciled } from "./due-groups.server.ts";

/** A burst of webhooks about one payment is matched once. */
const SETTLE_MS = SECOND;
/** By itself it looks this often for what only time has changed. */
const LOOK_AGAIN_MS = MINUTE;
/** More payments than these at once (a rebuild, a seed) are a whole match. */
const MOST_GROUPS = 2_000;

export interface ReconcilerOptions extends Pick<AppContext, "db" | "signals"> {
  readonly now?: () => number;
  readonly settleMs?: number;
  readonly lookAgainMs?: number;
  readonly onError?: (error: unknown) => void;
}

/**
 * Keeps what was captured beside what is reported, until stopped: matched whole at the start and when asked to, and group by
 * group as payments change and time passes. One match at a time; what comes meanwhile is matched after it.
 */
export function startReconciler(options: ReconcilerOptions): { stop(): Promise<void> } {
  const {
    db,
    signals,
    now = Date.now,
    settleMs = SETTLE_MS,
    lookAgainMs = LOOK_AGAIN_MS,
    onError = () => {},
  } = options;
  const whole = new Set<Environment>(ENVIRONMENTS);
  const changed = new Map<Environment, Set<string>>();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | null = null;
  let isAsked = false;

  function wakeIn(ms: number): void {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(wake, ms);
    timer.unref();
  }

  function wake(): void {
    if (isStopped) return;
    clearTimeout(timer);
    if (working) {
      isAsked = true;
      return;
    }
    working = work()
      .catch(onError)
      .finally(() => {
        working = null;
        wakeIn(isAsked || changed.size > 0 ? settleMs : lookAgainMs);
        isAsked = false;
      });
  }

  async function work(): Promise<void> {
    for (const environment of ENVIRONMENTS) {
      if (isStopped) return;
      try {
        await match(environment);
      } catch (error) {
        // What was not done is done at the next look.
        whole.add(environment);
        throw error;
      }
    }
  }

  async function match(environment: Environment): Promise<void> {
    const isWhole = whole.delete(environment);
    const keys = changed.get(environment) ?? new Set();
    changed.delete(environment);
    if (!(await isReconciled(db, environment))) return;
    if (isWhole || keys.size > MOST_GROUPS) {
      await db.match({ environment, now: now() });
      return;
    }
    const due = await findDueGroups(db, environment, now());
    for (const key of due.groupKeys) keys.add(key);
    isAsked ||= due.hasMore;
    if (keys.size > 0) await db.match({ environment, now: now(), groupKeys: [...keys] });
  }

  function onChange(changes: readonly Change[]): void {
    const before = changed.size;
    for (const { environment, paymentRequestId, paymentSessionId, eventId } of changes) {
      // A change that names nothing may have changed everything: the demo was cleared.
      if (paymentRequestId === null && paymentSessionId === null && eventId === null) whole.add(environment);
      if (paymentRequestId === null) continue;
      changed.set(environment, (changed.get(environment) ?? new Set()).add(paymentRequestId));
    }
    // The first of a burst starts the clock, so that a stream without a pause is matched too.
    if (before === 0 && changed.size > 0 && !working) wakeIn(settleMs);
  }

  const silence = signals.on("reconciliation", () => {
    for (const environment of ENVIRONMENTS) whole.add(environment);
    wake();
  });
  const off = db.onChange(onChange);
  wake();
  return {
    async stop() {
      isStopped = true;
      silence();
      off();
      clearTimeout(timer);
      await working;
    },
  };
}
