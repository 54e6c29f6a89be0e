import { and, eq, exists, inArray, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import type { Database, Reader, Tables } from "~/db.server.ts";
import type { DeliveryTarget } from "../destinations/delivery-target.server.ts";
import type { LeftOutReason } from "./replay.ts";

/** As much of a destination as decides what it gets. */
export type Taker = Pick<DeliveryTarget, "destinationId" | "environments" | "businessIds" | "eventTypes">;

interface Asked {
  /** `null`: process again here. */
  readonly taker: Taker | null;
  readonly includesDelivered: boolean;
}

/**
 * Why an event stays here, as SQL beside `events` and `observations`; null when it goes. The first reason that holds. One
 * expression for the plan that counts, the sample that is shown and the order that is written, so that they agree.
 */
export function leftOutExpression(db: Database, { taker, includesDelivered }: Asked): SQL<LeftOutReason | null> {
  const { events, observations } = db.tables;
  // Processing again reads what is stored, whatever it is; only sending has something to protect.
  if (taker === null) return cases([["expunged", isNotNull(events.expungedAt)]]);
  return cases([
    ["expunged", isNotNull(events.expungedAt)],
    ["masked", eq(observations.masked, true)],
    ["came_from_a_replay", cameFromReplay(db.read, db.tables)],
    ["other_business", taker.businessIds === null ? undefined : otherBusiness(db.tables, taker.businessIds)],
    ["type_not_taken", taker.eventTypes === null ? undefined : not(inArray(events.eventType, [...taker.eventTypes]))],
    ["already_delivered", includesDelivered ? undefined : deliveredTo(db.read, db.tables, taker.destinationId)],
  ]);
}

/** The same destination already answered 2xx to it. */
export function deliveredTo(reader: Reader, { deliveries, events }: Tables, destinationId: string): SQL {
  return exists(
    reader
      .select({ one: sql`1` })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.eventId, events.eventId),
          eq(deliveries.destinationId, destinationId),
          eq(deliveries.state, "delivered"),
        ),
      ),
  );
}

function cameFromReplay(reader: Reader, { receipts, events }: Tables): SQL {
  return exists(
    reader
      .select({ one: sql`1` })
      .from(receipts)
      .where(and(eq(receipts.eventId, events.eventId), eq(receipts.kind, "first"), isNotNull(receipts.replayHeader))),
  );
}

function otherBusiness({ events }: Tables, businessIds: readonly string[]): SQL | undefined {
  return or(isNull(events.businessId), not(inArray(events.businessId, [...businessIds])));
}

function cases(reasons: readonly (readonly [LeftOutReason, SQL | undefined])[]): SQL<LeftOutReason | null> {
  const whens = reasons.flatMap(([reason, condition]) => (condition ? [sql`when ${condition} then ${reason}`] : []));
  return sql<LeftOutReason | null>`case ${sql.join(whens, sql` `)} else null end`;
}
