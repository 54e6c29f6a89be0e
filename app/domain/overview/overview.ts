import type { Environment } from "~/lib/environment.ts";
import type { KnownCurrency } from "~/lib/money.ts";
import {
  addDays,
  type BusinessDay,
  DAY,
  dayOf,
  dayRange,
  formatDate,
  formatTimeOfDay,
  HOUR,
  startOfDay,
  startOfHour,
} from "~/lib/time.ts";

/** What the overview shows: pure, so that ranges, buckets and the rate can be told by examples. */

export const RANGES = ["24h", "7d", "30d", "90d"] as const;
export type Range = (typeof RANGES)[number];
export const rangeLabel: Record<Range, string> = {
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
};

export function parseRange(text: string | null): Range {
  return RANGES.find((range) => range === text) ?? "7d";
}

/** What became of a payment request, in the order of meanings. */
export const OUTCOMES = ["approved", "failed", "waiting", "ended"] as const;
export type Outcome = (typeof OUTCOMES)[number];

const outcomes: Readonly<Record<string, Outcome>> = {
  SUCCEEDED: "approved",
  AUTHORIZED: "approved",
  FAILED: "failed",
  REQUIRES_ACTION: "waiting",
  ACCEPTING_PAYMENTS: "waiting",
  PENDING: "waiting",
  UNKNOWN: "waiting",
};

/** A status we do not know is never counted as approved or failed. */
export function outcomeOf(status: string): Outcome {
  return (Object.hasOwn(outcomes, status) ? outcomes[status] : undefined) ?? "ended";
}

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** Approved out of decided; `null` while nothing is decided. Waiting and ended ones were neither. */
export function approvalRate({ approved, failed }: OutcomeCounts): number | null {
  const decided = approved + failed;
  return decided === 0 ? null : approved / decided;
}

/** A stretch of time, half-open, with what to write under its bar. */
export interface Span {
  readonly from: number;
  readonly until: number;
  readonly label: string;
}

export interface Bucket extends Span {
  readonly counts: OutcomeCounts;
  readonly total: number;
}

export interface CodeCount {
  /** As received; an empty string is none. */
  readonly code: string;
  readonly count: number;
}

export interface Taking {
  readonly currency: KnownCurrency;
  /** Captured minor units as digits: a sum may be larger than a number holds. */
  readonly captured: string;
}

export interface Overview {
  readonly environment: Environment;
  readonly range: Range;
  readonly from: number;
  readonly until: number;
  readonly total: number;
  readonly counts: OutcomeCounts;
  /** The statuses that stand behind each outcome here, for links to the list. */
  readonly statuses: Readonly<Record<Outcome, readonly string[]>>;
  readonly buckets: readonly Bucket[];
  readonly takings: readonly Taking[];
  /** Payments whose captured amount is not known, so that no total holds them; `null` when that took too long to count. */
  readonly unknownAmounts: number | null;
  readonly mixes: Readonly<Record<"eci" | "cvn" | "avs", readonly CodeCount[]>>;
  readonly declines: readonly CodeCount[];
}

/** The stretches of a range, oldest first: hours of a day, quarters of each day of a week, days beyond. */
export function spansOf(range: Range, now: number, zone: string): readonly Span[] {
  if (range === "24h") return hourSpans(now, zone);
  const days = daysUntil(now, zone, Number.parseInt(range, 10));
  const spans = days.flatMap((day) => (range === "7d" ? quarterSpans(day, zone) : [daySpan(day, zone)]));
  return spans.filter((span) => span.from <= now);
}

/** Puts counts by hour into the stretches they fall in. */
export function fillBuckets(
  spans: readonly Span[],
  hours: readonly { readonly hour: number; readonly status: string; readonly count: number }[],
): readonly Bucket[] {
  const filled = spans.map(() => ({ approved: 0, failed: 0, waiting: 0, ended: 0 }));
  for (const { hour, status, count } of hours) {
    const counts = filled[spanAt(spans, hour)];
    if (counts) counts[outcomeOf(status)] += count;
  }
  return spans.map((span, index) => {
    const counts = filled[index] ?? { approved: 0, failed: 0, waiting: 0, ended: 0 };
    return { ...span, counts, total: OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0) };
  });
}

export function sumCounts(buckets: readonly Bucket[]): OutcomeCounts {
  const sum = (outcome: Outcome) => buckets.reduce((total, bucket) => total + bucket.counts[outcome], 0);
  return { approved: sum("approved"), failed: sum("failed"), waiting: sum("waiting"), ended: sum("ended") };
}

/** The index of the span an instant falls in, or -1. Spans are in order and touch. */
function spanAt(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (!span) return -1;
    if (at < span.from) high = middle - 1;
    else if (at >= span.until) low = middle + 1;
    else return middle;
  }
  return -1;
}

function hourSpans(now: number, zone: string): readonly Span[] {
  const last = startOfHour(now);
  return Array.from({ length: 24 }, (_, index) => {
    const from = last - (23 - index) * HOUR;
    return { from, until: from + HOUR, label: formatTimeOfDay(from, zone) };
  });
}

function daysUntil(now: number, zone: string, count: number): readonly BusinessDay[] {
  const today = dayOf(now, zone);
  return Array.from({ length: count }, (_, index) => addDays(today, index - count + 1));
}

function daySpan(day: BusinessDay, zone: string): Span {
  const { from, until } = dayRange(day, zone);
  return { from, until, label: shortDay(from, zone) };
}

/** Whole hours each, because hours are what is counted; the last quarter takes what a change of clocks left over. */
function quarterSpans(day: BusinessDay, zone: string): readonly Span[] {
  const { from, until } = dayRange(day, zone);
  const edges = [from, from + DAY / 4, from + DAY / 2, from + (3 * DAY) / 4, until];
  return edges.slice(0, -1).map((start, index) => ({
    from: start,
    until: edges[index + 1] ?? until,
    label: `${shortDay(start, zone)}, ${formatTimeOfDay(start, zone)}`,
  }));
}

function shortDay(at: number, zone: string): string {
  return formatDate(at, zone).split(" ").slice(0, 2).join(" ");
}

/** Where a range begins and ends. */
export function boundsOf(spans: readonly Span[], now: number, zone: string): { from: number; until: number } {
  return { from: spans.at(0)?.from ?? startOfDay(dayOf(now, zone), zone), until: spans.at(-1)?.until ?? now };
}
