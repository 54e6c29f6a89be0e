import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { heldBack, isWanted } from "./forward-rules.ts";
import type { ForwardingDestination } from "./forwarding-destinations.server.ts";
import { readSlice, type SlicedEvent } from "./read-slice.server.ts";
import {
  findStandingOrders,
  newStandingOrderId,
  type StandingOrder,
  standingOrderStatement,
} from "./standing-orders.server.ts";

export interface Filled {
  /** Deliveries that now wait to be sent. */
  readonly queued: number;
  /** There may be more to put into the queue at once. */
  readonly isBehind: boolean;
}

/**
 * Puts the next slice of what arrived into a destination's queue. Deliveries and the cursor behind them are one write, and
 * the write only happens when the cursor still is where it was read: a crash before it repeats the slice, a crash after it
 * goes on behind it, and two that run at once write it once.
 */
export async function fillQueue(db: Database, destination: ForwardingDestination, now: number): Promise<Filled> {
  const { destinationId, forwardAfter: after } = destination;
  const [slice, orders] = await Promise.all([
    readSlice(db, { after, destinationId }),
    findStandingOrders(db, destinationId),
  ]);
  if (slice.upTo === null) return { queued: 0, isBehind: false };

  const orderOf = (environment: Environment) => orders.find((order) => order.environment === environment);
  const wanted = slice.events.filter(
    (event) => isWanted(event, destination) && event.receivedAt >= (orderOf(event.environment)?.from ?? 0),
  );
  const statements = [
    cursorStatement(db, destination, slice.upTo),
    ...[...new Set(wanted.map((event) => event.environment))].flatMap((environment) => {
      const events = wanted.filter((event) => event.environment === environment);
      return queueStatements(db, { destination, environment, events, order: orderOf(environment), now });
    }),
  ];
  const written = await db.write(statements);
  // Turned off, removed or filled by another meanwhile: whoever did that has looked after the rest.
  if (!written.ok) return { queued: 0, isBehind: false };
  return { queued: wanted.filter((event) => heldBack(event) === null).length, isBehind: slice.isFull };
}

function cursorStatement(
  db: Database,
  { destinationId, forwardAfter }: ForwardingDestination,
  upTo: number,
): Statement {
  const { destinations } = db.tables;
  const query = db.read
    .update(destinations)
    .set({ forwardAfter: upTo })
    .where(
      and(
        eq(destinations.destinationId, destinationId),
        eq(destinations.forwardAfter, forwardAfter),
        eq(destinations.forwards, true),
        eq(destinations.isOn, true),
        isNull(destinations.removedAt),
      ),
    );
  return { query, rows: 1 };
}

interface Queueing {
  readonly destination: ForwardingDestination;
  readonly environment: Environment;
  readonly events: readonly SlicedEvent[];
  readonly order: StandingOrder | undefined;
  readonly now: number;
}

function queueStatements(db: Database, queueing: Queueing): readonly Statement[] {
  const { destination, environment, events, order, now } = queueing;
  const { destinationId } = destination;
  const { deliveries, replays } = db.tables;
  const replayId = order?.replayId ?? newStandingOrderId();
  // An environment that was added later, or whose order was cancelled, gets one with its first event.
  const begin = { replayId, destinationId, environment, orderedBy: destination.createdBy, from: null, now };
  return [
    ...(order ? [] : [standingOrderStatement(db, begin)]),
    {
      query: db.read
        .update(replays)
        .set({ total: sql`${replays.total} + ${events.length}` })
        .where(and(eq(replays.replayId, replayId), inArray(replays.state, ["running", "paused"]))),
      rows: 1,
    },
    {
      query: db.read
        .insert(deliveries)
        .values(events.map((event) => deliveryOf(event, { replayId, destinationId, now }))),
      rows: events.length,
    },
  ];
}

function deliveryOf(
  event: SlicedEvent,
  { replayId, destinationId, now }: Readonly<{ replayId: string; destinationId: string; now: number }>,
) {
  const reason = heldBack(event);
  return {
    deliveryId: newId("delivery"),
    replayId,
    eventId: event.eventId,
    state: reason === null ? ("waiting" as const) : ("left_out" as const),
    attempts: 0,
    nextAttemptAt: reason === null ? now : null,
    outcome: reason,
    updatedAt: now,
    destinationId,
    orderKey: event.orderKey,
    sequence: event.sequence,
  };
}
