import { z } from "zod";
import { OWN_PREFIXES } from "~/lib/ids.ts";
import { writtenText } from "~/lib/written-text.ts";
import { cardDataInNote } from "../notes/card-data-in-note.ts";
import { LONGEST_COMMENT, LONGEST_REASON, MOST_AT_ONCE } from "./exception.ts";

/** Read by colleagues and kept for years: it takes no card data. */
export const Reason = z
  .string({ error: "Say why, in a few words" })
  .trim()
  .min(3, "Say why, in a few words")
  .max(LONGEST_REASON, `At most ${LONGEST_REASON} characters`)
  .refine((text) => cardDataInNote(text) === null, "Leave card data out of this: it is kept for good");

const digest = z.string().regex(/^[0-9a-f]{64}$/, "This form was not understood");
const key = z.string().min(1).max(300);
/** Nobody when empty. */
const assignee = z
  .string()
  .max(80)
  .transform((id) => (id === "" ? null : id));
const commentId = z.string().startsWith(OWN_PREFIXES.comment).max(80);

/** What the page of one exception sends. The key is the page's. */
export const ExceptionForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("assign"), assignee }),
  z.object({
    intent: z.literal("comment"),
    commentId,
    text: writtenText({ what: "A comment", longest: LONGEST_COMMENT }),
  }),
  z.object({ intent: z.literal("accept"), digest, reason: Reason }),
  z.object({ intent: z.literal("write-off"), digest, reason: Reason }),
  z.object({ intent: z.literal("reopen"), digest, reason: Reason }),
  z.object({
    intent: z.literal("link"),
    transactionId: key,
    to: z.string().trim().min(1, "Paste an id of the payment").max(4_000, "This is too long to be an id"),
    reason: Reason,
  }),
  z.object({ intent: z.literal("link-none"), transactionId: key, reason: Reason }),
  z.object({ intent: z.literal("unlink"), transactionId: key }),
]);
export type ExceptionForm = z.output<typeof ExceptionForm>;
export type ExceptionIntent = ExceptionForm["intent"];

/** As `chosenValue` writes it. */
const chosen = z
  .string()
  .regex(/^[0-9a-f]{64} ./s, "This form was not understood")
  .max(400)
  .transform((text) => ({ digest: text.slice(0, 64), groupKey: text.slice(65) }));

const several = z
  .array(chosen)
  .min(1, "Choose at least one exception")
  .max(MOST_AT_ONCE, `Choose up to ${MOST_AT_ONCE} at once`);

export const AssignSeveral = z.object({ intent: z.literal("assign"), group: several, assignee });
export const ResolveSeveral = z.object({
  intent: z.enum(["accept", "write-off"]),
  group: several,
  reason: Reason,
});
