import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Operator } from "../operators/operator.ts";
import { addNote } from "./add-note.server.ts";
import { findTheirPayment } from "./find-their-payment.server.ts";
import type { NoteForm, NoteRefusal } from "./note.ts";
import { removeNote } from "./remove-note.server.ts";

export interface ChangeNotes {
  readonly paymentRequestId: string;
  /** `null` looks wherever the operator may write. */
  readonly environment: Environment | null;
  readonly change: NoteForm;
  /** `scope` is already narrowed to `notes:write`. */
  readonly operator: Operator;
  readonly now: Date;
}

/** What the Notes panel sends: a note more, or one less. Answers with the environment the payment was found in. */
export async function changeNotes(
  db: Database,
  { change, operator, now, ...asked }: ChangeNotes,
): Promise<Result<{ environment: Environment }, NoteRefusal>> {
  const payment = await findTheirPayment(db, operator.scope, asked);
  if (!payment) return refused("not_found");
  const order = { ...payment, noteId: change.noteId, operator, now };
  const result =
    change.intent === "add-note" ? await addNote(db, { ...order, text: change.text }) : await removeNote(db, order);
  return result.ok ? ok({ environment: payment.environment }) : result;
}
