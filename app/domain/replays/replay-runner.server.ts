import { and, asc, eq, isNotNull, lte, min, notInArray } from "drizzle-orm";
import type { AppContext } from "~/context.server.ts";
import type { Database, Statement } from "~/db.server.ts";
import { finishReplayStatement } from "./finish-replay.server.ts";
import { attemptText, isDelivered } from "./replay.ts";
import { reprocessReplay } from "./reprocess-replay.server.ts";
import { nextTryAt } from "./retry.ts";
import { type Attempt, type DueDelivery, sendAttempt } from "./send-attempt.server.ts";

/** A slow receiver holds up a few deliveries, not the capture of webhooks. */
const AT_ONCE = 4;
/** Rings can be lost; nothing waits longer than this for its turn. */
const LOOK_AGAIN_MS = 5_000;

export interface ReplayRunnerOptions extends Pick<AppContext, "db" | "config" | "signals"> {
  readonly now?: () => number;
  readonly onError?: (error: unknown) => void;
}

/**
 * Sends what is due, a few at a time, until stopped. All it knows is in the store, so that a restart goes on where the
 * last process ended: a try that was under way then is made again, with the event's own id for the receiver to notice.
 */
export function startReplayRunner(options: ReplayRunnerOptions): { stop(): Promise<void> } {
  const { db, config, signals, now = Date.now, onError = () => {} } = options;
  const underWay = new Map<string, Promise<void>>();
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  function wake(): void {
    if (abort.signal.aborted) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    clearTimeout(timer);
    looking = look()
      .catch(onError)
      .finally(() => {
        looking = null;
        if (lookAgain) {
          lookAgain = false;
          wake();
        }
      });
  }

  async function look(): Promise<void> {
    await finishReprocessing(db, now);
    const free = AT_ONCE - underWay.size;
    const due = free > 0 ? await findDue(db, { now: now(), not: [...underWay.keys()], limit: free }) : [];
    for (const delivery of due) underWay.set(delivery.deliveryId, send(delivery));
    const next = await nextDueAt(db, [...underWay.keys()]);
    if (abort.signal.aborted) return;
    // With every hand busy there is no hurry: the first one that is done looks again.
    const isBusy = underWay.size >= AT_ONCE;
    const wait = next === null || isBusy ? LOOK_AGAIN_MS : Math.max(0, next - now());
    timer = setTimeout(wake, Math.min(wait, LOOK_AGAIN_MS));
  }

  async function send(delivery: DueDelivery): Promise<void> {
    try {
      const attempt = await sendAttempt(db, config, { delivery, signal: abort.signal, now });
      // What was cut off by our own stop is not the receiver's failure; the next process tries it again.
      if (!abort.signal.aborted || attempt.status !== null) {
        await db.write(recordStatements(db, delivery, attempt, now()));
      }
    } catch (error) {
      onError(error);
    } finally {
      underWay.delete(delivery.deliveryId);
      wake();
    }
  }

  const silence = signals.on("deliveries", wake);
  wake();
  return {
    async stop() {
      abort.abort();
      silence();
      clearTimeout(timer);
      await looking;
      await Promise.all(underWay.values());
    },
  };
}

/** The try and what it means for its delivery, at once. A success counts even when the replay was cancelled meanwhile. */
function recordStatements(db: Database, delivery: DueDelivery, attempt: Attempt, now: number): readonly Statement[] {
  const { attempts, deliveries } = db.tables;
  const { attemptId, at, ...result } = attempt;
  const tries = delivery.attempts + 1;
  const nextAttemptAt = nextTryAt(attempt, { attempts: tries, retryAfterMs: null, now, random: Math.random });
  const delivered = isDelivered(attempt);
  const state = delivered ? "delivered" : nextAttemptAt === null ? "failed" : "waiting";
  const reason = attempt.error && attempt.outcome !== "timeout" ? ` (${attempt.error})` : "";
  const mine = eq(deliveries.deliveryId, delivery.deliveryId);
  return [
    { query: db.read.insert(attempts).values({ attemptId, deliveryId: delivery.deliveryId, at, ...result }), rows: 1 },
    {
      query: db.read
        .update(deliveries)
        .set({ state, attempts: tries, nextAttemptAt, outcome: attemptText(attempt) + reason, updatedAt: now })
        .where(delivered ? mine : and(mine, eq(deliveries.state, "waiting"))),
      rows: "any",
    },
    finishReplayStatement(db, delivery.replayId, now),
  ];
}

/** "Process again here" that a crash interrupted between its order and its end. */
async function finishReprocessing(db: Database, now: () => number): Promise<void> {
  const { replays } = db.tables;
  const unfinished = await db.read
    .select({ replayId: replays.replayId })
    .from(replays)
    .where(and(eq(replays.state, "running"), eq(replays.kind, "reprocess")));
  for (const { replayId } of unfinished) await reprocessReplay(db, replayId, now);
}

async function findDue(
  db: Database,
  { now, not, limit }: { now: number; not: readonly string[]; limit: number },
): Promise<readonly DueDelivery[]> {
  const { deliveries, replays } = db.tables;
  const rows = await db.read
    .select({
      deliveryId: deliveries.deliveryId,
      replayId: deliveries.replayId,
      eventId: deliveries.eventId,
      attempts: deliveries.attempts,
      destinationId: replays.destinationId,
    })
    .from(deliveries)
    .innerJoin(replays, eq(replays.replayId, deliveries.replayId))
    .where(
      and(
        eq(deliveries.state, "waiting"),
        lte(deliveries.nextAttemptAt, now),
        notInArray(deliveries.deliveryId, [...not]),
        eq(replays.state, "running"),
        isNotNull(replays.destinationId),
      ),
    )
    .orderBy(asc(deliveries.nextAttemptAt), asc(deliveries.deliveryId))
    .limit(limit);
  return rows.flatMap(({ destinationId, ...row }) => (destinationId === null ? [] : [{ ...row, destinationId }]));
}

async function nextDueAt(db: Database, not: readonly string[]): Promise<number | null> {
  const { deliveries, replays } = db.tables;
  const [row] = await db.read
    .select({ at: min(deliveries.nextAttemptAt) })
    .from(deliveries)
    .innerJoin(replays, eq(replays.replayId, deliveries.replayId))
    .where(
      and(
        eq(deliveries.state, "waiting"),
        isNotNull(deliveries.nextAttemptAt),
        notInArray(deliveries.deliveryId, [...not]),
        eq(replays.state, "running"),
        eq(replays.kind, "send"),
      ),
    );
  return row?.at ?? null;
}
