import type { Branded } from "./ids.ts";

/**
 * All arithmetic with instants and days lives here, where Temporal can move in later. An instant is UTC milliseconds; a
 * day is a day (`"2026-03-31"`), not a midnight, and becomes two instants only together with a zone.
 */
export type BusinessDay = Branded<string, "BusinessDay">;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** What a wall clock in a zone shows. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

// Making a formatter costs some 50 µs and a list page draws hundreds of instants.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-iso8601", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formatters.set(zone, made);
  return made;
}

export function wallClock(at: number, zone: string): WallClock {
  const parts = new Map(
    formatterFor(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
  };
}

/**
 * `22 Nov 2026, 18:24`, in words of our own: server and browser must write the same. The year of `now` goes without
 * saying when `now` is given.
 */
export function formatDateTime(at: number, zone: string, options: { seconds?: boolean; now?: number } = {}): string {
  const wall = wallClock(at, zone);
  const day = formatWallDay(wall);
  const isThisYear = options.now !== undefined && wallClock(options.now, zone).year === wall.year;
  const shortDay = isThisYear ? day.slice(0, day.lastIndexOf(" ")) : day;
  return `${shortDay}, ${formatWallTime(wall, options.seconds ?? false)}`;
}

export function formatTimeOfDay(at: number, zone: string, options: { seconds?: boolean } = {}): string {
  return formatWallTime(wallClock(at, zone), options.seconds ?? false);
}

/** `22 Nov 2026` of an instant in a zone. */
export function formatDate(at: number, zone: string): string {
  return formatWallDay(wallClock(at, zone));
}

/** `22 Nov 2026` of a day. */
export function formatDay(day: BusinessDay): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return formatWallDay({ year, month, day: date });
}

/** `2026-11-22 18:24:05.123 UTC`: the exact instant, for hovers. */
export function formatUtc(at: number): string {
  return `${toIso(at).replace("T", " ").replace("Z", "")} UTC`;
}

/** `2026-11-22T18:24:05.123Z`, for exports and `dateTime`. */
export function toIso(at: number): string {
  return new Date(at).toISOString();
}

/** "3 min ago", "in 2 h"; `null` beyond a day, where a date says more. */
export function formatRelative(at: number, now: number): string | null {
  const distance = Math.abs(at - now);
  if (distance >= DAY) return null;
  if (distance < 45 * SECOND) return at > now ? "in a moment" : "just now";
  // Rounded minutes first, so that 59 min 40 s is an hour and not "60 min".
  const minutes = Math.round(distance / MINUTE);
  const text = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
  return at > now ? `in ${text}` : `${text} ago`;
}

/** `41 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`, `4 d`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10 * SECOND) return `${(milliseconds / SECOND).toFixed(1)} s`;
  if (milliseconds < MINUTE) return `${Math.round(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return twoUnits(milliseconds, MINUTE, "min", SECOND, "s");
  if (milliseconds < 2 * DAY) return twoUnits(milliseconds, HOUR, "h", MINUTE, "min");
  return `${Math.floor(milliseconds / DAY)} d`;
}

/** `GMT+7`, `GMT-3:30`, `UTC`: the zone's offset at an instant. */
export function formatOffset(at: number, zone: string): string {
  const offset = zoneOffset(at, zone) / MINUTE;
  if (offset === 0) return "UTC";
  const minutes = Math.abs(offset) % 60;
  const text = `${Math.floor(Math.abs(offset) / 60)}${minutes ? `:${String(minutes).padStart(2, "0")}` : ""}`;
  return `GMT${offset < 0 ? "-" : "+"}${text}`;
}

/** Abbreviations people in a zone use and `Intl` does not know in English; those of one meaning only. */
const ZONE_NAMES: Readonly<Record<string, string>> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Ujung_Pandang": "WITA",
  "Asia/Jayapura": "WIT",
};

