import { z } from "zod";

/** What may be done with a day, in words for whoever asked for it. Pure and browser-safe. */
export type CloseRefusal =
  | "limited"
  | "not_over"
  | "not_matched"
  | "check_failed"
  | "open_exceptions"
  | "closed_before"
  | "zone_changed";

export const closeRefusals: Record<CloseRefusal, string> = {
  limited: "You see some businesses only, and a day is closed for all of them.",
  not_over: "This day is not over yet in the accounting zone.",
  not_matched: "Nothing has been matched here yet: there are no figures to close.",
  check_failed: "The last match did not add up. Tick that you know, or match again first.",
  open_exceptions: "Exceptions are open. Tick that you know.",
  closed_before: "Somebody else closed it just now.",
  zone_changed: "The accounting zone was changed just now. Look again.",
};

export type ReopenRefusal = "limited" | "not_closed";

export const reopenRefusals: Record<ReopenRefusal, string> = {
  limited: "You see some businesses only, and a day is reopened for all of them.",
  not_closed: "It is not closed, or was closed anew meanwhile. Look again.",
};

const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

export const DayForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("close"), acceptsOpen: ticked }),
  z.object({
    intent: z.literal("reopen"),
    /** Of the closing that was looked at: another one is not reopened by mistake. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    reason: z
      .string({ error: "Say why." })
      .trim()
      .min(5, "Say why, in a few words at least.")
      .max(500, "At most 500 characters."),
  }),
]);

export const MonthForm = z.object({ intent: z.literal("close"), acceptsOpen: ticked });
