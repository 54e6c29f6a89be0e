import { and, asc, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Database, Reader } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import type { PaymentRequestRow } from "~/xendit/projection.ts";
import { readObservation } from "~/xendit/read-observation.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { eventsOfAny } from "../webhooks/events-of-any.server.ts";

/** What is held of one payment, read record by record: for a proof's footnotes and for the evidence bundle. */

export type OfPayment = Pick<
  PaymentRequestRow,
  "environment" | "paymentRequestId" | "paymentSessionId" | "paymentTokenId"
> & {
  /** Its `py-` ids: an answer may name nothing else. */
  readonly paymentIds: readonly string[];
};

/** How many ids one query names; SQLite allows far more, but a long one holds up whoever else reads. */
const CHUNK = 200;

export type HeldEvent = Awaited<ReturnType<typeof listHeldEvents>>[number];
export type HeldReceipt = Awaited<ReturnType<typeof listHeldReceipts>>[number];
export type HeldAnswer = Awaited<ReturnType<typeof listHeldAnswers>>[number];
export type HeldNote = Awaited<ReturnType<typeof listHeldNotes>>[number];
export type HeldCheck = Awaited<ReturnType<typeof listHeldChecks>>[number];

/** The webhooks of a payment, of its session and of its saved card (which tells the network), oldest first, without their bodies; those of other businesses are not there. */
export function listHeldEvents(
  db: Database,
  scope: Scope,
  { of, reader, limit }: { of: OfPayment; reader: Reader; limit: number },
) {
  const { events, observations, bodies } = db.tables;
  const here = eq(events.environment, of.environment);
  const besides = [of.paymentSessionId, of.paymentTokenId].filter((id) => id !== null);
  return reader
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      state: events.state,
      reason: events.reason,
      firstReceivedAt: events.firstReceivedAt,
      lastReceivedAt: events.lastReceivedAt,
      receipts: events.receipts,
      sameContentAs: events.sameContentAs,
      webhookId: observations.webhookId,
      masked: observations.masked,
      bodyId: bodies.bodyId,
      digest: bodies.digest,
      size: bodies.size,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(
      and(
        inBusiness(events.businessId, scope),
        eventsOfAny(
          db,
          and(here, eq(events.paymentRequestId, of.paymentRequestId)),
          and(here, inArray(events.primaryId, besides)),
        ),
      ),
    )
    .orderBy(asc(events.firstReceivedAt), asc(events.eventId))
    .limit(limit);
}

/** Every arrival of the events, in the events' order; `own…` when its bytes differed from the event's. */
export async function listHeldReceipts(
  db: Database,
  { eventIds, reader, limit }: { eventIds: readonly string[]; reader: Reader; limit: number },
) {
  const { receipts, bodies } = db.tables;
  const found = [];
  for (const ids of chunksOf(eventIds)) {
    if (found.length >= limit) break;
    const rows = await reader
      .select({
        eventId: receipts.eventId,
        receiptId: receipts.receiptId,
        kind: receipts.kind,
        receivedAt: receipts.receivedAt,
        ownBodyId: bodies.bodyId,
        ownDigest: bodies.digest,
        ownSize: bodies.size,
      })
      .from(receipts)
      .leftJoin(bodies, eq(bodies.bodyId, receipts.bodyId))
      .where(inArray(receipts.eventId, [...ids]))
      .orderBy(asc(receipts.receivedAt), asc(receipts.receiptId))
      .limit(limit - found.length);
    found.push(...rows);
  }
  return found;
}

