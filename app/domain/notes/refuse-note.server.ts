import { refuseForm } from "~/lib/form.ts";
import { withoutCardData } from "./card-data-in-note.ts";
import { type NoteRefusal, noteRefusals } from "./note.ts";

/** The form as it was typed, with what is wrong beside its field; card data is not sent back. */
export function refuseNote(sent: FormData, refusal: NoteRefusal) {
  const field = refusal === "not_yours" ? "form" : "text";
  const refused = refuseForm(sent, { [field]: noteRefusals[refusal] });
  const { text = "", ...values } = refused.values;
  return { ...refused, values: { ...values, text: withoutCardData(text) } };
}
