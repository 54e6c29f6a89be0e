/** How many may be caught up on at once, of what a second takes: a timer that wakes late must not slow a sender down. */
const BURST_OF_A_SECOND = 0.05;

export interface TokenBucket {
  /** Takes one and answers 0, or answers how many milliseconds to wait for it. */
  take(now: number): number;
  /** A rate that was changed meanwhile. */
  setRate(perSecond: number | null): void;
}

/** Tries a second at most; in any second no more than `perSecond` and a twentieth. It begins with one token, not with a burst. */
export function createTokenBucket(perSecond: number | null): TokenBucket {
  let rate = perSecond;
  let tokens = 1;
  let filledAt: number | null = null;
  return {
    take(now) {
      if (rate === null) return 0;
      const most = Math.max(1, rate * BURST_OF_A_SECOND);
      // A clock that was set back fills nothing.
      tokens = Math.min(most, tokens + (Math.max(0, now - (filledAt ?? now)) * rate) / 1_000);
      filledAt = now;
      if (tokens < 1) return Math.ceil(((1 - tokens) * 1_000) / rate);
      tokens -= 1;
      return 0;
    },
    setRate(changed) {
      rate = changed;
    },
  };
}
