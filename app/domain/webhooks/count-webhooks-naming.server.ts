import { and, eq, inArray, or } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";

const CAP = 100;

/** How many captured events, within the scope, are about an id; at most 100. */
export async function countWebhooksNaming(db: Database, scope: Scope, id: string): Promise<number> {
  if (scope.environments.length === 0) return 0;
  const { events } = db.tables;
  const rows = await db.read
    .select({ eventId: events.eventId })
    .from(events)
    .where(
      and(
        inArray(events.environment, [...scope.environments]),
        or(eq(events.paymentRequestId, id), eq(events.primaryId, id)),
        scope.businessIds === null ? undefined : inArray(events.businessId, [...scope.businessIds]),
      ),
    )
    .limit(CAP);
  return rows.length;
}
