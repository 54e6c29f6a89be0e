import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { eventsOfAny } from "../webhooks/events-of-any.server.ts";
import type { OtherPayment } from "./other-payment.ts";
import { readOtherPayment } from "./read-other-payment.server.ts";

/** A reusable code may have taken thousands of payments; a page shows the first of them and links to the list. */
export const OTHER_WEBHOOK_CAP = 50;

export interface OtherAsked {
  /** Any id a body carries: `pr-`, `py-`, `cptr-`, or an older product's own. */
  readonly id: string;
  readonly environment: Environment | null;
}

/**
 * The stored webhooks that name an id of a payment that was not made by card (RULES 4: "stored"), or `null` when none
 * does, or none within the scope.
 */
export async function findOtherPayment(db: Database, scope: Scope, asked: OtherAsked): Promise<OtherPayment | null> {
  const { events, observations, bodies } = db.tables;
  const environments = scope.environments.filter((one) => asked.environment === null || one === asked.environment);
  if (environments.length === 0 || asked.id === "") return null;
  const here = inArray(events.environment, [...environments]);
  const rows = await db.read
    .select({
      environment: events.environment,
      eventId: events.eventId,
      eventType: events.eventType,
      state: events.state,
      reason: events.reason,
      receipts: events.receipts,
      firstReceivedAt: events.firstReceivedAt,
      paymentRequestId: events.paymentRequestId,
      paymentId: events.primaryId,
      status: events.status,
      bytes: bodies.bytes,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(
      and(
        inBusiness(events.businessId, scope),
        eventsOfAny(
          db,
          and(here, eq(events.paymentRequestId, asked.id)),
          and(here, eq(events.primaryId, asked.id)),
          inArray(events.observationId, naming(db, environments, asked.id)),
        ),
      ),
    )
    .orderBy(asc(events.firstReceivedAt), asc(events.eventId))
    .limit(OTHER_WEBHOOK_CAP);

  const [first] = rows.filter((row) => row.reason === "other_channel");
  if (!first) return null;
  const own = rows.filter((row) => row.environment === first.environment);
  return {
    id: asked.id,
    environment: first.environment,
    paymentRequestId: onlyOne(own.map((row) => row.paymentRequestId)),
    webhooks: own.map(({ bytes, environment: _, reason: __, paymentRequestId: ___, ...event }) => ({
      ...event,
      told: readOtherPayment(bytes),
    })),
  };
}

/** Captures, and what else an observation names beside its own id. */
function naming(db: Database, environments: readonly Environment[], id: string) {
  const { observationIds } = db.tables;
  return db.read
    .select({ observationId: observationIds.observationId })
    .from(observationIds)
    .where(and(inArray(observationIds.environment, [...environments]), eq(observationIds.value, id)));
}

function onlyOne(ids: readonly (string | null)[]): string | null {
  const [only = null, ...others] = new Set(ids.filter((id) => id !== null));
  return others.length === 0 ? only : null;
}
