import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { findTheirPayment } from "./find-their-payment.server.ts";
import type { NoteRefusal } from "./note.ts";

export interface RemoveNote {
  readonly environment: Environment;
  readonly paymentRequestId: string;
  readonly noteId: string;
  /** `scope` is already narrowed to `notes:write`. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "role" | "scope">;
  readonly now: Date;
}

/** Takes the words out of a note, for its author or an administrator. That there was one, and who removed it, stays. */
export async function removeNote(
  db: Database,
  { operator, now, ...asked }: RemoveNote,
): Promise<Result<{ noteId: string }, NoteRefusal>> {
  const note = await findNote(db, operator, asked);
  if (!note) return refused("not_found");
  if (note.operatorId !== operator.operatorId && operator.role !== "admin") return refused("not_yours");

  const { noteId, environment, paymentRequestId } = asked;
  const { notes } = db.tables;
  const emptied = db.read
    .update(notes)
    .set({ text: "", removedAt: now.getTime(), removedBy: operator.email })
    .where(and(eq(notes.noteId, noteId), isNull(notes.removedAt)));
  const detail = { removed: noteId, author: note.author };
  const audit = { operator, action: "notes:write", environment, subject: paymentRequestId, detail, now };
  const written = await db.write([{ query: emptied, rows: 1 }, auditStatement(db, audit)]);
  // Somebody was quicker; the note is as empty as was asked for.
  return written.ok ? ok({ noteId }) : refused("not_found");
}

type Asked = Pick<RemoveNote, "noteId" | "environment" | "paymentRequestId">;

async function findNote(db: Database, { scope }: RemoveNote["operator"], { noteId, ...payment }: Asked) {
  const { notes } = db.tables;
  if (!(await findTheirPayment(db, scope, payment))) return null;
  const [note = null] = await db.read
    .select({ operatorId: notes.operatorId, author: notes.author })
    .from(notes)
    .where(
      and(
        eq(notes.noteId, noteId),
        eq(notes.environment, payment.environment),
        eq(notes.paymentRequestId, payment.paymentRequestId),
        isNull(notes.removedAt),
      ),
    )
    .limit(1);
  return note;
}
