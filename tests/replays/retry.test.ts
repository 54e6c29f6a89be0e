import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_RETRY_AFTER_MS, nextTryAt, RETRY_WAITS_MS, retryAfterMs } from "../../app/domain/replays/retry.ts";
import { createTokenBucket } from "../../app/domain/replays/token-bucket.ts";

const NOW = Date.parse("2026-05-04T03:02:01Z");
const busy = { outcome: "503", status: 503, latencyMs: 4 };
const at = (overrides: Partial<Parameters<typeof nextTryAt>[1]> = {}) => ({
  attempts: 1,
  retryAfterMs: null,
  now: NOW,
  random: () => 1,
  ...overrides,
});

describe("when a delivery is tried again", () => {
  it("waits a random part of longer and longer, and never nothing", () => {
    for (const [place, longest] of RETRY_WAITS_MS.entries()) {
      const wait = (random: number) => (nextTryAt(busy, at({ attempts: place + 1, random: () => random })) ?? 0) - NOW;
      expect(wait(1)).toBe(longest);
      expect(wait(0.5)).toBe(longest / 2);
      expect(wait(0)).toBe(250);
    }
  });

  it("is over after the last wait", () => {
    expect(nextTryAt(busy, at({ attempts: RETRY_WAITS_MS.length }))).not.toBeNull();
    expect(nextTryAt(busy, at({ attempts: RETRY_WAITS_MS.length + 1 }))).toBeNull();
  });

  it.each([200, 301, 400, 401, 404, 410, 422])("is over at once after %s", (status) => {
    expect(nextTryAt({ outcome: String(status), status, latencyMs: 1 }, at())).toBeNull();
  });

  it("tries again what nobody answered, and not what never left this machine", () => {
    expect(nextTryAt({ outcome: "timeout", status: null, latencyMs: 1 }, at())).not.toBeNull();
    expect(nextTryAt({ outcome: "refused", status: null, latencyMs: 1 }, at())).not.toBeNull();
    expect(nextTryAt({ outcome: "blocked", status: null, latencyMs: 0 }, at())).toBeNull();
  });

  it("keeps to what a receiver asks for instead of its own wait", () => {
    expect(nextTryAt(busy, at({ retryAfterMs: 45_000 }))).toBe(NOW + 45_000);
    expect(nextTryAt(busy, at({ retryAfterMs: 0 }))).toBe(NOW + 250);
  });
});

describe("Retry-After", () => {
  it("is seconds, or an HTTP date", () => {
    expect(retryAfterMs("120", NOW)).toBe(120_000);
    expect(retryAfterMs(" 0 ", NOW)).toBe(0);
    expect(retryAfterMs("Mon, 04 May 2026 03:02:31 GMT", NOW)).toBe(30_000);
    expect(retryAfterMs("Mon, 04 May 2026 03:00:00 GMT", NOW)).toBe(0);
  });

  it("is an hour at most", () => {
    expect(retryAfterMs("86400", NOW)).toBe(LONGEST_RETRY_AFTER_MS);
    expect(retryAfterMs("9".repeat(60), NOW)).toBe(LONGEST_RETRY_AFTER_MS);
    expect(retryAfterMs("Fri, 04 Dec 2099 03:02:31 GMT", NOW)).toBe(LONGEST_RETRY_AFTER_MS);
  });

  it.each(["", "soon", "-5", "1.5", "5 minutes", undefined])("is not read from %s", (text) => {
    expect(retryAfterMs(text, NOW)).toBeNull();
  });

  it("is never negative, whatever it says", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (text) => {
          const wait = retryAfterMs(text, NOW);
          return wait === null || (wait >= 0 && wait <= LONGEST_RETRY_AFTER_MS);
        },
      ),
    );
  });
});

describe("the rate of a destination", () => {
  it("lets through in any second no more than it and a twentieth, however it is asked", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 400 }),
        (rate, steps) => {
          const bucket = createTokenBucket(rate);
          const taken: number[] = [];
          let now = NOW;
          for (const step of steps) {
            now += step;
            while (bucket.take(now) === 0) taken.push(now);
          }
          const most = rate + Math.max(1, rate * 0.05);
          return taken.every((from) => taken.filter((one) => one >= from && one < from + 1_000).length <= most + 1e-6);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("says how long to wait for the next one", () => {
    const bucket = createTokenBucket(4);
    expect(bucket.take(NOW)).toBe(0);
    expect(bucket.take(NOW)).toBe(250);
    expect(bucket.take(NOW + 250)).toBe(0);
  });

  it("holds nothing up without a rate", () => {
    const bucket = createTokenBucket(null);
    expect(Array.from({ length: 1_000 }, () => bucket.take(NOW)).every((wait) => wait === 0)).toBe(true);
  });
});
