import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HourCount, judgeSilence, silenceSentence } from "~/domain/radar/silence.ts";
import { DAY, HOUR, MINUTE } from "~/lib/time.ts";

const now = Date.parse("2026-03-10T12:30:00Z");

/** Four weeks before `now` with as many arrivals as `perHour` says for each hour of the day (UTC). */
function history(perHour: (hourOfDay: number) => number, days = 28): HourCount[] {
  const last = Math.floor(now / HOUR) * HOUR;
  return Array.from({ length: days * 24 + 1 }, (_, index) => last - index * HOUR).map((hour) => ({
    hour,
    count: perHour(new Date(hour).getUTCHours()),
  }));
}
const steady = history(() => 12);

describe("silence", () => {
  it("is usual while it is short against the usual rate", () => {
    expect(judgeSilence(steady, now - 15 * MINUTE, now)).toMatchObject({ kind: "usual" });
  });

  it("calls for a look when as long a silence would come less than once in a thousand times", () => {
    const silence = judgeSilence(steady, now - 47 * MINUTE, now);
    expect(silence).toMatchObject({ kind: "silent" });
    expect(silence.kind === "silent" && silence.chance).toBeLessThan(0.001);
    expect(silenceSentence(silence, now)).toBe("Nothing for 47 min; usually about 12 an hour at this time.");
  });

  it("knows that nights are quiet: an hour without a webhook is nothing at a time when few come", () => {
    const shop = history((hour) => (hour >= 9 && hour < 21 ? 30 : 1));
    const night = Date.parse("2026-03-10T03:00:00Z");
    expect(judgeSilence(shop, night - HOUR, night).kind).toBe("usual");
    expect(judgeSilence(shop, now - HOUR, now).kind).toBe("silent");
  });

  it("waits longer where webhooks come in clumps", () => {
    const clumps = history(() => 12).map((one, index) => ({
      ...one,
      count: Math.floor(index / 24) % 2 === 0 ? 24 : 0,
    }));
    const [even, clumped] = [steady, clumps].map((one) => judgeSilence(one, now - 40 * MINUTE, now));
    expect(even?.kind).toBe("silent");
    expect(clumped?.kind).toBe("usual");
  });

  it("says nothing of what is usual after too few days, or too few webhooks", () => {
    const young = judgeSilence(
      history(() => 12, 6),
      now - 3 * HOUR,
      now,
    );
    expect(young.kind).toBe("too_thin");
    expect(silenceSentence(young, now)).toContain("not enough history to say");
    expect(
      judgeSilence(
        history((hour) => (hour === 3 ? 1 : 0)),
        now - 3 * HOUR,
        now,
      ).kind,
    ).toBe("too_thin");
    expect(judgeSilence([], now - HOUR, now).kind).toBe("too_thin");
  });

  it("is no alarm in an environment that nobody uses any more", () => {
    expect(judgeSilence(steady, now - 31 * DAY, now).kind).toBe("long_ago");
  });

  it("never gets likelier the longer it lasts", () => {
    const minutes = fc.integer({ min: 0, max: 20 * 24 * 60 });
    fc.assert(
      fc.property(minutes, minutes, fc.array(fc.nat(20), { minLength: 24, maxLength: 24 }), (a, b, rates) => {
        const counts = history((hour) => rates[hour] ?? 0);
        const lastAt = now - 40 * MINUTE;
        const [short, long] = [Math.min(a, b), Math.max(a, b)].map((m) =>
          judgeSilence(counts, lastAt, lastAt + m * MINUTE),
        );
        if (!short || !long || !("chance" in short) || !("chance" in long)) return;
        expect(long.chance).toBeLessThanOrEqual(short.chance);
      }),
    );
  });
});
