import { and, eq, exists, gt, inArray, isNull, lt, not, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { MINUTE } from "~/lib/time.ts";
import type { Listen } from "./find-listen.server.ts";

/** A program asks at least every 25 s, and its token's use is written down every minute. */
export const SILENT_AFTER_MS = 3 * MINUTE;

const OPEN = ["running", "paused"] as const;

/** The program said that it is done. Said twice, or after it was cancelled, it changes nothing. */
export async function endListen(db: Database, { replayId }: Listen, now: number): Promise<void> {
  const { replays } = db.tables;
  const query = db.read
    .update(replays)
    .set({ state: "finished", finishedAt: now })
    .where(and(eq(replays.replayId, replayId), inArray(replays.state, [...OPEN])));
  await db.write([{ query, rows: "any" }]);
}

/** A program that was taken for silent, because its machine slept, speaks again. */
export async function resumeListen(db: Database, { replayId }: Listen): Promise<void> {
  const { replays } = db.tables;
  const query = db.read
    .update(replays)
    .set({ state: "running", finishedAt: null })
    .where(and(eq(replays.replayId, replayId), eq(replays.state, "finished")));
  await db.write([{ query, rows: "any" }]);
}

/** Ends runs whose program was killed or lost its way here: its token has not been used for a while, or was revoked. */
export async function endSilentListens(db: Database, now: number): Promise<number> {
  const { replays, accessTokens } = db.tables;
  const isHeard = db.read
    .select({ one: sql`1` })
    .from(accessTokens)
    .where(
      and(
        // `listen:pat_…:key`
        eq(accessTokens.tokenId, sql`substr(${replays.idempotencyKey}, 8, 40)`),
        gt(accessTokens.lastUsedAt, now - SILENT_AFTER_MS),
        isNull(accessTokens.revokedAt),
      ),
    );
  const isSilent = and(
    inArray(replays.state, [...OPEN]),
    eq(replays.kind, "listen"),
    lt(replays.orderedAt, now - SILENT_AFTER_MS),
    not(exists(isHeard)),
  );
  const silent = await db.read.select({ replayId: replays.replayId }).from(replays).where(isSilent);
  if (silent.length === 0) return 0;
  const ids = silent.map((row) => row.replayId);
  const query = db.read
    .update(replays)
    .set({ state: "finished", finishedAt: now })
    .where(and(inArray(replays.replayId, ids), isSilent));
  await db.write([{ query, rows: "any" }]);
  return silent.length;
}
