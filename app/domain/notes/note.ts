import { z } from "zod";
import { writtenText } from "~/lib/written-text.ts";

/** A colleague's words on a payment, as pages show them. E-mail addresses in the text are masked already. */
export interface Note {
  readonly noteId: string;
  /** Their e-mail as it was then. */
  readonly author: string;
  readonly at: number;
  /** Plain text with its line breaks; empty once removed. */
  readonly text: string;
  readonly removed: { readonly by: string; readonly at: number } | null;
  /** Whether the operator who asked may remove it. */
  readonly canRemove: boolean;
}

/** Characters. */
export const MAX_NOTE = 2_000;
/** Notes on one payment: more than people write, and a loop is stopped before it fills the page. */
export const MAX_NOTES = 500;

const noteId = z.string().regex(/^nte_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export const NoteForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("add-note"),
    /** The id the note will have, made with the form: sending it twice adds one note. */
    noteId,
    text: writtenText({ what: "A note", longest: MAX_NOTE }),
  }),
  z.object({ intent: z.literal("remove-note"), noteId }),
]);
export type NoteForm = z.output<typeof NoteForm>;

export type NoteRefusal = "card_number" | "cvn" | "too_many" | "not_found" | "not_yours";

export const noteRefusals: Record<NoteRefusal, string> = {
  card_number: "This holds what looks like a card number. Leave it out, or write its last four digits only.",
  cvn: "This holds what looks like a CVN. It may be kept nowhere: leave it out.",
  too_many: `There are ${MAX_NOTES} notes on this payment already.`,
  not_found: "This note is gone, or the payment is not yours to write on.",
  not_yours: "Somebody else wrote this note. Only they or an administrator can remove it.",
};
