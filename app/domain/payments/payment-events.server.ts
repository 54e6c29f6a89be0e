import { and, asc, eq, inArray, or } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { readObservation } from "~/xendit/read-observation.ts";
import { inBusiness } from "../overview/in-business.server.ts";

/** More webhooks than any payment has; a flood of them must not stop its page. */
const EVENT_CAP = 200;

interface OfPayment {
  readonly environment: Environment;
  readonly paymentRequestId: string;
  readonly paymentSessionId: string | null;
}

/** The webhooks that tell of a payment or of its session, with each one's receipts and the time its body speaks of. */
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
    .where(
      and(
        eq(events.environment, environment),
        inBusiness(events.businessId, scope),
        paymentSessionId === null
          ? eq(events.paymentRequestId, paymentRequestId)
          : or(eq(events.paymentRequestId, paymentRequestId), eq(events.primaryId, paymentSessionId)),
      ),
    )
    .orderBy(asc(events.firstReceivedAt), asc(events.eventId))
    .limit(EVENT_CAP);
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
    .orderBy(asc(receipts.receivedAt), asc(receipts.receiptId));
  return rows.map(({ bytes, webhookId, masked, ...event }) => ({
    ...event,
    businessAt: readObservation({ environment, source: "webhook", subject: null, webhookId, masked, bytes }).time,
    arrivals: arrivals.filter((arrival) => arrival.eventId === event.eventId),
  }));
}
