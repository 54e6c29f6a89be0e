import { and, asc, count, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { latestTold } from "~/xendit/latest-told.ts";
import { readObservation } from "~/xendit/read-observation.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { eventsOfAny } from "../webhooks/events-of-any.server.ts";

/** More webhooks than any payment has; a flood of them must not stop its page. The page says what it leaves out. */
export const EVENT_CAP = 200;
/** Arrivals of all of them together; how often each came is counted with the event. */
const ARRIVAL_CAP = 1_000;

interface OfPayment {
  readonly environment: Environment;
  readonly paymentRequestId: string;
  readonly paymentSessionId: string | null;
}

/**
 * The webhooks that tell of a payment or of its session, in the order they arrived, with each one's receipts, its masked
 * bytes and the latest time these speak of. The first `EVENT_CAP` of them.
 */
export async function listPaymentEvents(
  db: Database,
  scope: Scope,
  { environment, paymentRequestId, paymentSessionId }: OfPayment,
) {
  const { events, observations, bodies, receipts } = db.tables;
  const rows = await db.read
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      state: events.state,
      reason: events.reason,
      status: events.status,
      drift: events.drift,
      eci: events.eci,
      cvn: events.cvn,
      avs: events.avs,
      receipts: events.receipts,
      firstReceivedAt: events.firstReceivedAt,
      webhookId: observations.webhookId,
      masked: observations.masked,
      bytes: bodies.bytes,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(tellingOf(db, scope, { environment, paymentRequestId, paymentSessionId }))
    .orderBy(asc(events.firstReceivedAt), asc(events.eventId))
    .limit(EVENT_CAP);
  if (rows.length === 0) return [];
  const arrivals = await db.read
    .select({
      eventId: receipts.eventId,
      receiptId: receipts.receiptId,
      kind: receipts.kind,
      receivedAt: receipts.receivedAt,
    })
    .from(receipts)
    .where(
      inArray(
        receipts.eventId,
        rows.map((row) => row.eventId),
      ),
    )
    .orderBy(asc(receipts.receivedAt), asc(receipts.receiptId))
    .limit(ARRIVAL_CAP);
  return rows.map(({ webhookId, masked, bytes, ...event }) => ({
    ...event,
    bytes,
    businessAt: latestTold(
      readObservation({ environment, source: "webhook", subject: null, webhookId, masked, bytes }),
    ),
    arrivals: arrivals.filter(({ eventId }) => eventId === event.eventId),
  }));
}

/** How many there are, when there are more than a page draws. */
export async function countPaymentEvents(db: Database, scope: Scope, of: OfPayment): Promise<number> {
  const [row] = await db.read
    .select({ count: count() })
    .from(db.tables.events)
    .where(tellingOf(db, scope, of));
  return Number(row?.count ?? 0);
}

function tellingOf(db: Database, scope: Scope, { environment, paymentRequestId, paymentSessionId }: OfPayment) {
  const { events } = db.tables;
  const here = eq(events.environment, environment);
  const own = and(here, eq(events.paymentRequestId, paymentRequestId));
  const ofSession = paymentSessionId === null ? [] : [and(here, eq(events.primaryId, paymentSessionId))];
  return and(eventsOfAny(db, own, ...ofSession), inBusiness(events.businessId, scope));
}
