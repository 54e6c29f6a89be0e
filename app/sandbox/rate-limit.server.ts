/** Xendit's sliding window: so many requests a minute for each endpoint and key. Kept in memory, as it is about now. */

const WINDOW = 60_000;
const MAX_WINDOWS = 1_000;

export interface RateLimit {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the oldest request leaves the window. */
  readonly reset: number;
}

const windows = new Map<string, number[]>();

export function countRequest(name: string, limit: number, now: number): RateLimit {
  const times = (windows.get(name) ?? []).filter((time) => time > now - WINDOW && time <= now);
  const allowed = times.length < limit;
  if (allowed) times.push(now);
  windows.delete(name);
  windows.set(name, times);
  if (windows.size > MAX_WINDOWS) forgetOldest();
  const reset = ((times[0] ?? now) + WINDOW - now) / 1000;
  return { allowed, limit, remaining: Math.max(0, limit - times.length), reset };
}

export function rateLimitHeaders(rate: RateLimit): Record<string, string> {
  return {
    "Rate-Limit-Limit": String(rate.limit),
    "Rate-Limit-Remaining": String(rate.remaining),
    "Rate-Limit-Reset": String(rate.reset),
  };
}

function forgetOldest(): void {
  const [oldest] = windows.keys();
  if (oldest !== undefined) windows.delete(oldest);
}
