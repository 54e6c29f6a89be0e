import { and, asc, eq, gt, inArray, or, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { NewEvent } from "./forward-rules.ts";

/** A slice is written in one transaction that captures wait for, so it is short. */
export const SLICE = 500;

export interface SlicedEvent extends NewEvent {
  readonly eventId: string;
  /** Its observation: the order of capture. */
  readonly sequence: number;
  readonly orderKey: string | null;
  readonly receivedAt: number;
}

export interface Slice {
  readonly events: readonly SlicedEvent[];
  /** The last observation looked at; `null` when there is none after the cursor. */
  readonly upTo: number | null;
  /** As many as fit: there may be more. */
  readonly isFull: boolean;
}

/** The next observations after a cursor, in order of capture, and what a destination's queue has to know of their events. */
export async function readSlice(
  db: Database,
  { after, destinationId }: { after: number; destinationId: string },
): Promise<Slice> {
  const rows = await sliceQuery(db).execute({ after });
  const found = rows.flatMap(({ event, sequence, masked, replayHeader }) =>
    event === null
      ? []
      : [{ ...event, sequence, masked, orderKey: event.paymentRequestId ?? event.primaryId, replayHeader }],
  );
  const ids = found.map(({ eventId }) => eventId);
  const sent = ids.length > 0 ? await sentBefore(db, { destinationId, eventIds: ids }) : new Set<string>();
  const events = found.map(({ expungedAt, replayHeader, paymentRequestId: _, primaryId: __, ...event }) => ({
    ...event,
    isExpunged: expungedAt !== null,
    cameFromReplay: replayHeader !== null,
    wasSent: sent.has(event.eventId),
  }));
  return { events, upTo: rows.at(-1)?.sequence ?? null, isFull: rows.length === SLICE };
}

/** By the observations' own key alone, filters later: the cursor moves on past what nobody wants, too. */
function sliceQuery(db: Database) {
  return db.prepared("forward slice", (read, { observations, events, receipts }) =>
    read
      .select({
        sequence: observations.observationId,
        masked: observations.masked,
        replayHeader: receipts.replayHeader,
        event: {
          eventId: events.eventId,
          environment: events.environment,
          businessId: events.businessId,
          eventType: events.eventType,
          state: events.state,
          paymentRequestId: events.paymentRequestId,
          primaryId: events.primaryId,
          receivedAt: events.firstReceivedAt,
          expungedAt: events.expungedAt,
        },
      })
      .from(observations)
      .leftJoin(events, eq(events.observationId, observations.observationId))
      .leftJoin(receipts, and(eq(receipts.eventId, events.eventId), eq(receipts.kind, "first")))
      .where(gt(observations.observationId, sql.placeholder("after")))
      .orderBy(asc(observations.observationId))
      .limit(SLICE)
      .prepare(),
  );
}

/** Delivered there by whatever order, or waiting in a queue of forwarded events: from an earlier time of forwarding. */
async function sentBefore(
  db: Database,
  { destinationId, eventIds }: { destinationId: string; eventIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const { deliveries, replays } = db.tables;
  const rows = await db.read
    .select({ eventId: deliveries.eventId })
    .from(deliveries)
    .innerJoin(replays, eq(replays.replayId, deliveries.replayId))
    .where(
      and(
        inArray(deliveries.eventId, [...eventIds]),
        eq(deliveries.destinationId, destinationId),
        or(eq(deliveries.state, "delivered"), and(eq(deliveries.state, "waiting"), eq(replays.kind, "forward"))),
      ),
    );
  return new Set(rows.map(({ eventId }) => eventId));
}
