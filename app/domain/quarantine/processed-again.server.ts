import { and, count, eq } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { findReplay } from "../replays/replay-queries.server.ts";

export interface ProcessedAgain {
  readonly replayId: string;
  readonly total: number;
  /** Still to be processed. */
  readonly waiting: number;
  /** Not in quarantine any more. */
  readonly mended: number;
  /** Still in quarantine, by reason, most frequent first. */
  readonly still: readonly { readonly reason: string | null; readonly count: number }[];
}

/** What came of processing events again; `null` when that order is absent, not theirs, or of another kind. */
export async function readProcessedAgain(
  db: Database,
  scope: Scope,
  { replayId }: { replayId: string },
): Promise<ProcessedAgain | null> {
  const replay = await findReplay(db, scope, replayId);
  if (replay?.kind !== "reprocess") return null;
  const { deliveries, events } = db.tables;
  const rows = await db
    .heavy()
    .select({ delivery: deliveries.state, state: events.state, reason: events.reason, count: count() })
    .from(deliveries)
    .innerJoin(events, eq(events.eventId, deliveries.eventId))
    .where(and(alive, eq(deliveries.replayId, replayId)))
    .groupBy(deliveries.state, events.state, events.reason);
  const isOver = replay.state === "finished" || replay.state === "cancelled";
  const done = rows.filter((row) => row.delivery !== "waiting" || isOver);
  const sum = (counted: readonly { count: number }[]) => counted.reduce((total, row) => total + Number(row.count), 0);
  const still = new Map<string | null, number>();
  for (const row of done.filter((one) => one.state === "quarantined")) {
    still.set(row.reason, (still.get(row.reason) ?? 0) + Number(row.count));
  }
  return {
    replayId,
    total: replay.total,
    waiting: isOver ? 0 : replay.total - sum(done),
    mended: sum(done.filter((row) => row.state !== "quarantined")),
    still: [...still].map(([reason, many]) => ({ reason, count: many })).sort((a, b) => b.count - a.count),
  };
}
