import { and, count, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { cardDataInNote } from "./card-data-in-note.ts";
import { findTheirPayment } from "./find-their-payment.server.ts";
import { MAX_NOTES, type NoteRefusal } from "./note.ts";

export interface AddNote {
  readonly environment: Environment;
  readonly paymentRequestId: string;
  /** Made with the form, so that sending it twice adds one note. */
  readonly noteId: string;
  /** 1 to 2,000 characters, trimmed. */
  readonly text: string;
  /** `scope` is already narrowed to `notes:write`. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/** Adds a note to a payment the operator may write on. Never keeps a card number or a CVN. */
export async function addNote(
  db: Database,
  { environment, paymentRequestId, noteId, text, operator, now }: AddNote,
): Promise<Result<{ noteId: string }, NoteRefusal>> {
  const of = { environment, paymentRequestId };
  if (!(await findTheirPayment(db, operator.scope, of))) return refused("not_found");
  if ((await countNotes(db, of)) >= MAX_NOTES) return refused("too_many");
  const found = cardDataInNote(text);
  if (found && !(await areKnownIds(db, of, found.numbers))) return refused(found.refusal);

  const { operatorId, email: author } = operator;
  const note = { ...of, operatorId, author, text, at: now.getTime() };
  const write = (id: string) =>
    db.write([
      {
        query: db.read
          .insert(db.tables.notes)
          .values({ ...note, noteId: id })
          .onConflictDoNothing(),
        rows: 1,
      },
      auditStatement(db, {
        operator,
        action: "notes:write",
        environment,
        subject: paymentRequestId,
        detail: { added: id },
        now,
      }),
    ]);
  if ((await write(noteId)).ok) return ok({ noteId });
  if (await isSameNote(db, { ...note, noteId })) return ok({ noteId });
  // The form was sent before with other words: a page kept open, or the way back. Both notes were meant.
  const fresh = newId("note");
  if (!(await write(fresh)).ok) throw new Error("The note could not be written");
  return ok({ noteId: fresh });
}

type OfPayment = Pick<AddNote, "environment" | "paymentRequestId">;

async function countNotes(db: Database, { environment, paymentRequestId }: OfPayment): Promise<number> {
  const { notes } = db.tables;
  const [row] = await db.read
    .select({ count: count() })
    .from(notes)
    .where(and(eq(notes.environment, environment), eq(notes.paymentRequestId, paymentRequestId)));
  return Number(row?.count ?? 0);
}

/** One network transaction id in ten passes Luhn. What the payment is already known by is no card number. */
async function areKnownIds(db: Database, of: OfPayment, numbers: readonly string[]): Promise<boolean> {
  if (numbers.length === 0) return false;
  const { identifiers } = db.tables;
  const rows = await db.read
    .selectDistinct({ value: identifiers.value })
    .from(identifiers)
    .where(
      and(
        eq(identifiers.environment, of.environment),
        eq(identifiers.target, of.paymentRequestId),
        inArray(identifiers.kind, ["network_transaction_id", "reconciliation_id", "rrn"]),
        inArray(identifiers.value, [...numbers]),
      ),
    );
  const known = new Set(rows.map(({ value }) => value));
  return numbers.every((number) => known.has(number));
}

async function isSameNote(db: Database, note: OfPayment & { noteId: string; operatorId: string; text: string }) {
  const { notes } = db.tables;
  const [kept] = await db.read.select().from(notes).where(eq(notes.noteId, note.noteId)).limit(1);
  return (
    kept !== undefined &&
    kept.environment === note.environment &&
    kept.paymentRequestId === note.paymentRequestId &&
    kept.operatorId === note.operatorId &&
    (kept.text === note.text || kept.removedAt !== null)
  );
}
