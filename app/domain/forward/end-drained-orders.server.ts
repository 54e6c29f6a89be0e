import { and, eq, notExists, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";

/**
 * Forwarding that was turned off sends what still waits, if so chosen, and ends then. So does an order that a newer one of
 * the same destination and environment has taken over from.
 */
export async function endDrainedOrders(db: Database, now: number): Promise<void> {
  const { replays, deliveries } = db.tables;
  for (const replayId of await replacedOrders(db)) {
    const waiting = db.read
      .select({ one: sql`1` })
      .from(deliveries)
      .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, "waiting")));
    const query = db.read
      .update(replays)
      .set({ state: "finished", finishedAt: now })
      .where(and(eq(replays.replayId, replayId), eq(replays.state, "running"), notExists(waiting)));
    await db.write([{ query, rows: "any" }]);
  }
}

/** Open orders that nothing is added to any more. */
async function replacedOrders(db: Database): Promise<readonly string[]> {
  const { replays, destinations } = db.tables;
  const open = await db.read
    .select({
      replayId: replays.replayId,
      environment: replays.environment,
      destinationId: replays.destinationId,
      orderedAt: replays.orderedAt,
      forwards: destinations.forwards,
      removedAt: destinations.removedAt,
    })
    .from(replays)
    .innerJoin(destinations, eq(destinations.destinationId, replays.destinationId))
    .where(and(eq(replays.state, "running"), eq(replays.kind, "forward")));
  const replaced = open.filter((order) => {
    const isNewest = !open.some(
      (other) =>
        other.destinationId === order.destinationId &&
        other.environment === order.environment &&
        (other.orderedAt > order.orderedAt || (other.orderedAt === order.orderedAt && other.replayId > order.replayId)),
    );
    return !order.forwards || order.removedAt !== null || !isNewest;
  });
  return replaced.map(({ replayId }) => replayId);
}
