import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { findReplay, type ReplayRow } from "./replay-queries.server.ts";

const LOOK_EVERY_MS = 40;

/** Gives a short replay the moment it needs, so that its result can be told at once; a longer one is told as it goes. */
export async function awaitReplay(
  db: Database,
  scope: Scope,
  { replayId, atMostMs }: { replayId: string; atMostMs: number },
): Promise<ReplayRow | null> {
  const until = Date.now() + atMostMs;
  for (;;) {
    const replay = await findReplay(db, scope, replayId);
    if (replay?.state !== "running" || Date.now() >= until) return replay;
    await wait(LOOK_EVERY_MS);
  }
}
