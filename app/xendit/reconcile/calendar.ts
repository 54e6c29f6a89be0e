import { addDays, type BusinessDay, dayOf, MINUTE, startOfDay } from "../../lib/time.ts";
import type { RuleSet, SettlementTerms } from "./rules.ts";

/** Days of the accounting zone, and when by them something is due. */
export interface Calendar {
  dayOf(at: number): BusinessDay;
  /** The first instant that is no longer of that day. */
  endOf(day: BusinessDay): number;
  /** The last day that is still in time. */
  dueDay(at: number, terms: SettlementTerms): BusinessDay;
}

/** Zones are apart by quarters of an hour, so every quarter lies in one day of each. */
const QUARTER = 15 * MINUTE;

const calendars = new WeakMap<RuleSet, Map<string, Calendar>>();

/** One per zone and rules: asking the clock of a zone costs more than the rest of a verdict. */
export function calendarOf({ zone, rules }: { readonly zone: string; readonly rules: RuleSet }): Calendar {
  const known = calendars.get(rules) ?? new Map<string, Calendar>();
  calendars.set(rules, known);
  const found = known.get(zone) ?? createCalendar(zone, rules);
  known.set(zone, found);
  return found;
}

function createCalendar(zone: string, { holidays }: RuleSet): Calendar {
  const closed = new Set(holidays);
  const days = new Map<number, BusinessDay>();
  const ends = new Map<BusinessDay, number>();

  function isBusinessDay(day: BusinessDay): boolean {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !closed.has(day);
  }

  function day(at: number): BusinessDay {
    const quarter = Math.floor(at / QUARTER);
    const known = days.get(quarter);
    if (known) return known;
    const found = dayOf(at, zone);
    days.set(quarter, found);
    return found;
  }

  return {
    dayOf: day,
    endOf(of) {
      const known = ends.get(of);
      if (known !== undefined) return known;
      const end = startOfDay(addDays(of, 1), zone);
      ends.set(of, end);
      return end;
    },
    dueDay(at, terms) {
      const from = day(at);
      if (!terms.business) return addDays(from, terms.days);
      let due = from;
      for (let left = terms.days; left > 0; ) {
        due = addDays(due, 1);
        if (isBusinessDay(due)) left -= 1;
      }
      return due;
    },
  };
}
