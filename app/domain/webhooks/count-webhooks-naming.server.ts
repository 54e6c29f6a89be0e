import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { eventsOfAny } from "./events-of-any.server.ts";

const CAP = 100;

/** How many captured events, within the scope, are about an id; at most 100. */
export async function countWebhooksNaming(db: Database, scope: Scope, id: string): Promise<number> {
  if (scope.environments.length === 0) return 0;
  const { events } = db.tables;
  const here = inArray(events.environment, [...scope.environments]);
  const rows = await db.read
    .select({ eventId: events.eventId })
    .from(events)
    .where(
      and(
        eventsOfAny(db, and(here, eq(events.paymentRequestId, id)), and(here, eq(events.primaryId, id))),
        scope.businessIds === null ? undefined : inArray(events.businessId, [...scope.businessIds]),
      ),
    )
    .limit(CAP);
  return rows.length;
}
