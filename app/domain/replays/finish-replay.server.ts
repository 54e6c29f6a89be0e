import { and, eq, inArray, isNull, notExists, type SQL, sql } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";

/**
 * Ends a replay all of whose deliveries are written down and none of which waits any more. Goes into the write that may
 * have ended the last one. What forwards or listens has no end of its own.
 */
export function finishReplayStatement(db: Database, replayId: string, now: number): Statement {
  const { replays } = db.tables;
  const query = db.read
    .update(replays)
    .set({ state: "finished", finishedAt: now })
    .where(and(isThrough(db, replayId), eq(replays.state, "running"), inArray(replays.kind, ["send", "reprocess"])));
  return { query, rows: "any" };
}

/** Closes a cancelled replay once the last of its deliveries is left out. Until then `finishedAt` is open. */
export function closeCancelledStatement(db: Database, replayId: string, now: number): Statement {
  const { replays } = db.tables;
  const query = db.read
    .update(replays)
    .set({ finishedAt: now })
    .where(and(isThrough(db, replayId), eq(replays.state, "cancelled"), isNull(replays.finishedAt)));
  return { query, rows: "any" };
}

function isThrough(db: Database, replayId: string): SQL | undefined {
  const { replays, deliveries } = db.tables;
  const waiting = db.read
    .select({ one: sql`1` })
    .from(deliveries)
    .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, "waiting")));
  return and(eq(replays.replayId, replayId), isNull(replays.fillAfter), notExists(waiting));
}
