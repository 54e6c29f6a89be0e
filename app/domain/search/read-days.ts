import { addDays, type BusinessDay, dayOf, dayRange, formatDay, parseDay, parseInstant } from "~/lib/time.ts";

/** A day as somebody meant it, half-open in their zone, UTC milliseconds. */
export interface DayReading {
  readonly day: BusinessDay;
  readonly from: number;
  readonly until: number;
  /** `18 Dec 2024` */
  readonly label: string;
}

export interface Clock {
  readonly zone: string;
  /** UTC milliseconds. */
  readonly now: number;
}

/** By their first three letters, in English and Indonesian. */
const months: ReadonlyMap<string, number> = new Map([
  ["jan", 1],
  ["feb", 2],
  ["mar", 3],
  ["apr", 4],
  ["may", 5],
  ["mei", 5],
  ["jun", 6],
  ["jul", 7],
  ["aug", 8],
  ["agu", 8],
  ["ags", 8],
  ["sep", 9],
  ["oct", 10],
  ["okt", 10],
  ["nov", 11],
  ["dec", 12],
  ["des", 12],
]);
const monthName =
  /^(?:jan(?:uary|uari)?|feb(?:ruary|ruari)?|mar(?:ch|et)?|apr(?:il)?|may|mei|june?|juni|july?|juli|aug(?:ust)?|agu(?:stus)?|ags|sept?(?:ember)?|oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|des(?:ember)?)$/;

const nearby: ReadonlyMap<string, number> = new Map([
  ["today", 0],
  ["hari ini", 0],
  ["yesterday", -1],
  ["kemarin", -1],
]);

/** What a date may mean; empty when it is none. `03/04/2026` is read day first, then month first. Without a year: the last one. */
export function readDays(text: string, clock: Clock): readonly DayReading[] {
  const plain = text.trim().toLowerCase();
  const today = dayOf(clock.now, clock.zone);
  const shift = nearby.get(plain);
  if (shift !== undefined) return [reading(addDays(today, shift), clock)];
  const instant = parseInstant(text.trim().toUpperCase().replace(" ", "T"));
  if (instant !== null) return [reading(dayOf(instant, clock.zone), clock)];

  const days = [...wordedDays(withoutTime(plain), today), ...numberedDays(withoutTime(plain))];
  return [...new Set(days)].map((day) => reading(day, clock));
}

function reading(day: BusinessDay, { zone }: Clock): DayReading {
  return { day, ...dayRange(day, zone), label: formatDay(day) };
}

/** `18 Dec 2024 12:46 WIB` and `Wed, 18 Dec`: the hour and the weekday say nothing more. */
function withoutTime(text: string): string {
  return text
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /, "")
    .replace(/(?:,| at|t)? ?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)? ?(?:[ap]m)?(?: ?[a-z]{1,4}(?:[+-]\d{1,2})?)?$/, "")
    .trim();
}

function wordedDays(text: string, today: BusinessDay): readonly BusinessDay[] {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ -]?([a-z]+)\.?,?(?:[ -](\d{4}))?$/.exec(text);
  const monthFirst = /^([a-z]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(text);
  const [name, day, year] = dayFirst
    ? [dayFirst[2], dayFirst[1], dayFirst[3]]
    : monthFirst
      ? [monthFirst[1], monthFirst[2], monthFirst[3]]
      : [];
  if (name === undefined || !monthName.test(name)) return [];
  const month = months.get(name.slice(0, 3)) ?? 0;
  return year === undefined ? lastSuch(month, Number(day), today) : dayFrom(Number(year), month, Number(day));
}

function numberedDays(text: string): readonly BusinessDay[] {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (yearFirst) return dayFrom(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (!yearLast) return [];
  const [first, second, year] = [Number(yearLast[1]), Number(yearLast[2]), Number(yearLast[3])];
  return [...dayFrom(year, second, first), ...dayFrom(year, first, second)];
}

/** Of this year, else of one before: nobody looks for payments of next month. 29 February may lie years back. */
function lastSuch(month: number, day: number, today: BusinessDay): readonly BusinessDay[] {
  const thisYear = Number(today.slice(0, 4));
  for (let year = thisYear; year > thisYear - 9; year--) {
    const [found] = dayFrom(year, month, day);
    if (found !== undefined && found <= today) return [found];
  }
  return [];
}

function dayFrom(year: number, month: number, day: number): readonly BusinessDay[] {
  const pad = (value: number, length: number) => String(value).padStart(length, "0");
  // Day arithmetic around year 0 and 9999 leaves the four digits a day is written with.
  const found = year > 1000 && year < 9000 ? parseDay(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`) : null;
  return found === null ? [] : [found];
}
