import { DAY, formatDuration, HOUR, MINUTE } from "~/lib/time.ts";

/** How long nothing has arrived, against how often something usually does at that time of day. Pure. */

/** Arrivals of one hour; `hour` is the instant it begins. Hours without any may be left out. */
export interface HourCount {
  readonly hour: number;
  readonly count: number;
}

export type Silence =
  /** Nothing ever arrived here, or nothing for so long that there is no "usual". */
  | { readonly kind: "nothing" }
  | { readonly kind: "long_ago"; readonly lastAt: number }
  /** Too few days or arrivals to know what is usual. */
  | { readonly kind: "too_thin"; readonly lastAt: number }
  /** Counting them took too long. */
  | { readonly kind: "not_counted"; readonly lastAt: number }
  | {
      readonly kind: "usual" | "silent";
      readonly lastAt: number;
      /** Arrivals in an hour at this time of day. */
      readonly perHour: number;
      /** The chance of as long a silence, were all as usual. */
      readonly chance: number;
    };

/** How far back "usual" looks from the last arrival. */
export const HISTORY = 28 * DAY;
/** An environment that was quiet for longer is not in use; that is no alarm any more. */
const IN_USE = 30 * DAY;
const ENOUGH_DAYS = 7;
const ENOUGH_ARRIVALS = 50;
/** So seldom would an untroubled day be as quiet. */
const UNLIKELY = 0.001;

/**
 * Arrivals as a Poisson process whose rate depends on the hour of the day (UTC): none in a span in which `n` are expected
 * has a chance of `e^-n`. Webhooks come in clumps (a payment's and its session's at once, busy Saturdays), so `n` counts
 * for less the more the same hour differs from day to day: divided by the variance over the mean, as in quasi-Poisson.
 */
export function judgeSilence(history: readonly HourCount[], lastAt: number, now: number): Silence {
  if (now - lastAt > IN_USE) return { kind: "long_ago", lastAt };
  const since = lastAt - HISTORY;
  const counted = history.filter(({ hour }) => hour > since - HOUR && hour <= lastAt);
  const first = Math.min(...counted.map(({ hour }) => hour));
  const days = Math.floor((lastAt - first) / DAY);
  const arrivals = counted.reduce((sum, { count }) => sum + count, 0);
  if (days < ENOUGH_DAYS || arrivals < ENOUGH_ARRIVALS) return { kind: "too_thin", lastAt };

  const rates = ratesByHour(counted, days);
  const chance = Math.exp(-expected(rates, lastAt, now) / dispersion(counted, rates, days));
  return { kind: chance < UNLIKELY ? "silent" : "usual", lastAt, perHour: rates[hourOfDay(now)] ?? 0, chance };
}

/** `Nothing for 47 min; usually about 12 an hour at this time.` */
export function silenceSentence(silence: Silence, now: number): string {
  if (silence.kind === "nothing") return "No webhook has arrived here yet.";
  const since = sinceWords(now - silence.lastAt);
  switch (silence.kind) {
    case "long_ago":
      return `Nothing for ${since}. This environment does not seem to be in use.`;
    case "too_thin":
      return `Last webhook ${since} ago; not enough history to say whether that is usual.`;
    case "not_counted":
      return `Last webhook ${since} ago; what is usual took too long to count.`;
    case "silent":
      return `Nothing for ${since}; usually ${rateWords(silence.perHour)} at this time.`;
    case "usual":
      return `Last webhook ${since} ago; usually ${rateWords(silence.perHour)} at this time.`;
  }
}

/** Whole minutes: nobody minds the seconds of a silence. */
function sinceWords(span: number): string {
  return span < MINUTE ? "less than a minute" : formatDuration(Math.floor(span / MINUTE) * MINUTE);
}

function rateWords(perHour: number): string {
  return perHour < 0.95 ? "less than one an hour" : `about ${Math.round(perHour)} an hour`;
}

/** Mean arrivals for each hour of the day. */
function ratesByHour(history: readonly HourCount[], days: number): readonly number[] {
  const sums = Array.from({ length: 24 }, () => 0);
  for (const { hour, count } of history) {
    const at = hourOfDay(hour);
    sums[at] = (sums[at] ?? 0) + count;
  }
  return sums.map((sum) => sum / days);
}

/** Arrivals to expect in a span, its first and last hour in part. */
function expected(rates: readonly number[], from: number, until: number): number {
  let sum = 0;
  for (let at = from; at < until; ) {
    const end = Math.min(until, (Math.floor(at / HOUR) + 1) * HOUR);
    sum += ((rates[hourOfDay(at)] ?? 0) * (end - at)) / HOUR;
    at = end;
  }
  return sum;
}

/** Variance over mean of the same hour on different days; 1 for a true Poisson process, never taken for less. */
function dispersion(history: readonly HourCount[], rates: readonly number[], days: number): number {
  const mean = rates.reduce((sum, rate) => sum + rate, 0);
  // Each hour's squares about its mean, with the hours in which nothing came counted as zeros.
  const squares = history.reduce((sum, { count }) => sum + count * count, 0);
  const variance = (squares - days * rates.reduce((sum, rate) => sum + rate * rate, 0)) / (days - 1);
  return mean > 0 ? Math.max(1, variance / mean) : 1;
}

function hourOfDay(at: number): number {
  return Math.floor(at / HOUR) % 24;
}
