import { z } from "zod";
import { cardDataInNote } from "../notes/card-data-in-note.ts";
import { CONFIRMED_BY } from "./quarantine.ts";

/** Told once to colleagues and kept for years: neither takes card data. */
function explanation(least: number) {
  return z
    .string()
    .trim()
    .min(least, least > 3 ? `Say why, in ${least} characters at least` : "Say why, in a few words")
    .max(300, "At most 300 characters")
    .refine((text) => cardDataInNote(text) === null, "Leave card data out of this: it is kept for good");
}

const eventIds = z.array(z.string().min(1).max(80)).min(1, "Choose at least one webhook").max(100, "Choose up to 100");

export const SetAsideForm = z.object({ intent: z.literal("set-aside"), event: eventIds, reason: explanation(3) });
export const TakeBackForm = z.object({ intent: z.literal("take-back"), event: eventIds });
export const ProcessAgainForm = z.object({
  intent: z.literal("process-again"),
  event: z.array(z.string().min(1).max(80)).max(100, "Choose up to 100"),
  /** Instead of chosen ones: the oldest that match the list's filters. */
  all: z.string().optional(),
  idempotencyKey: z.string().trim().min(8).max(80),
});

export function expungeForm(eventId: string) {
  const ending = eventId.slice(-CONFIRMED_BY);
  return z.object({
    reason: explanation(10),
    confirmation: z
      .string()
      .trim()
      .refine((typed) => typed === ending, `Type ${ending}, the last ${CONFIRMED_BY} characters of this event's id`),
  });
}
