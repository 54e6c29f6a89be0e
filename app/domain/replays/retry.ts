import { type AttemptResult, isDelivered } from "./replay.ts";

/** When a delivery is tried again. Pure: the clock and the dice are the caller's. */

/** The longest wait after each try: through a restart, a deployment, an outage that somebody has to notice. */
export const RETRY_WAITS_MS: readonly number[] = [2_000, 10_000, 60_000, 300_000, 1_800_000];
/** Jitter must not turn a wait into none. */
const SHORTEST_WAIT_MS = 250;
/** What a receiver may ask for; beyond it, it is asked again all the same. */
export const LONGEST_RETRY_AFTER_MS = 3_600_000;
const LONGEST_HEADER = 64;

/** Trying again helps when the other side was away or busy; it does not change a plain no. */
export function isWorthRetrying({ outcome, status }: AttemptResult): boolean {
  if (status === null) return outcome !== "blocked";
  return status >= 500 || status === 408 || status === 429;
}

/**
 * UTC milliseconds of the next try after `attempts` of them, or `null` when it is over. Full jitter (a random part of the
 * wait), so that what failed together does not come back together; a Retry-After is kept to instead.
 */
export function nextTryAt(
  result: AttemptResult,
  {
    attempts,
    retryAfterMs,
    now,
    random,
  }: { attempts: number; retryAfterMs: number | null; now: number; random: () => number },
): number | null {
  const longest = RETRY_WAITS_MS[attempts - 1];
  if (isDelivered(result) || !isWorthRetrying(result) || longest === undefined) return null;
  if (retryAfterMs !== null) return now + Math.max(SHORTEST_WAIT_MS, retryAfterMs);
  return now + Math.max(SHORTEST_WAIT_MS, Math.round(random() * longest));
}

/** A `Retry-After` in milliseconds from now: seconds, or an HTTP date. `null` when there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  const text = header?.trim();
  if (!text || text.length > LONGEST_HEADER) return null;
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, LONGEST_RETRY_AFTER_MS);
  // `Date.parse` reads much that is no HTTP date, "5" and "-1" among it.
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(Math.max(at - now, 0), LONGEST_RETRY_AFTER_MS);
}
