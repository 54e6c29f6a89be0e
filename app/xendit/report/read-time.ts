import { fixedOffset, type ReportZone } from "./read-zone.ts";

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;
const WORDS = /^(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*(AM|PM))?)?$/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * An instant in UTC milliseconds: with an offset of its own, else as a clock in `zone` shows it; a day is its first instant.
 * `null` when it cannot be told for certain: `03/04/2026` is two days.
 */
export function readTime(text: string, zone: ReportZone): number | null {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso) {
    const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset] = iso;
    const millis = Number(fraction.slice(0, 3).padEnd(3, "0"));
    const wall = wallOf([year, month, day, hour, minute, second].map(Number), millis);
    if (wall === null) return null;
    const given = offset === undefined ? null : fixedOffset(offset);
    return given === null ? zone.toInstant(wall) : wall - given;
  }
  const words = WORDS.exec(trimmed);
  if (!words) return null;
  const [, day, name = "", year, hour = "0", minute = "0", second = "0", half] = words;
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  const hours = half === undefined ? Number(hour) : twelveHours(Number(hour), half);
  if (hours === null) return null;
  const wall = wallOf([Number(year), month, Number(day), hours, Number(minute), Number(second)], 0);
  return wall === null ? null : zone.toInstant(wall);
}

function twelveHours(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
}

/** As if it were UTC; `null` for a date there is none of, such as 31 February. */
function wallOf(parts: readonly number[], millis: number): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, millis);
  const date = new Date(wall);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? wall : null;
}
