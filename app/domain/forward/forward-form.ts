import { z } from "zod";
import { type BusinessDay, MINUTE, parseDay, parseInstant, startOfDay, wallClock } from "~/lib/time.ts";

/** What the page of a destination's forwarding posts. Browser-safe. */

export const ForwardForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("on"),
    start: z.enum(["now", "from"], { error: "Choose where to begin." }),
    from: z.string().max(40).optional().default(""),
    confirmation: z.string().max(80).optional(),
  }),
  z.object({
    intent: z.literal("off"),
    waiting: z.enum(["keep", "leave_out"], { error: "Choose what becomes of it." }),
  }),
]);
export type ForwardForm = z.output<typeof ForwardForm>;

export type ForwardRefusal =
  | "not_found"
  | "not_yours"
  | "is_off"
  | "nothing_to_take"
  | "already_on"
  | "already_off"
  | "not_a_time"
  | "in_the_future"
  | "needs_confirmation"
  | "not_confirmed";

export const forwardRefusals: Record<ForwardRefusal, string> = {
  not_found: "This destination is gone.",
  not_yours: "Forwarding here takes the right to write destinations in every environment it gets webhooks of.",
  is_off: "This destination is off. Switch it on first.",
  nothing_to_take: "This destination takes no environment. Choose one for it first.",
  already_on: "It is forwarding already.",
  already_off: "It is not forwarding any more.",
  not_a_time: "Give a day and a time, as 2026-03-31 17:00.",
  in_the_future: "This time has not come yet. To begin with what arrives next, choose that.",
  needs_confirmation: "Type the destination's name to confirm.",
  not_confirmed: "Type the destination's name as it is written here.",
};

/** The field a refusal stands beside. */
export const forwardRefusalField: Record<ForwardRefusal, string> = {
  not_found: "form",
  not_yours: "form",
  is_off: "form",
  nothing_to_take: "form",
  already_on: "form",
  already_off: "form",
  not_a_time: "from",
  in_the_future: "from",
  needs_confirmation: "confirmation",
  not_confirmed: "confirmation",
};

/** More than this, or anything live, is confirmed by typing the destination's name. */
export const UNCONFIRMED_EVENTS = 100;

/**
 * `2026-03-31 17:00`, as a browser's field sends it (with a `T`) or as typed, in the operator's zone; a day alone is its
 * beginning; an ISO instant is itself. UTC milliseconds, or `null`.
 */
export function parseFrom(text: string, zone: string): number | null {
  const trimmed = text.trim();
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2}))?$/.exec(trimmed);
  const day = match && parseDay(match[1] ?? "");
  if (!match || !day) return parseInstant(trimmed);
  const hours = Number(match[2] ?? 0);
  const minutes = Number(match[3] ?? 0);
  return hours > 23 || minutes > 59 ? null : instantOn(day, hours * 60 + minutes, zone);
}

/** Where clocks change on that day, elapsed minutes and the wall clock differ: corrected by what the wall says. */
function instantOn(day: BusinessDay, minutes: number, zone: string): number {
  const guess = startOfDay(day, zone) + minutes * MINUTE;
  const wall = wallClock(guess, zone);
  return guess + (minutes - (wall.hour * 60 + wall.minute)) * MINUTE;
}
