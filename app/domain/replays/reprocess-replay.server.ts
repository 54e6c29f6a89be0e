import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { finishReplayStatement } from "./finish-replay.server.ts";

/** One job of the writer: short enough that captures beside it notice nothing. */
const REPROCESS_SLICE = 25;

/** Reads the stored bytes of all that waits in a short replay, for somebody who waits for the answer. */
export async function reprocessReplay(db: Database, replayId: string, now: () => number): Promise<void> {
  while (await reprocessSlice(db, replayId, now())) {
    // Each slice is durable; the next one is read from the store.
  }
}

/**
 * Reads the stored bytes of the next events of a replay again. Repeating it, after a crash for one, ends in the same rows.
 * True while there are more and nobody stopped it.
 */
export async function reprocessSlice(db: Database, replayId: string, now: number): Promise<boolean> {
  const waiting = await findWaiting(db, replayId);
  const eventIds = waiting.map((delivery) => delivery.eventId);
  const before = await statesOf(db, eventIds);
  if (eventIds.length > 0) await db.reprocess(eventIds);
  const after = await statesOf(db, eventIds);
  const { deliveries } = db.tables;
  await db.write([
    ...waiting.map(({ deliveryId, eventId }) => ({
      query: db.read
        .update(deliveries)
        .set({
          state: "delivered",
          attempts: 1,
          nextAttemptAt: null,
          outcome: changeText(before.get(eventId), after.get(eventId)),
          updatedAt: now,
        })
        .where(and(eq(deliveries.deliveryId, deliveryId), eq(deliveries.state, "waiting"))),
      rows: "any" as const,
    })),
    finishReplayStatement(db, replayId, now),
  ]);
  return waiting.length === REPROCESS_SLICE;
}

async function findWaiting(db: Database, replayId: string) {
  const { deliveries, replays } = db.tables;
  return db.read
    .select({ deliveryId: deliveries.deliveryId, eventId: deliveries.eventId })
    .from(deliveries)
    .innerJoin(replays, and(eq(replays.replayId, deliveries.replayId), eq(replays.state, "running")))
    .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, "waiting")))
    .orderBy(asc(deliveries.sequence))
    .limit(REPROCESS_SLICE);
}

/** "Processed again: still quarantined", "Processed again: quarantined, now processed". */
function changeText(before: string | undefined, after: string | undefined): string {
  if (after === undefined) return "Processed again";
  return before === after ? `Processed again: still ${after}` : `Processed again: ${before}, now ${after}`;
}

async function statesOf(db: Database, eventIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { events } = db.tables;
  const rows = await db.read
    .select({ eventId: events.eventId, state: events.state })
    .from(events)
    .where(inArray(events.eventId, [...eventIds]));
  return new Map(rows.map((row) => [row.eventId, row.state]));
}