/** `WIB`, `WITA`, `WIT`; elsewhere the offset: `GMT+8`, `UTC`. */
export function zoneName(at: number, zone: string): string {
  return (Object.hasOwn(ZONE_NAMES, zone) ? ZONE_NAMES[zone] : undefined) ?? formatOffset(at, zone);
}

/** The day an instant falls on in a zone. */
export function dayOf(at: number, zone: string): BusinessDay {
  const { year, month, day } = wallClock(at, zone);
  return `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}` as BusinessDay;
}

/** A day written as `2026-03-31`; `null` for anything else, `2026-02-30` included. */
export function parseDay(text: string): BusinessDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && toIso(at).startsWith(text) ? (text as BusinessDay) : null;
}

/** An ISO instant with `Z` or an offset; `null` for anything else. A time without a zone is no instant. */
export function parseInstant(text: string): number | null {
  const iso = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  if (!iso || parseDay(iso[1] ?? "") === null) return null;
  const at = Date.parse(text);
  return Number.isFinite(at) ? at : null;
}

export function addDays(day: BusinessDay, count: number): BusinessDay {
  return toIso(Date.parse(`${day}T00:00:00Z`) + count * DAY).slice(0, 10) as BusinessDay;
}

/**
 * The first instant of a day in a zone. Where clocks jump over midnight the day begins later than 00:00:
 *
 *     startOfDay("2018-11-04", "America/Sao_Paulo")   // 03:00Z, which is 01:00 there: 00:00 did not exist
 */
export function startOfDay(day: BusinessDay, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The offset in force may differ on the two sides of a change: try both, and take the earliest instant on that day.
  const offsets = [zoneOffset(midnight - DAY, zone), zoneOffset(midnight + DAY, zone)];
  const candidates = offsets.map((offset) => midnight - offset).filter((at) => dayOf(at, zone) === day);
  if (candidates.length > 0) return Math.min(...candidates);
  return midnight - Math.min(...offsets);
}

/** A day as instants, half-open: `[from, until)`. 23 or 25 hours long when clocks change. */
export function dayRange(day: BusinessDay, zone: string): { readonly from: number; readonly until: number } {
  return { from: startOfDay(day, zone), until: startOfDay(addDays(day, 1), zone) };
}

/**
 * A list's `from` or `to` (DESIGN 7): a day in the operator's zone, `to` included, or an ISO instant taken half-open.
 * `null` when it is neither.
 */
export function parseBoundary(text: string, edge: "from" | "to", zone: string): number | null {
  const day = parseDay(text);
  if (day === null) return parseInstant(text);
  const { from, until } = dayRange(day, zone);
  return edge === "from" ? from : until;
}

/**
 * The instant at which a clock in a zone shows `wall` (milliseconds, as if it were UTC): the earlier of two where clocks
 * are set back; where they jump over it, as if they had not yet.
 */
export function fromWallClock(wall: number, zone: string): number {
  const offsets = [zoneOffset(wall - DAY, zone), zoneOffset(wall + DAY, zone)];
  const candidates = offsets.map((offset) => wall - offset).filter((at) => at + zoneOffset(at, zone) === wall);
  return candidates.length > 0 ? Math.min(...candidates) : wall - Math.min(...offsets);
}

export function startOfHour(at: number): number {
  return Math.floor(at / HOUR) * HOUR;
}

function zoneOffset(at: number, zone: string): number {
  const { year, month, day, hour, minute, second } = wallClock(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / SECOND) * SECOND;
}

function formatWallDay({ year, month, day }: Pick<WallClock, "year" | "month" | "day">): string {
  return `${day} ${MONTHS[month - 1] ?? "?"} ${year}`;
}

function formatWallTime({ hour, minute, second }: WallClock, seconds: boolean): string {
  return `${pad(hour)}:${pad(minute)}${seconds ? `:${pad(second)}` : ""}`;
}

function twoUnits(value: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((value % big) / small);
  const head = `${Math.floor(value / big)} ${bigName}`;
  return rest === 0 ? head : `${head} ${rest} ${smallName}`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
