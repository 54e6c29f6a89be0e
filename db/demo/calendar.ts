import type { Random } from "./random.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const DEMO_DAYS = 90;

/** Jakarta has no daylight saving, so its clock is UTC plus seven hours all year. */
const JAKARTA = 7 * HOUR;

/** How busy each hour of a Jakarta day is: asleep at night, lunch and the evening at the couch. */
const hourWeights = [6, 4, 2, 2, 3, 6, 12, 20, 34, 48, 56, 62, 66, 58, 52, 50, 52, 56, 60, 72, 78, 64, 36, 16];
/** Sunday first. */
const dayWeights = [1.05, 0.9, 0.92, 0.95, 1, 1.15, 1.2];

/** Instants at which shoppers start to pay, ascending: busier by day, at weekends, on paydays, and growing slowly. */
export function shoppingTimes(random: Random, count: number, now: number): readonly number[] {
  const slots = busyHours(now);
  const total = slots.reduce((sum, slot) => sum + slot.weight, 0);
  const draws = Array.from({ length: count }, () => random.next() * total).sort((a, b) => a - b);
  let slot = 0;
  let passed = 0;
  return draws
    .map((draw) => {
      while (slot < slots.length - 1 && passed + (slots[slot]?.weight ?? 0) <= draw) {
        passed += slots[slot]?.weight ?? 0;
        slot += 1;
      }
      const start = slots[slot]?.start ?? now - HOUR;
      return Math.min(start + Math.floor(random.next() * HOUR), now - MINUTE);
    })
    .sort((a, b) => a - b);
}

function busyHours(now: number): readonly { start: number; weight: number }[] {
  const first = now - DEMO_DAYS * DAY;
  return Array.from({ length: DEMO_DAYS * 24 }, (_, index) => {
    const start = first + index * HOUR;
    return { start, weight: weightAt(start) * (0.75 + (0.5 * index) / (DEMO_DAYS * 24)) };
  });
}

function weightAt(instant: number): number {
  const local = new Date(instant + JAKARTA);
  const payday = local.getUTCDate() >= 25 || local.getUTCDate() <= 2 ? 1.35 : 1;
  return (hourWeights[local.getUTCHours()] ?? 1) * (dayWeights[local.getUTCDay()] ?? 1) * payday;
}
