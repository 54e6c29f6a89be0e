import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Database, DeliveryState } from "~/db.server.ts";
import type { CappedCount, ForwardQueue } from "./forward.ts";
import { lagOf } from "./forward-rules.ts";

const COUNTED = 10_000;

type QueueState = Pick<ForwardQueue, "waiting" | "failed" | "leftOut" | "oldestWaitingAt" | "lagMs" | "lastDelivered">;

/** How one standing order stands: a few steps of the index of its deliveries, however many there are. */
export async function readQueueState(
  db: Database,
  order: { readonly replayId: string; readonly orderedAt: number },
  now: number,
): Promise<QueueState> {
  const count = (state: DeliveryState) => countDeliveries(db, order.replayId, state);
  const [waiting, failed, leftOut, oldest, latest] = await Promise.all([
    count("waiting"),
    count("failed"),
    count("left_out"),
    edgeDelivery(db, order.replayId, { state: "waiting", edge: "first" }),
    edgeDelivery(db, order.replayId, { state: "delivered", edge: "last" }),
  ]);
  const since = order.orderedAt;
  return {
    waiting,
    failed,
    leftOut,
    oldestWaitingAt: oldest?.receivedAt ?? null,
    lagMs: oldest ? lagOf({ receivedAt: oldest.receivedAt, since, now }) : 0,
    lastDelivered: latest && {
      at: latest.updatedAt,
      delayMs: lagOf({ receivedAt: latest.receivedAt, since, now: latest.updatedAt }),
    },
  };
}

async function countDeliveries(db: Database, replayId: string, state: DeliveryState): Promise<CappedCount> {
  const { deliveries } = db.tables;
  const some = db.read
    .select({ one: sql<number>`1`.as("one") })
    .from(deliveries)
    .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, state)))
    .limit(COUNTED + 1)
    .as("some");
  const [row] = await db.read.select({ count: sql`count(*)`.mapWith(Number) }).from(some);
  const count = row?.count ?? 0;
  return { count: Math.min(count, COUNTED), isMore: count > COUNTED };
}

/** The first or last by order of capture, with the arrival of its event; `null` when there is none in that state. */
async function edgeDelivery(
  db: Database,
  replayId: string,
  { state, edge }: { state: DeliveryState; edge: "first" | "last" },
) {
  const { deliveries, events } = db.tables;
  const [row] = await db.read
    .select({ updatedAt: deliveries.updatedAt, receivedAt: events.firstReceivedAt })
    .from(deliveries)
    .innerJoin(events, eq(events.eventId, deliveries.eventId))
    .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, state)))
    .orderBy(edge === "first" ? asc(deliveries.sequence) : desc(deliveries.sequence))
    .limit(1);
  return row ?? null;
}
