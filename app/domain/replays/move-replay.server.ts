import { and, eq } from "drizzle-orm";
import type { Database, ReplayState } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { finishReplayStatement } from "./finish-replay.server.ts";
import { type ReplayMove, type ReplayRefusal, replayMoves } from "./replay.ts";
import { findReplay } from "./replay-queries.server.ts";
import { sweepSlice } from "./sweep-replay.server.ts";

const stateAfter: Record<ReplayMove, ReplayState> = { stop: "paused", resume: "running", cancel: "cancelled" };

export interface MoveReplay {
  readonly replayId: string;
  readonly move: ReplayMove;
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/**
 * Stops, resumes or cancels. A try that is under way ends by itself; its result is kept. Of a cancelled replay the runner
 * leaves out what waits, slice by slice: ring `deliveries` after each move.
 */
export async function moveReplay(
  db: Database,
  { replayId, move, operator, now }: MoveReplay,
): Promise<Result<{ state: ReplayState }, ReplayRefusal>> {
  const replay = await findReplay(db, operator.scope, replayId);
  if (!replay) return refused("replay_not_found");
  if (!replayMoves[replay.state].includes(move)) return refused("not_in_that_state");

  const { replays } = db.tables;
  const state = stateAfter[move];
  const written = await db.write([
    {
      query: db.read
        .update(replays)
        .set({ state })
        .where(and(eq(replays.replayId, replayId), eq(replays.state, replay.state))),
      rows: 1,
    },
    // Its last try may have ended while it was paused.
    finishReplayStatement(db, replayId, now.getTime()),
    auditStatement(db, {
      operator,
      action: `replays:${move}`,
      environment: replay.environment,
      subject: replayId,
      now,
    }),
  ]);
  if (!written.ok) return refused("not_in_that_state");
  // The first slice at once, so that a short replay is seen to be over.
  if (move === "cancel") await sweepSlice(db, { replayId, reason: "stopped", now: now.getTime() });
  return ok({ state });
}
