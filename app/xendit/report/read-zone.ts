import { fromWallClock, HOUR, MINUTE } from "../../lib/time.ts";
import { isZone } from "../../lib/zone.ts";

/** A zone as a report names it, ready to turn what a clock there shows into an instant. */
export interface ReportZone {
  /** As given. */
  readonly name: string;
  /** `wall` is what the clock shows, in milliseconds as if it were UTC. */
  toInstant(wall: number): number;
}

/** Where the merchants of Xendit are; abbreviations with one meaning there. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  WIB: 7,
  WITA: 8,
  WIT: 9,
  ICT: 7,
  PHT: 8,
  SGT: 8,
  MYT: 8,
};

const known = new Map<string, ReportZone | null>();
const MOST_KNOWN = 200;

/** `+0700`, `+07:00`, `UTC+7`, `GMT+7`, `Asia/Jakarta`, `WIB`; `null` when it is none of these. */
export function readZone(text: string): ReportZone | null {
  const name = text.trim();
  const found = known.get(name);
  if (found !== undefined) return found;
  const zone = makeZone(name);
  // A file can hold anything in this column: what it holds must not stay in memory.
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, zone);
  return zone;
}

function makeZone(name: string): ReportZone | null {
  const offset = fixedOffset(name);
  if (offset !== null) return { name, toInstant: (wall) => wall - offset };
  // An offset without its sign would be taken for a zone's name by some.
  return /^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)+$/.test(name) && isZone(name) ? { name, toInstant: byHour(name) } : null;
}

/** Milliseconds east of UTC. */
export function fixedOffset(text: string): number | null {
  const byName = ABBREVIATIONS[text.toUpperCase()];
  if (byName !== undefined) return byName * HOUR;
  const [, sign, hours = "", minutes = "00"] =
    /^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text) ?? /^([+-])(\d{1,2})(\d{2})$/.exec(text) ?? [];
  if (sign === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  const offset = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return sign === "-" ? -offset : offset;
}

const QUARTER = 15 * MINUTE;
const MOST_QUARTERS = 20_000;

/** Asking for a zone's offset costs some 50 µs, and a report's times lie close together. */
function byHour(zone: string): (wall: number) => number {
  const offsets = new Map<number, number>();
  return (wall) => {
    const quarter = Math.floor(wall / QUARTER);
    const offset = offsets.get(quarter);
    if (offset !== undefined) return wall - offset;
    const at = fromWallClock(wall, zone);
    if (offsets.size >= MOST_QUARTERS) offsets.clear();
    offsets.set(quarter, wall - at);
    return at;
  };
}
