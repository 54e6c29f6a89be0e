/** How long a replay will take, for the plan. Pure. */

/** What one process sends and keeps at most, measured on two cores (bench/replay.ts). */
export const SENDS_PER_SECOND = 400;
/** What one process reads again, likewise. */
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
