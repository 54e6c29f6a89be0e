import { DAY, HOUR, MINUTE, parseInstant, SECOND } from "~/lib/time.ts";

const units: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/**
 * A moment as people type it, in UTC milliseconds: `90s`, `30m`, `2h`, `7d` before now, or an ISO instant with `Z` or an
 * offset. `null` for anything else, and for what lies before 1970.
 */
export function parseSince(text: string, now: number): number | null {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return parseInstant(text);
  const at = now - Number(digits) * (units[unit] ?? 0);
  return at >= 0 ? at : null;
}
