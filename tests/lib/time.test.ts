import { describe, expect, it } from "vitest";
import {
  addDays,
  type BusinessDay,
  DAY,
  dayOf,
  dayRange,
  formatDateTime,
  formatDuration,
  formatOffset,
  formatRelative,
  formatUtc,
  HOUR,
  MINUTE,
  parseBoundary,
  parseDay,
  parseInstant,
  startOfDay,
} from "~/lib/time.ts";
import { isZone } from "~/lib/zone.ts";

const at = (text: string) => Date.parse(text);
const day = (text: string) => text as BusinessDay;

describe("writing an instant", () => {
  it("uses the named zone, whatever zone the machine is in", () => {
    const instant = at("2026-11-22T18:24:05.123Z");
    expect(formatDateTime(instant, "Asia/Jakarta")).toBe("23 Nov 2026, 01:24");
    expect(formatDateTime(instant, "America/New_York", { seconds: true })).toBe("22 Nov 2026, 13:24:05");
    expect(formatDateTime(instant, "Asia/Kathmandu")).toBe("23 Nov 2026, 00:09");
    expect(formatUtc(instant)).toBe("2026-11-22 18:24:05.123 UTC");
  });

  it("writes midnight as 00:00 and never as 24:00", () => {
    expect(formatDateTime(at("2026-01-01T17:00:00Z"), "Asia/Jakarta")).toBe("2 Jan 2026, 00:00");
  });

  it("leaves out the year only when it is this year there", () => {
    const newYear = at("2025-12-31T17:30:00Z");
    const now = at("2026-03-01T00:00:00Z");
    expect(formatDateTime(newYear, "Asia/Jakarta", { now })).toBe("1 Jan, 00:30");
    expect(formatDateTime(newYear, "UTC", { now })).toBe("31 Dec 2025, 17:30");
  });

  it("names a zone's offset as it is on that day", () => {
    expect(formatOffset(at("2026-01-15T00:00:00Z"), "America/New_York")).toBe("GMT-5");
    expect(formatOffset(at("2026-07-15T00:00:00Z"), "America/New_York")).toBe("GMT-4");
    expect(formatOffset(at("2026-07-15T00:00:00Z"), "Asia/Kathmandu")).toBe("GMT+5:45");
    expect(formatOffset(0, "UTC")).toBe("UTC");
  });
});

describe("time that passed", () => {
  const now = at("2026-03-10T12:00:00Z");

  it.each([
    [10_000, "just now"],
    [59_000, "1 min ago"],
    [59 * MINUTE + 40_000, "1 h ago"],
    [3 * HOUR + 50 * MINUTE, "3 h ago"],
    [-4 * MINUTE, "in 4 min"],
  ])("is told in one unit within a day (%d ms)", (passed, words) => {
    expect(formatRelative(now - passed, now)).toBe(words);
  });

  it("is left to the date from a day on", () => {
    expect(formatRelative(now - DAY, now)).toBeNull();
    expect(formatRelative(now - DAY + 1, now)).not.toBeNull();
  });

  it("is told as a duration in two units at most", () => {
    expect(formatDuration(41)).toBe("41 ms");
    expect(formatDuration(1_234)).toBe("1.2 s");
    expect(formatDuration(200_000)).toBe("3 min 20 s");
    expect(formatDuration(2 * HOUR + 5 * MINUTE)).toBe("2 h 5 min");
    expect(formatDuration(4 * DAY)).toBe("4 d");
  });
});

describe("a day", () => {
  it("belongs to its zone", () => {
    const instant = at("2026-03-31T17:00:00Z");
    expect(dayOf(instant, "Asia/Jakarta")).toBe("2026-04-01");
    expect(dayOf(instant - 1, "Asia/Jakarta")).toBe("2026-03-31");
    expect(dayOf(instant, "UTC")).toBe("2026-03-31");
  });

  it("is half-open and touches the next without a gap", () => {
    const first = dayRange(day("2026-03-31"), "Asia/Jakarta");
    const second = dayRange(day("2026-04-01"), "Asia/Jakarta");
    expect(first).toEqual({ from: at("2026-03-30T17:00:00Z"), until: at("2026-03-31T17:00:00Z") });
    expect(second.from).toBe(first.until);
  });

  it("is 23 or 25 hours long when clocks change", () => {
    const spring = dayRange(day("2026-03-08"), "America/New_York");
    const autumn = dayRange(day("2026-11-01"), "America/New_York");
    expect((spring.until - spring.from) / HOUR).toBe(23);
    expect((autumn.until - autumn.from) / HOUR).toBe(25);
  });

  it("begins later than midnight where midnight does not exist", () => {
    expect(startOfDay(day("2018-11-04"), "America/Sao_Paulo")).toBe(at("2018-11-04T03:00:00Z"));
  });

  it("begins at the first of two midnights", () => {
    // Havana falls back from 01:00 to 00:00: that day has two.
    expect(startOfDay(day("2026-11-01"), "America/Havana")).toBe(at("2026-11-01T04:00:00Z"));
  });

  it("counts on over months and leap days", () => {
    expect(addDays(day("2028-02-28"), 1)).toBe("2028-02-29");
    expect(addDays(day("2026-01-01"), -1)).toBe("2025-12-31");
  });
});

describe("reading what a URL says of time", () => {
  it("takes a day that exists and nothing else", () => {
    expect(parseDay("2026-02-28")).toBe("2026-02-28");
    for (const wrong of ["2026-02-30", "2026-2-3", "20260203", "yesterday", ""]) expect(parseDay(wrong)).toBeNull();
  });

  it("takes an instant only with its zone", () => {
    expect(parseInstant("2026-03-31T17:00:00Z")).toBe(at("2026-03-31T17:00:00Z"));
    expect(parseInstant("2026-04-01T00:00+07:00")).toBe(at("2026-03-31T17:00:00Z"));
    expect(parseInstant("2026-04-01T00:00:00")).toBeNull();
    expect(parseInstant("2026-02-30T00:00:00Z")).toBeNull();
  });

  it("includes the day named by `to`, and takes instants half-open", () => {
    expect(parseBoundary("2026-03-31", "from", "Asia/Jakarta")).toBe(at("2026-03-30T17:00:00Z"));
    expect(parseBoundary("2026-03-31", "to", "Asia/Jakarta")).toBe(at("2026-03-31T17:00:00Z"));
    expect(parseBoundary("2026-03-31T10:00:00Z", "to", "Asia/Jakarta")).toBe(at("2026-03-31T10:00:00Z"));
    expect(parseBoundary("soon", "to", "Asia/Jakarta")).toBeNull();
  });

  it("knows a zone from a typing error", () => {
    expect(isZone("Asia/Jakarta")).toBe(true);
    expect(isZone("Asia/Atlantis")).toBe(false);
    expect(isZone("")).toBe(false);
  });
});