/** Answers of Xendit's API and hand-backs of the browser that name the payment, its session or its saved card, oldest first. */
export async function listHeldAnswers(
  db: Database,
  { of, reader, limit }: { of: OfPayment; reader: Reader; limit: number },
) {
  const { observations, observationIds, bodies } = db.tables;
  const { paymentSessionId: session, paymentTokenId: token } = of;
  // `tells:` is an answer about the card itself, not one about another payment made with it.
  const ids = [of.paymentRequestId, ...of.paymentIds, session, token && `tells:${token}`].filter((id) => id !== null);
  return reader
    .selectDistinct({
      observationId: observations.observationId,
      source: observations.source,
      subject: observations.subject,
      masked: observations.masked,
      receivedAt: observations.receivedAt,
      bodyId: bodies.bodyId,
      digest: bodies.digest,
      size: bodies.size,
    })
    .from(observationIds)
    .innerJoin(observations, eq(observations.observationId, observationIds.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(
      and(
        eq(observationIds.environment, of.environment),
        inArray(observationIds.value, ids),
        ne(observations.source, "webhook"),
      ),
    )
    .orderBy(asc(observations.receivedAt), asc(observations.observationId))
    .limit(limit);
}

/**
 * Whether somebody limited to businesses may read an answer. It has no column of its own for that, so its body is asked; a
 * hand-back names no business, and belongs to whoever may see the payment.
 */
export function isAnswerWithin(scope: Scope, answer: HeldAnswer, bytes: Uint8Array, of: OfPayment): boolean {
  if (scope.businessIds === null || answer.source === "claim") return true;
  const { businessId } = readObservation({
    environment: of.environment,
    source: answer.source,
    subject: answer.subject,
    webhookId: null,
    masked: answer.masked,
    bytes,
  });
  return businessId !== null && scope.businessIds.includes(businessId);
}

/** Captures, refunds and disputes, oldest first: the payment's page draws the first of them only, a proof has them all. */
export async function listMovements(
  db: Database,
  { of, limit }: { of: Pick<OfPayment, "environment" | "paymentRequestId">; limit: number },
) {
  const { captures, refunds, disputes } = db.tables;
  const ofRequest = (table: typeof captures | typeof refunds | typeof disputes) =>
    and(eq(table.environment, of.environment), eq(table.paymentRequestId, of.paymentRequestId));
  const [captured, refunded, disputed] = await Promise.all([
    db.read
      .select()
      .from(captures)
      .where(ofRequest(captures))
      .orderBy(asc(captures.capturedAt), asc(captures.captureId))
      .limit(limit),
    db.read
      .select()
      .from(refunds)
      .where(ofRequest(refunds))
      .orderBy(asc(refunds.createdAt), asc(refunds.refundId))
      .limit(limit),
    db.read
      .select()
      .from(disputes)
      .where(ofRequest(disputes))
      .orderBy(asc(disputes.createdAt), asc(disputes.disputeId))
      .limit(limit),
  ]);
  return { captures: captured, refunds: refunded, disputes: disputed };
}

export async function readBodies(
  db: Database,
  { bodyIds, reader }: { bodyIds: readonly number[]; reader: Reader },
): Promise<ReadonlyMap<number, Uint8Array>> {
  const { bodies } = db.tables;
  const found = new Map<number, Uint8Array>();
  for (const ids of chunksOf(bodyIds)) {
    const rows = await reader
      .select({ bodyId: bodies.bodyId, bytes: bodies.bytes })
      .from(bodies)
      .where(inArray(bodies.bodyId, [...ids]));
    for (const { bodyId, bytes } of rows) found.set(bodyId, bytes);
  }
  return found;
}

export function listHeldNotes(db: Database, { environment, paymentRequestId }: OfPayment) {
  const { notes } = db.tables;
  return db.read
    .select({ noteId: notes.noteId, author: notes.author, text: notes.text, at: notes.at })
    .from(notes)
    .where(
      and(eq(notes.environment, environment), eq(notes.paymentRequestId, paymentRequestId), isNull(notes.removedAt)),
    )
    .orderBy(asc(notes.at), asc(notes.noteId));
}

export function listHeldChecks(db: Database, { environment, paymentRequestId }: OfPayment) {
  const { checks } = db.tables;
  return db.read
    .select({
      checkId: checks.checkId,
      askedId: checks.askedId,
      askedBy: checks.askedBy,
      at: checks.at,
      answers: checks.answers,
    })
    .from(checks)
    .where(and(eq(checks.environment, environment), eq(checks.paymentRequestId, paymentRequestId)))
    .orderBy(asc(checks.at), asc(checks.checkId));
}

function* chunksOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += CHUNK) yield items.slice(start, start + CHUNK);
}
