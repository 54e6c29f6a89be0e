import type { Observation } from "./observation.ts";
import type { ObservationSource } from "./projection.ts";

const sourceRank: Readonly<Record<ObservationSource, number>> = { webhook: 0, api: 1, claim: 2 };

/** RULES 5: by source, then greater `t`, then smaller content digest. Never by arrival. */
export function byPrecedence(a: Observation, b: Observation): number {
  return sourceRank[a.source] - sourceRank[b.source] || byTime(a, b);
}

/** Greater `t` first, none last; then the smaller content digest. */
export function byTime(a: Observation, b: Observation): number {
  return (
    compareNumbers(b.time, a.time) ||
    compareText(a.contentDigest, b.contentDigest) ||
    compareText(a.subject ?? "", b.subject ?? "")
  );
}

/** Ascending, with what is not known before everything that is. */
export function compareNumbers(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a - b;
}

/** By code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `null` when nothing is known. */
export function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? known.reduce((least, time) => Math.min(least, time)) : null;
}

export function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? known.reduce((most, time) => Math.max(most, time)) : null;
}
