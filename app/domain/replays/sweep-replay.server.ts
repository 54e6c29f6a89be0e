import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { closeCancelledStatement, finishReplayStatement } from "./finish-replay.server.ts";
import { leftOutText } from "./replay.ts";

/** One update of fifty thousand rows would hold up every capture meanwhile. */
export const SWEEP_SLICE = 500;

/** Leaves out the next of a replay's waiting deliveries, each by name. True while there are more. */
export async function sweepSlice(
  db: Database,
  { replayId, reason, now }: { replayId: string; reason: "stopped" | "gone"; now: number },
): Promise<boolean> {
  const { deliveries } = db.tables;
  const isWaiting = and(eq(deliveries.replayId, replayId), eq(deliveries.state, "waiting"));
  const waiting = await db.read
    .select({ deliveryId: deliveries.deliveryId })
    .from(deliveries)
    .where(isWaiting)
    .orderBy(asc(deliveries.sequence))
    .limit(SWEEP_SLICE);
  const ids = waiting.map((row) => row.deliveryId);
  await db.write([
    {
      query: db.read
        .update(deliveries)
        .set({ state: "left_out", nextAttemptAt: null, outcome: leftOutText[reason], updatedAt: now })
        .where(and(isWaiting, inArray(deliveries.deliveryId, ids))),
      rows: "any",
    },
    finishReplayStatement(db, replayId, now),
    closeCancelledStatement(db, replayId, now),
  ]);
  return ids.length === SWEEP_SLICE;
}
