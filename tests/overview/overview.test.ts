import { describe, expect, it } from "vitest";
import { approvalRate, fillBuckets, outcomeOf, parseRange, spansOf } from "~/domain/overview/overview.ts";
import { DAY, HOUR } from "~/lib/time.ts";

const now = Date.parse("2026-03-10T05:20:00Z");

describe("the approval rate", () => {
  it("is approved out of decided, and leaves out what is waiting or ended", () => {
    expect(approvalRate({ approved: 9, failed: 1, waiting: 50, ended: 40 })).toBe(0.9);
  });

  it("is unknown, not zero, while nothing is decided", () => {
    expect(approvalRate({ approved: 0, failed: 0, waiting: 3, ended: 1 })).toBeNull();
    expect(approvalRate({ approved: 0, failed: 2, waiting: 0, ended: 0 })).toBe(0);
  });

  it("never counts a status it does not know as approved, nor as failed", () => {
    for (const status of ["APPROVED_MAYBE", "constructor", ""]) expect(outcomeOf(status)).toBe("ended");
    expect(outcomeOf("AUTHORIZED")).toBe("approved");
    expect(outcomeOf("UNKNOWN")).toBe("waiting");
  });
});

describe("a range", () => {
  it("is a week unless the URL names another", () => {
    expect(parseRange("90d")).toBe("90d");
    expect(parseRange("1y")).toBe("7d");
    expect(parseRange(null)).toBe("7d");
  });

  it.each(["24h", "7d", "30d", "90d"] as const)("of %s has stretches that touch and hold this very moment", (range) => {
    const spans = spansOf(range, now, "Asia/Jakarta");
    for (const [index, span] of spans.slice(1).entries()) expect(span.from).toBe(spans[index]?.until);
    const last = spans.at(-1);
    expect(last?.from).toBeLessThanOrEqual(now);
    expect(last?.until).toBeGreaterThan(now);
  });

  it("of days follows the operator's zone, today included", () => {
    const spans = spansOf("30d", now, "Asia/Jakarta");
    expect(spans).toHaveLength(30);
    expect(spans.at(-1)).toMatchObject({ from: Date.parse("2026-03-09T17:00:00Z"), label: "10 Mar" });
  });

  it("of 24 hours is hours, the current one last", () => {
    const spans = spansOf("24h", now, "Asia/Jakarta");
    expect(spans).toHaveLength(24);
    expect(spans.at(-1)).toMatchObject({ from: Date.parse("2026-03-10T05:00:00Z"), label: "12:00" });
  });

  it("keeps a day of 23 hours in one bar", () => {
    const spans = spansOf("30d", Date.parse("2026-03-12T12:00:00Z"), "America/New_York");
    const short = spans.find((span) => span.label === "8 Mar");
    expect((short?.until ?? 0) - (short?.from ?? 0)).toBe(23 * HOUR);
  });
});

describe("counts by hour", () => {
  it("fall into the bar whose stretch holds them, and nowhere else", () => {
    const spans = [
      { from: 0, until: DAY, label: "one" },
      { from: DAY, until: 2 * DAY, label: "two" },
    ];
    const hours = [
      { hour: 0, status: "SUCCEEDED", count: 2 },
      { hour: DAY - HOUR, status: "FAILED", count: 1 },
      { hour: DAY, status: "SUCCEEDED", count: 4 },
      { hour: 2 * DAY, status: "SUCCEEDED", count: 100 },
    ];
    const [one, two] = fillBuckets(spans, hours);
    expect(one).toMatchObject({ total: 3, counts: { approved: 2, failed: 1 } });
    expect(two).toMatchObject({ total: 4, counts: { approved: 4, failed: 0 } });
  });
});
