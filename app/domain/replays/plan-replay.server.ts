import { and, asc, eq, exists, inArray, isNotNull, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { findDestination, mayAddForLive } from "../destinations/destination-queries.server.ts";
import { type LeftOutReason, MAX_EVENTS, type ReplayRefusal } from "./replay.ts";

export interface PlannedEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly paymentRequestId: string | null;
  readonly firstReceivedAt: number;
  readonly leftOut: LeftOutReason | null;
  /** This destination already answered 2xx to it. */
  readonly alreadyDelivered: boolean;
}

export interface ReplayPlan {
  readonly environment: Environment;
  /** `null` for "process again here". */
  readonly destination: { readonly destinationId: string; readonly name: string; readonly url: string } | null;
  /** In order of arrival, which is the order they are sent in. */
  readonly events: readonly PlannedEvent[];
}

/** What would happen, exactly: which events, where to, which were there before, which stay here and why. */
export async function planReplay(
  db: Database,
  scope: Scope,
  asked: { readonly eventIds: readonly string[]; readonly destinationId: string | null },
): Promise<Result<ReplayPlan, ReplayRefusal>> {
  const eventIds = [...new Set(asked.eventIds)];
  if (eventIds.length === 0) return refused("no_events");
  if (eventIds.length > MAX_EVENTS) return refused("too_many");
  const destination = asked.destinationId === null ? null : await findDestination(db, asked.destinationId);
  if (asked.destinationId !== null && !destination) return refused("destination_not_found");

  const found = await findEvents(db, scope, eventIds);
  if (found.length !== eventIds.length) return refused("event_not_found");
  const [environment, ...others] = new Set(found.map((event) => event.environment));
  if (environment === undefined || others.length > 0) return refused("mixed_environments");

  const notForLive = destination && environment === "live" && !(await mayAddForLive(db, destination.createdBy));
  const delivered = destination ? await deliveredTo(db, destination.destinationId, eventIds) : new Set<string>();
  const events = found.map(({ masked, cameFromReplay, environment: _, ...event }) => ({
    ...event,
    // Processing again reads what is stored, whatever it is; only sending has something to protect.
    leftOut: destination ? leftOutFor({ notForLive, masked, cameFromReplay: Boolean(cameFromReplay) }) : null,
    alreadyDelivered: delivered.has(event.eventId),
  }));
  return ok({ environment, destination: destination && shown(destination), events });
}

function shown({ destinationId, name, url }: NonNullable<ReplayPlan["destination"]>) {
  return { destinationId, name, url };
}

function leftOutFor(event: {
  notForLive: boolean | null;
  masked: boolean;
  cameFromReplay: boolean;
}): LeftOutReason | null {
  if (event.notForLive) return "not_for_live";
  if (event.masked) return "masked";
  return event.cameFromReplay ? "came_from_a_replay" : null;
}

async function findEvents(db: Database, scope: Scope, eventIds: readonly string[]) {
  const { events, observations, receipts } = db.tables;
  const viaReplay = db.read
    .select({ one: sql`1` })
    .from(receipts)
    .where(and(eq(receipts.eventId, events.eventId), eq(receipts.kind, "first"), isNotNull(receipts.replayHeader)));
  return db.read
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      environment: events.environment,
      paymentRequestId: events.paymentRequestId,
      firstReceivedAt: events.firstReceivedAt,
      masked: observations.masked,
      cameFromReplay: sql<number>`${exists(viaReplay)}`,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .where(
      and(
        inArray(events.eventId, [...eventIds]),
        inArray(events.environment, [...scope.environments]),
        scope.businessIds === null ? undefined : inArray(events.businessId, [...scope.businessIds]),
      ),
    )
    .orderBy(asc(events.firstReceivedAt), asc(events.eventId));
}

async function deliveredTo(
  db: Database,
  destinationId: string,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { deliveries, replays } = db.tables;
  const rows = await db.read
    .selectDistinct({ eventId: deliveries.eventId })
    .from(deliveries)
    .innerJoin(replays, eq(replays.replayId, deliveries.replayId))
    .where(
      and(
        inArray(deliveries.eventId, [...eventIds]),
        eq(replays.destinationId, destinationId),
        eq(deliveries.state, "delivered"),
      ),
    );
  return new Set(rows.map((row) => row.eventId));
}
