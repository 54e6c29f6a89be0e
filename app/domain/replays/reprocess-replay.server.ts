import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { finishReplayStatement } from "./finish-replay.server.ts";

/** Reads the stored bytes of a replay's events again. Repeating it, after a crash for one, ends in the same rows. */
export async function reprocessReplay(db: Database, replayId: string, now: () => number): Promise<void> {
  const { deliveries } = db.tables;
  const waiting = await db.read
    .select({ deliveryId: deliveries.deliveryId, eventId: deliveries.eventId })
    .from(deliveries)
    .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, "waiting")));
  const eventIds = waiting.map((delivery) => delivery.eventId);
  const before = await statesOf(db, eventIds);
  if (eventIds.length > 0) await db.reprocess(eventIds);
  const after = await statesOf(db, eventIds);
  const at = now();
  await db.write([
    ...waiting.map(({ deliveryId, eventId }) => ({
      query: db.read
        .update(deliveries)
        .set({
          state: "delivered",
          attempts: 1,
          nextAttemptAt: null,
          outcome: changeText(before.get(eventId), after.get(eventId)),
          updatedAt: at,
        })
        .where(and(eq(deliveries.deliveryId, deliveryId), eq(deliveries.state, "waiting"))),
      rows: "any" as const,
    })),
    finishReplayStatement(db, replayId, at),
  ]);
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
