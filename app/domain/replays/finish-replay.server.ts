import { and, eq, ne, notExists, sql } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";

/**
 * Ends a replay none of whose deliveries is waiting any more. Goes into the write that may have ended the last one. A
 * forwarding one waits for what arrives next, and ends when it is turned off.
 */
export function finishReplayStatement(db: Database, replayId: string, now: number): Statement {
  const { replays, deliveries } = db.tables;
  const waiting = db.read
    .select({ one: sql`1` })
    .from(deliveries)
    .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, "waiting")));
  const query = db.read
    .update(replays)
    .set({ state: "finished", finishedAt: now })
    .where(
      and(
        eq(replays.replayId, replayId),
        ne(replays.kind, "forward"),
        eq(replays.state, "running"),
        notExists(waiting),
      ),
    );
  return { query, rows: "any" };
}
