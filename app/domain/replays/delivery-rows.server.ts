import type { Database, ReplayState, Statement } from "~/db.server.ts";
import { newId } from "~/lib/ids.ts";
import { leftOutText } from "./replay.ts";
import type { SelectedEvent } from "./selected-events.server.ts";

interface OfReplay {
  readonly replayId: string;
  readonly destinationId: string | null;
  /** Of a cancelled replay, what is written down later is left out as well. */
  readonly state: ReplayState;
  readonly now: number;
}

/** A row for every event, also for those that stay here: the result of each one is told by name. */
export function deliveriesStatement(db: Database, events: readonly SelectedEvent[], replay: OfReplay): Statement {
  const rows = events.map((event) => deliveryOf(event, replay));
  return { query: db.read.insert(db.tables.deliveries).values(rows), rows: rows.length };
}

function deliveryOf(event: SelectedEvent, { replayId, destinationId, state, now }: OfReplay) {
  const leftOut = event.leftOut ?? (state === "cancelled" ? ("stopped" as const) : null);
  return {
    deliveryId: newId("delivery"),
    replayId,
    eventId: event.eventId,
    state: leftOut ? ("left_out" as const) : ("waiting" as const),
    attempts: 0,
    nextAttemptAt: leftOut ? null : now,
    outcome: leftOut ? leftOutText[leftOut] : null,
    updatedAt: now,
    destinationId,
    orderKey: event.paymentRequestId ?? event.primaryId,
    sequence: event.observationId,
  };
}
