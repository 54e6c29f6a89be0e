import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, lte, min, notExists, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Database, ReplayKind } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";

/** A replay that is being sent: an order, or what a destination is forwarded. */
export interface RunningReplay {
  readonly replayId: string;
  readonly kind: ReplayKind;
  readonly environment: Environment;
  readonly destinationId: string;
}

export interface DueDelivery extends RunningReplay {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly attempts: number;
}

/** Every replay the runner has to do with. Few at a time, by the index of states. */
export async function findOpenReplays(db: Database) {
  const { replays } = db.tables;
  return db.read
    .select({
      replayId: replays.replayId,
      kind: replays.kind,
      environment: replays.environment,
      destinationId: replays.destinationId,
      state: replays.state,
      isFilling: sql<boolean>`${isNotNull(replays.fillAfter)}`.mapWith(Boolean),
    })
    .from(replays)
    .where(
      or(
        inArray(replays.state, ["planned", "running", "paused"]),
        // Cancelled, and not yet all left out by name.
        and(eq(replays.state, "cancelled"), isNull(replays.finishedAt)),
      ),
    )
    .orderBy(asc(replays.orderedAt), asc(replays.replayId));
}
export type OpenReplay = Awaited<ReturnType<typeof findOpenReplays>>[number];

/** The next deliveries of one replay that may go now, in order of capture. With `inOrder`, one of each payment. */
export async function findDue(
  db: Database,
  replay: RunningReplay,
  { now, inOrder, limit }: { now: number; inOrder: boolean; limit: number },
): Promise<readonly DueDelivery[]> {
  const { deliveries } = db.tables;
  const rows = await db.read
    .select({ deliveryId: deliveries.deliveryId, eventId: deliveries.eventId, attempts: deliveries.attempts })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.replayId, replay.replayId),
        eq(deliveries.state, "waiting"),
        or(isNull(deliveries.nextAttemptAt), lte(deliveries.nextAttemptAt, now)),
        inOrder ? isFirstOfItsPayment(db) : undefined,
      ),
    )
    .orderBy(asc(deliveries.sequence))
    .limit(limit);
  return rows.map((row) => ({ ...row, ...replay }));
}

/** Nothing of the same payment that was captured earlier still waits in this replay. */
function isFirstOfItsPayment(db: Database): SQL | undefined {
  const { deliveries } = db.tables;
  const earlier = alias(deliveries, "earlier");
  const waiting = db.read
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.destinationId, deliveries.destinationId),
        eq(earlier.orderKey, deliveries.orderKey),
        eq(earlier.state, "waiting"),
        lt(earlier.sequence, deliveries.sequence),
        eq(earlier.replayId, deliveries.replayId),
      ),
    );
  return notExists(waiting);
}

/** UTC milliseconds at which the next try towards a destination falls due; `null` when none is waited for. */
export async function nextDueAt(db: Database, destinationId: string, now: number): Promise<number | null> {
  const { deliveries } = db.tables;
  const [row] = await db.read
    .select({ at: min(deliveries.nextAttemptAt) })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.destinationId, destinationId),
        eq(deliveries.state, "waiting"),
        gt(deliveries.nextAttemptAt, now),
      ),
    );
  return row?.at ?? null;
}
