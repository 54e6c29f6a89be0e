import { setTimeout as wait } from "node:timers/promises";
import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import { healthStatement } from "../destinations/destination-health.server.ts";
import type { DueDelivery } from "./due-deliveries.server.ts";
import { closeCancelledStatement, finishReplayStatement } from "./finish-replay.server.ts";
import { attemptText, isDelivered, isGone, leftOutText } from "./replay.ts";
import { nextTryAt } from "./retry.ts";
import type { Attempt, Turn } from "./send-attempt.server.ts";

/** One write takes so many; what ends meanwhile goes into the next. */
const MOST = 64;
const RETRY_MS = 1_000;

export interface TurnKeeper {
  /** Resolves once the turn is on disk: only then may another take its place. */
  keep(delivery: DueDelivery, turn: Turn): Promise<void>;
  /** Waits for what is being kept. */
  idle(): Promise<void>;
}

interface Options {
  readonly db: Database;
  readonly now: () => number;
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
  /** After it, what cannot be written is given up instead of tried again. */
  readonly signal: AbortSignal;
}

interface Ended {
  readonly delivery: DueDelivery;
  readonly turn: Turn;
  readonly done: () => void;
}

/**
 * Keeps what became of deliveries: those that end while one write is under way share the next. A write that fails is made
 * again until it succeeds, because what was acknowledged and not kept would be sent again.
 */
export function createTurnKeeper({ db, now, random, onError, signal }: Options): TurnKeeper {
  const pending: Ended[] = [];
  let writing: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (pending.length > 0) {
      const batch = pending.splice(0, MOST);
      await store(turnStatements(db, batch, { now: now(), random }));
      for (const { done } of batch) done();
    }
    writing = null;
  }

  async function store(statements: readonly Statement[]): Promise<void> {
    for (;;) {
      try {
        await db.write(statements);
        return;
      } catch (error) {
        onError(error);
        if (signal.aborted) return;
        await wait(RETRY_MS, undefined, { signal }).catch(() => {});
      }
    }
  }

  return {
    keep: (delivery, turn) =>
      new Promise((done) => {
        pending.push({ delivery, turn, done });
        writing ??= drain();
      }),
    idle: async () => {
      await writing;
    },
  };
}

/** The tries, what they mean for their deliveries and replays, and how their destinations are. */
function turnStatements(
  db: Database,
  batch: readonly Ended[],
  { now, random }: { now: number; random: () => number },
): readonly Statement[] {
  const { attempts } = db.tables;
  const tried = batch.flatMap(({ delivery, turn }) =>
    "attempt" in turn ? [{ delivery, attempt: turn.attempt, retryAfterMs: turn.retryAfterMs }] : [],
  );
  const rows = tried.map(({ delivery, attempt }) => ({ deliveryId: delivery.deliveryId, ...attempt }));
  const replayIds = new Set(batch.map(({ delivery }) => delivery.replayId));
  return [
    ...(rows.length > 0 ? [{ query: db.read.insert(attempts).values(rows), rows: rows.length }] : []),
    ...(rows.length > 0 ? [forgetExpunged(db, rows)] : []),
    ...tried.map(({ delivery, ...end }) => deliveryStatement(db, delivery, { ...end, now, random })),
    ...batch.flatMap(({ delivery, turn }) =>
      "leftOut" in turn ? [leftOutStatement(db, delivery, turn.leftOut, now)] : [],
    ),
    ...healthStatements(db, tried),
    ...tried.filter(({ attempt }) => isGone(attempt)).map(({ delivery }) => stopForwarding(db, delivery)),
    ...[...replayIds].flatMap((replayId) => [
      finishReplayStatement(db, replayId, now),
      closeCancelledStatement(db, replayId, now),
    ]),
  ];
}

/** An answer to a body that was expunged while it was on its way may repeat it. */
function forgetExpunged(db: Database, rows: readonly { readonly deliveryId: string }[]): Statement {
  const { attempts, deliveries, events } = db.tables;
  const expunged = db.read
    .select({ deliveryId: deliveries.deliveryId })
    .from(deliveries)
    .innerJoin(events, eq(events.eventId, deliveries.eventId))
    .where(
      and(
        inArray(deliveries.deliveryId, [...new Set(rows.map((row) => row.deliveryId))]),
        isNotNull(events.expungedAt),
      ),
    );
  const query = db.read.update(attempts).set({ responseExcerpt: null }).where(inArray(attempts.deliveryId, expunged));
  return { query, rows: "any" };
}

/** A success counts even when the replay was cancelled meanwhile. */
function deliveryStatement(
  db: Database,
  delivery: DueDelivery,
  end: { attempt: Attempt; retryAfterMs: number | null; now: number; random: () => number },
): Statement {
  const { deliveries } = db.tables;
  const { attempt, now } = end;
  const attempts = delivery.attempts + 1;
  const delivered = isDelivered(attempt);
  const nextAttemptAt = nextTryAt(attempt, { ...end, attempts });
  const state = delivered ? "delivered" : nextAttemptAt === null ? "failed" : "waiting";
  const reason = attempt.error && attempt.outcome !== "timeout" ? ` (${attempt.error})` : "";
  const mine = eq(deliveries.deliveryId, delivery.deliveryId);
  const query = db.read
    .update(deliveries)
    .set({ state, attempts, nextAttemptAt, outcome: attemptText(attempt) + reason, updatedAt: now })
    .where(delivered ? mine : and(mine, eq(deliveries.state, "waiting")));
  return { query, rows: "any" };
}

function leftOutStatement(
  db: Database,
  delivery: DueDelivery,
  reason: keyof typeof leftOutText,
  now: number,
): Statement {
  const { deliveries } = db.tables;
  const query = db.read
    .update(deliveries)
    .set({ state: "left_out", nextAttemptAt: null, outcome: leftOutText[reason], updatedAt: now })
    .where(and(eq(deliveries.deliveryId, delivery.deliveryId), eq(deliveries.state, "waiting")));
  return { query, rows: "any" };
}

/** In the order the tries ended. Of successes in a row only the last one says anything. */
function healthStatements(
  db: Database,
  tried: readonly { readonly delivery: DueDelivery; readonly attempt: Attempt }[],
): readonly Statement[] {
  const said = tried.filter(({ delivery, attempt }, place) => {
    const next = tried.slice(place + 1).find((later) => later.delivery.destinationId === delivery.destinationId);
    return !(isDelivered(attempt) && next && isDelivered(next.attempt));
  });
  return said.map(({ delivery, attempt }) =>
    healthStatement(db, delivery.destinationId, {
      delivered: isDelivered(attempt),
      outcome: attempt.outcome,
      at: attempt.at + attempt.latencyMs,
    }),
  );
}

/** An endpoint that is gone for good gets nothing new either, until somebody turns it on again. */
function stopForwarding(db: Database, { destinationId }: DueDelivery): Statement {
  const { destinations } = db.tables;
  const query = db.read
    .update(destinations)
    .set({ forwards: false })
    .where(and(eq(destinations.destinationId, destinationId), eq(destinations.forwards, true)));
  return { query, rows: "any" };
}
