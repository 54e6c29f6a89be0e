import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "./in-business.server.ts";

/** What calls for work, counted up to a hundred: beyond that the figure says no more. */
export interface RailCounts {
  readonly quarantined: number;
}

const ENOUGH = 100;

export async function countRail(
  db: Database,
  scope: Scope,
  { environment }: { environment: Environment },
): Promise<RailCounts> {
  if (!scope.environments.includes(environment)) return { quarantined: 0 };
  const { events } = db.tables;
  const rows = await db.read
    .select({ eventId: events.eventId })
    .from(events)
    .where(
      and(
        eq(events.environment, environment),
        eq(events.state, "quarantined"),
        isNull(events.setAsideAt),
        inBusiness(events.businessId, scope),
      ),
    )
    .limit(ENOUGH);
  return { quarantined: rows.length };
}
