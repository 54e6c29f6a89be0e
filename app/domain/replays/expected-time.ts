/** How long a replay will take, for the plan. Pure. */

/** What one process is expected to send and keep at most: the rate bench/replay.ts held on two cores, not its limit. */
export const SENDS_PER_SECOND = 400;
/** What one process is expected to read again: an assumption, on the safe side of `db:rebuild`'s 1,900 a second. */
export const REPROCESSED_PER_SECOND = 400;
/** Of a destination that was never sent to. */
const USUAL_LATENCY_MS = 50;
/** A result is on disk before its place is given to the next. */
const KEEPING_MS = 10;

/** Seconds, without retries; `latencyMs` is what this destination took lately. */
export function expectedSeconds(
  toSend: number,
  pace: { ratePerSecond: number | null; concurrency: number; latencyMs: number | null } | null,
): number {
  if (pace === null) return Math.ceil(toSend / REPROCESSED_PER_SECOND);
  const { ratePerSecond, concurrency, latencyMs } = pace;
  const answered = (concurrency * 1_000) / ((latencyMs ?? USUAL_LATENCY_MS) + KEEPING_MS);
  return Math.ceil(toSend / Math.min(ratePerSecond ?? Number.POSITIVE_INFINITY, answered, SENDS_PER_SECOND));
}
