/**
 * Xendit counts calls per endpoint in a sliding minute and says in every answer how many are left (FACTS 1). We remember
 * what it said last, so that a call which would be refused is not sent.
 */
export interface RateLimits {
  /** Milliseconds until this endpoint takes a call again; 0 when it does now. */
  waitMs(endpoint: string, now: number): number;
  note(endpoint: string, headers: Headers, status: number, now: number): void;
}

/** A 429 without a reset: the window is a minute, so the worst case is that. */
const WINDOW_SECONDS = 60;

export function createRateLimits(): RateLimits {
  const closedUntil = new Map<string, number>();
  return {
    waitMs(endpoint, now) {
      const until = closedUntil.get(endpoint) ?? 0;
      return Math.max(0, until - now);
    },
    note(endpoint, headers, status, now) {
      const seconds = closedForSeconds(headers, status);
      if (seconds === null) closedUntil.delete(endpoint);
      else closedUntil.set(endpoint, now + seconds * 1000);
    },
  };
}

/** Seconds the endpoint stays closed, or `null` when it is open. */
function closedForSeconds(headers: Headers, status: number): number | null {
  const reset = positive(headers.get("rate-limit-reset")) ?? positive(headers.get("retry-after"));
  if (status === 429) return Math.min(reset ?? WINDOW_SECONDS, WINDOW_SECONDS);
  return headers.get("rate-limit-remaining")?.trim() === "0" && reset !== null ? Math.min(reset, WINDOW_SECONDS) : null;
}

/** The reset may be fractional. Anything else than a positive number is as if it were not there. */
function positive(text: string | null): number | null {
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value > 0 ? value : null;
}
