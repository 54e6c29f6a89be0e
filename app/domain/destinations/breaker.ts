/**
 * The circuit breaker of a destination, apart from any store. Ten failures in a row open it; while it is open nothing is
 * sent. After a wait it is half open: one probe may go, and its end decides. A probe that fails opens it again, each time
 * for longer. Only what says that nobody is well at the other end counts as a failure.
 */

/** What the destination's row keeps of it. */
export interface Breaker {
  readonly failuresInRow: number;
  /** UTC milliseconds of the last opening; `null` while it is closed. */
  readonly breakerOpenedAt: number | null;
}

export type BreakerState = "closed" | "open" | "half_open";

export const FAILURES_TO_OPEN = 10;

/** How long it stays open, by how often it has opened since the last answer: doubling from a minute to half an hour. */
export const OPEN_FOR_MS: readonly number[] = [60_000, 120_000, 240_000, 480_000, 960_000, 1_800_000];

export function breakerState(breaker: Breaker, now: number): BreakerState {
  const until = openUntil(breaker);
  if (until === null) return "closed";
  return now < until ? "open" : "half_open";
}

/** When the next attempt may leave, in UTC milliseconds: `now`, or when the open breaker lets a probe through. */
export function nextAttemptAllowedAt(breaker: Breaker, now: number): number {
  return Math.max(now, openUntil(breaker) ?? now);
}

/** How many attempts may be under way at once: none while it is open, one probe while it is half open. */
export function attemptsAllowed(breaker: Breaker, { concurrency, now }: { concurrency: number; now: number }): number {
  const allowed = { closed: concurrency, open: 0, half_open: 1 } as const;
  return allowed[breakerState(breaker, now)];
}

/** UTC milliseconds, or `null` while it is closed. */
export function openUntil({ failuresInRow, breakerOpenedAt }: Breaker): number | null {
  return breakerOpenedAt === null ? null : breakerOpenedAt + openForMs(failuresInRow);
}

export function openForMs(failuresInRow: number): number {
  const reopened = Math.min(Math.max(failuresInRow - FAILURES_TO_OPEN, 0), OPEN_FOR_MS.length - 1);
  return OPEN_FOR_MS[reopened] ?? 0;
}

/** The breaker after an attempt that ended at `at`. */
export function afterAttempt(breaker: Breaker, { outcome, at }: { outcome: string; at: number }): Breaker {
  const weight = outcomeWeight(outcome);
  if (weight === "none") return breaker;
  if (weight === "answer") return { failuresInRow: 0, breakerOpenedAt: null };
  // What was under way when it opened belongs to the same failure; it must not double the wait.
  if (breakerState(breaker, at) === "open") return breaker;
  const failuresInRow = breaker.failuresInRow + 1;
  return { failuresInRow, breakerOpenedAt: failuresInRow >= FAILURES_TO_OPEN ? at : null };
}

/**
 * What an attempt's outcome (the HTTP status as text, timeout, refused, blocked) says about the other end. An answer, even
 * a plain no such as 404 or 410, is a sign of life and closes the breaker; `blocked` never left this machine.
 */
export function outcomeWeight(outcome: string): "failure" | "answer" | "none" {
  if (outcome === "timeout" || outcome === "refused") return "failure";
  if (!/^\d{3}$/.test(outcome)) return "none";
  const status = Number(outcome);
  return status >= 500 || status === 408 || status === 429 ? "failure" : "answer";
}
