import type { Branded } from "~/lib/ids.ts";
import { addDays, type BusinessDay, parseDay } from "~/lib/time.ts";

/** `2026-03`: a month of business days. */
export type Month = Branded<string, "Month">;

export function parseMonth(text: string | null | undefined): Month | null {
  return text && /^\d{4}-\d{2}$/.test(text) && parseDay(`${text}-01`) ? (text as Month) : null;
}

export function monthOf(day: BusinessDay): Month {
  return day.slice(0, 7) as Month;
}

export function firstDay(month: Month): BusinessDay {
  return `${month}-01` as BusinessDay;
}

export function daysOf(month: Month): readonly BusinessDay[] {
  const days: BusinessDay[] = [];
  for (let day = firstDay(month); monthOf(day) === month; day = addDays(day, 1)) days.push(day);
  return days;
}

export function lastDay(month: Month): BusinessDay {
  return addDays(firstDay(addMonths(month, 1)), -1);
}

export function addMonths(month: Month, count: number): Month {
  const [year = 0, place = 1] = month.split("-").map(Number);
  const months = year * 12 + place - 1 + count;
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}` as Month;
}

const NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `March 2026`. */
export function formatMonth(month: Month): string {
  const [year = "", place = "1"] = month.split("-");
  return `${NAMES[Number(place) - 1]} ${year}`;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** 0 for Monday. */
export function weekdayOf(day: BusinessDay): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function weekdayName(day: BusinessDay): string {
  return WEEKDAYS[weekdayOf(day)] ?? "";
}
