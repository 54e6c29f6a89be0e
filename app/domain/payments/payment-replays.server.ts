import { desc, eq, inArray, max, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";

export type PaymentDelivery = Awaited<ReturnType<typeof listPaymentReplays>>[number];

/** The latest ones; the replays' own pages have all. */
const MOST = 50;

/** Where these webhooks were sent again, latest first, with the operator who ordered it. The caller checked their scope. */
export async function listPaymentReplays(db: Database, events: readonly { eventId: string; eventType: string }[]) {
  const { deliveries, replays, destinations, operators, attempts } = db.tables;
  const types = new Map(events.map(({ eventId, eventType }) => [eventId, eventType]));
  const rows = await db.read
    .select({
      deliveryId: deliveries.deliveryId,
      replayId: deliveries.replayId,
      eventId: deliveries.eventId,
      kind: replays.kind,
      // What listens is no destination of this desk: its own address is where it went.
      destination: sql<string | null>`coalesce(${destinations.name}, ${replays.targetUrl})`,
      orderedBy: operators.email,
      orderedAt: replays.orderedAt,
      state: deliveries.state,
      outcome: deliveries.outcome,
      tries: deliveries.attempts,
      triedAt: max(attempts.at),
    })
    .from(deliveries)
    .innerJoin(replays, eq(replays.replayId, deliveries.replayId))
    .leftJoin(destinations, eq(destinations.destinationId, replays.destinationId))
    .leftJoin(operators, eq(operators.operatorId, replays.orderedBy))
    .leftJoin(attempts, eq(attempts.deliveryId, deliveries.deliveryId))
    .where(inArray(deliveries.eventId, [...types.keys()]))
    .groupBy(deliveries.deliveryId)
    .orderBy(desc(deliveries.deliveryId))
    .limit(MOST);
  return rows.map((row) => ({ ...row, eventType: types.get(row.eventId) ?? "Webhook" }));
}
