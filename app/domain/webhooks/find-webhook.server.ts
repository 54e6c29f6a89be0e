import { and, asc, eq, inArray, ne } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { redactPersonal } from "~/lib/pii.ts";
import type { Scope } from "~/lib/scope.ts";
import { parseJsonObject } from "~/xendit/bodies/json.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { listEventDeliveries } from "../replays/replay-queries.server.ts";
import { type DiffLine, diffOf, onlyDifferences } from "./body-diff.ts";
import { listComparable } from "./list-comparable.server.ts";

export type WebhookDetail = NonNullable<Awaited<ReturnType<typeof findWebhook>>>;

/** One captured event with how it came and what became of it, or `null` when absent or not this operator's to see. */
export async function findWebhook(db: Database, scope: Scope, eventId: string) {
  const found = await findEvent(db, scope, eventId);
  if (!found) return null;
  const { bytes, ...event } = found;
  const [receipts, sameKey, sameContent, payment, deliveries] = await Promise.all([
    listReceipts(db, eventId),
    listSameKey(db, scope, event),
    findSameContent(db, scope, event.sameContentAs),
    findProjected(db, scope, event),
    listEventDeliveries(db, eventId),
  ]);
  const comparable = await listComparable(db, scope, { event, sameKey });
  return {
    event,
    body: readBody(bytes),
    receipts,
    sameKey: comparedWith(bytes, sameKey),
    sameContent,
    payment,
    deliveries,
    comparable,
  };
}

/** The bytes as stored: masked before they were written, otherwise as received. */
export async function findWebhookBody(
  db: Database,
  scope: Scope,
  eventId: string,
): Promise<{ readonly environment: Environment; readonly bytes: Uint8Array } | null> {
  const found = await findEvent(db, scope, eventId);
  return found && { environment: found.environment, bytes: found.bytes };
}

export interface ReadBody {
  /** Personal values replaced. */
  readonly text: string;
  readonly hasPersonal: boolean;
  readonly size: number;
  /** Bytes that are no UTF-8 are drawn as `�`. */
  readonly isText: boolean;
  /** The first `MOST_BYTES` of what is no UTF-8, in base64; `null` for text, and where personal data would show. */
  readonly base64: string | null;
}

/** The download has all of them. */
const MOST_BYTES = 64 * 1024;

export function readBody(bytes: Uint8Array): ReadBody {
  const exact = bodyText(bytes);
  const { text, isRedacted } = redactPersonal(exact.text);
  // In UTF-16, say, every other byte is zero: an address would be read in the bytes and not in the text.
  const hasPersonal = isRedacted || (!exact.isText && redactPersonal(exact.text.replaceAll("\0", "")).isRedacted);
  const base64 = exact.isText || hasPersonal ? null : firstBytes(bytes);
  return { text, hasPersonal, size: bytes.byteLength, isText: exact.isText, base64 };
}

export function firstBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, MOST_BYTES)).toString("base64");
}

export function bodyText(bytes: Uint8Array): { readonly text: string; readonly isText: boolean } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), isText: true };
  } catch {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), isText: false };
  }
}

async function findEvent(db: Database, scope: Scope, eventId: string) {
  if (scope.environments.length === 0) return null;
  const { events, observations, bodies } = db.tables;
  const [row] = await db.read
    .select({
      event: events,
      dedupeKey: observations.dedupeKey,
      webhookId: observations.webhookId,
      contentDigest: observations.contentDigest,
      masked: observations.masked,
      bodyDigest: bodies.digest,
      bytes: bodies.bytes,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(
      and(
        eq(events.eventId, eventId),
        inArray(events.environment, [...scope.environments]),
        scope.businessIds === null ? undefined : inArray(events.businessId, [...scope.businessIds]),
      ),
    )
    .limit(1);
  if (!row) return null;
  const { event, ...observed } = row;
  return { ...event, ...observed };
}

function listReceipts(db: Database, eventId: string) {
  const { receipts, bodies } = db.tables;
  return db.read
    .select({
      receiptId: receipts.receiptId,
      kind: receipts.kind,
      receivedAt: receipts.receivedAt,
      address: receipts.address,
      replayHeader: receipts.replayHeader,
      /** Of its own bytes, when they differ from the event's. */
      size: bodies.size,
    })
    .from(receipts)
    .leftJoin(bodies, eq(bodies.bodyId, receipts.bodyId))
    .where(eq(receipts.eventId, eventId))
    .orderBy(asc(receipts.receivedAt), asc(receipts.receiptId))
    .limit(200);
}

/** Variants and conflicts: other events that arrived under the same key (RULES 3). */
async function listSameKey(
  db: Database,
  scope: Scope,
  event: { eventId: string; environment: Environment; dedupeKey: string | null },
) {
  if (event.dedupeKey === null) return [];
  const { events, observations, bodies } = db.tables;
  return db.read
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      state: events.state,
      status: events.status,
      eci: events.eci,
      cvn: events.cvn,
      avs: events.avs,
      response: events.response,
      drift: events.drift,
      firstReceivedAt: events.firstReceivedAt,
      bytes: bodies.bytes,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(
      and(
        eq(observations.environment, event.environment),
        eq(observations.dedupeKey, event.dedupeKey),
        ne(events.eventId, event.eventId),
        inBusiness(events.businessId, scope),
      ),
    )
    .orderBy(asc(events.firstReceivedAt), asc(events.eventId))
    .limit(20);
}

/** Enough to see what differs; two bodies with more in difference are better compared on a page of their own. */
const MOST_DIFFERENCES = 30;

/** Where each differs from this body, value by value; `null` when either is no JSON object. */
function comparedWith<Row extends { readonly bytes: Uint8Array }>(own: Uint8Array, rows: readonly Row[]) {
  const here = jsonOf(own);
  return rows.map(({ bytes, ...row }) => {
    const there = jsonOf(bytes);
    return { ...row, differences: here && there ? differencesOf(here, there) : null };
  });
}

function jsonOf(bytes: Uint8Array) {
  const json = parseJsonObject(bodyText(bytes).text);
  return json && ({ kind: "webhook", json } as const);
}

function differencesOf(here: Parameters<typeof diffOf>[0], there: typeof here): readonly DiffLine[] {
  const values = onlyDifferences(diffOf(here, there).lines).filter((line) => !line.isGroup);
  return values.slice(0, MOST_DIFFERENCES);
}

async function findSameContent(db: Database, scope: Scope, eventId: string | null) {
  if (eventId === null) return null;
  const other = await findEvent(db, scope, eventId);
  return other && { eventId, eventType: other.eventType, firstReceivedAt: other.firstReceivedAt };
}

async function findProjected(
  db: Database,
  scope: Scope,
  { environment, paymentRequestId }: { environment: Environment; paymentRequestId: string | null },
) {
  if (paymentRequestId === null) return null;
  const { paymentRequests } = db.tables;
  const [payment = null] = await db.read
    .select({
      paymentRequestId: paymentRequests.paymentRequestId,
      status: paymentRequests.status,
      amountMinor: paymentRequests.amountMinor,
      amountRaw: paymentRequests.amountRaw,
      currency: paymentRequests.currency,
      network: paymentRequests.network,
      networkFrom: paymentRequests.networkFrom,
      threeDsFlow: paymentRequests.threeDsFlow,
      flags: paymentRequests.flags,
    })
    .from(paymentRequests)
    .where(
      and(
        eq(paymentRequests.environment, environment),
        eq(paymentRequests.paymentRequestId, paymentRequestId),
        inBusiness(paymentRequests.businessId, scope),
      ),
    )
    .limit(1);
  return payment;
}
