import { and, count, desc, eq, inArray } from "drizzle-orm";
import type { Database, DeliveryState } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";

export interface LatestDelivery {
  readonly deliveryId: string;
  readonly replayId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: DeliveryState;
  /** "200 in 41 ms"; `null` before the first try. */
  readonly outcome: string | null;
  readonly attempts: number;
  readonly updatedAt: number;
}

export interface LatestDeliveries {
  /** Newest first. */
  readonly deliveries: readonly LatestDelivery[];
  /** What the tries of the latest deliveries ended in, most frequent first. */
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
}

const RECENT_REPLAYS = 4;
const LOOKED_AT = 50;
const SHOWN = 10;

/** Of the latest replays to it, the last deliveries: an index serves each, however many came before. */
export async function readLatestDeliveries(
  db: Database,
  scope: Scope,
  destinationId: string,
): Promise<LatestDeliveries> {
  const { replays } = db.tables;
  const orders = await db.read
    .select({ replayId: replays.replayId })
    .from(replays)
    .where(and(eq(replays.destinationId, destinationId), inArray(replays.environment, [...scope.environments])))
    .orderBy(desc(replays.orderedAt))
    .limit(RECENT_REPLAYS);
  const found = await Promise.all(orders.map(({ replayId }) => lastOf(db, scope, replayId)));
  const latest = found
    .flat()
    .toSorted((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, LOOKED_AT);
  return { deliveries: latest.slice(0, SHOWN), outcomes: await tally(db, latest) };
}

async function lastOf(db: Database, scope: Scope, replayId: string): Promise<LatestDelivery[]> {
  const { deliveries, events } = db.tables;
  return db.read
    .select({
      deliveryId: deliveries.deliveryId,
      replayId: deliveries.replayId,
      eventId: deliveries.eventId,
      eventType: events.eventType,
      state: deliveries.state,
      outcome: deliveries.outcome,
      attempts: deliveries.attempts,
      updatedAt: deliveries.updatedAt,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.eventId, deliveries.eventId))
    .where(and(eq(deliveries.replayId, replayId), inBusiness(events.businessId, scope)))
    .orderBy(desc(deliveries.deliveryId))
    .limit(LOOKED_AT);
}

async function tally(db: Database, latest: readonly LatestDelivery[]): Promise<LatestDeliveries["outcomes"]> {
  if (latest.length === 0) return [];
  const { attempts } = db.tables;
  const ids = latest.map((one) => one.deliveryId);
  const rows = await db.read
    .select({ outcome: attempts.outcome, count: count() })
    .from(attempts)
    .where(inArray(attempts.deliveryId, ids))
    .groupBy(attempts.outcome);
  return rows.toSorted((a, b) => b.count - a.count || a.outcome.localeCompare(b.outcome));
}
