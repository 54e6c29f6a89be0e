import type { Database, Reader } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { EVIDENCE_LIMITS, type EvidenceRefusal } from "./evidence.ts";
import {
  type HeldAnswer,
  type HeldCheck,
  type HeldEvent,
  type HeldNote,
  type HeldReceipt,
  listHeldAnswers,
  listHeldChecks,
  listHeldEvents,
  listHeldNotes,
  listHeldReceipts,
  type OfPayment,
} from "./proof-records.server.ts";

/** All that a bundle will hold, without the bodies. */
export interface EvidenceRecords {
  readonly events: readonly HeldEvent[];
  readonly receipts: readonly HeldReceipt[];
  readonly answers: readonly HeldAnswer[];
  readonly checks: readonly HeldCheck[];
  readonly notes: readonly HeldNote[];
  /** Of all stored bodies. */
  readonly bytes: number;
}

/** Read whole before the first byte is sent, so that what is over a limit is an answer and not a broken file. */
export async function listEvidence(
  db: Database,
  scope: Scope,
  { of, reader, includeNotes }: { of: OfPayment; reader: Reader; includeNotes: boolean },
): Promise<
  { readonly ok: true; readonly records: EvidenceRecords } | { readonly ok: false; readonly refusal: EvidenceRefusal }
> {
  const limits = EVIDENCE_LIMITS;
  const events = await listHeldEvents(db, scope, { of, reader, limit: limits.events + 1 });
  if (events.length > limits.events) return { ok: false, refusal: "too_many_events" };
  const eventIds = events.map((event) => event.eventId);
  const [receipts, answers, checks, notes] = await Promise.all([
    listHeldReceipts(db, { eventIds, reader, limit: limits.receipts + 1 }),
    listHeldAnswers(db, { of, reader, limit: limits.answers + 1 }),
    listHeldChecks(db, of),
    includeNotes ? listHeldNotes(db, of) : [],
  ]);
  if (receipts.length > limits.receipts) return { ok: false, refusal: "too_many_receipts" };
  if (answers.length > limits.answers) return { ok: false, refusal: "too_many_answers" };
  const bytes =
    sum(events.map((event) => event.size)) +
    sum(receipts.map((receipt) => receipt.ownSize ?? 0)) +
    sum(answers.map((answer) => answer.size));
  if (bytes > limits.bytes) return { ok: false, refusal: "too_large" };
  return { ok: true, records: { events, receipts, answers, checks, notes, bytes } };
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
