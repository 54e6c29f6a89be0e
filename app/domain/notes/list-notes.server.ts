import { and, asc, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { redactPersonal } from "~/lib/pii.ts";
import type { Operator } from "../operators/operator.ts";
import { findTheirPayment } from "./find-their-payment.server.ts";
import { MAX_NOTES, type Note } from "./note.ts";

interface OfPayment {
  readonly environment: Environment;
  readonly paymentRequestId: string;
}

type Reader = Pick<Operator, "operatorId" | "role" | "scope" | "can">;

/** The notes on a payment, oldest first; none when the payment is not this operator's to see. */
export async function listNotes(
  db: Database,
  { operatorId, role, scope, can }: Reader,
  { environment, paymentRequestId }: OfPayment,
): Promise<readonly Note[]> {
  if (!(await findTheirPayment(db, scope, { environment, paymentRequestId }))) return [];
  const { notes } = db.tables;
  const rows = await db.read
    .select()
    .from(notes)
    .where(and(eq(notes.environment, environment), eq(notes.paymentRequestId, paymentRequestId)))
    .orderBy(asc(notes.at), asc(notes.noteId))
    .limit(MAX_NOTES);
  const mayWrite = can("notes:write", environment);
  return rows.map((note) => ({
    noteId: note.noteId,
    author: note.author,
    at: note.at,
    text: redactPersonal(note.text).text,
    removed: note.removedAt === null ? null : { by: note.removedBy ?? "somebody", at: note.removedAt },
    canRemove: mayWrite && note.removedAt === null && (note.operatorId === operatorId || role === "admin"),
  }));
}
