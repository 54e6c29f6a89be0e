import { and, eq } from "drizzle-orm";
import type { Database, ReplayState } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { finishReplayStatement } from "./finish-replay.server.ts";
import { leftOutText, type ReplayMove, type ReplayRefusal, replayMoves } from "./replay.ts";
import { findReplay } from "./replay-queries.server.ts";

const stateAfter: Record<ReplayMove, ReplayState> = { stop: "paused", resume: "running", cancel: "cancelled" };

export interface MoveReplay {
  readonly replayId: string;
  readonly move: ReplayMove;
  readonly operator: { readonly operatorId: string; readonly email: string; readonly scope: Scope };
  readonly now: Date;
}

/** Stops, resumes or cancels. A try that is under way ends by itself; its result is kept. */
export async function moveReplay(
  db: Database,
  { replayId, move, operator, now }: MoveReplay,
): Promise<Result<{ state: ReplayState }, ReplayRefusal>> {
  const replay = await findReplay(db, operator.scope, replayId);
  if (!replay) return refused("replay_not_found");
  if (!replayMoves[replay.state].includes(move)) return refused("not_in_that_state");

  const { replays, deliveries } = db.tables;
  const at = now.getTime();
  const state = stateAfter[move];
  const waiting = and(eq(deliveries.replayId, replayId), eq(deliveries.state, "waiting"));
  const written = await db.write([
    {
      query: db.read
        .update(replays)
        .set({ state, finishedAt: move === "cancel" ? at : null })
        .where(and(eq(replays.replayId, replayId), eq(replays.state, replay.state))),
      rows: 1,
    },
    {
      query: db.read
        .update(deliveries)
        .set(
          move === "cancel"
            ? { state: "left_out", nextAttemptAt: null, outcome: leftOutText.stopped, updatedAt: at }
            : { nextAttemptAt: move === "resume" ? at : null, updatedAt: at },
        )
        .where(waiting),
      rows: "any",
    },
    // Its last try may have ended while it was paused.
    finishReplayStatement(db, replayId, at),
    auditStatement(db, {
      operator,
      action: `replays:${move}`,
      environment: replay.environment,
      subject: replayId,
      now,
    }),
  ]);
  return written.ok ? ok({ state }) : refused("not_in_that_state");
}
