import { MINUTE, wallClock } from "../../lib/time.ts";
import { isZone } from "../../lib/zone.ts";

/** `+0000` as the API's files have it, or the account's own zone, `Asia/Jakarta`, as the dashboard's do. */
export type ReportZone = string;

export const UTC_ZONE: ReportZone = "+0000";

export function isReportZone(zone: string): boolean {
  return zone === UTC_ZONE || (/^[A-Za-z]/.test(zone) && isZone(zone));
}

/** `2026-03-31 23:59:50`: what a clock in the report's zone showed. The zone stands in a column of its own. */
export function reportTime(at: number | null, zone: ReportZone): string {
  if (at === null) return "";
  const local = zone === UTC_ZONE ? at : at + offsetOf(at, zone);
  return new Date(local).toISOString().slice(0, 19).replace("T", " ");
}

const QUARTER = 15 * MINUTE;
const offsets = new Map<string, Map<number, number>>();

/** Clocks are only ever changed at a quarter of an hour. A file has several times a row, and asking `Intl` is slow. */
function offsetOf(at: number, zone: ReportZone): number {
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const before = known.get(quarter);
  if (before !== undefined) return before;
  const { year, month, day, hour, minute, second } = wallClock(quarter, zone);
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter;
  if (known.size > 10_000) known.clear();
  known.set(quarter, offset);
  return offset;
}
