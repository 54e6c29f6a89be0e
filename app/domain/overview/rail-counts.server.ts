import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { countMissingWebhooks } from "~/domain/radar/read-radar.server.ts";
import { countOpenDrift } from "~/domain/webhooks/drift/list-drift.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "./in-business.server.ts";

/** What calls for work, counted up to a hundred: beyond that the figure says no more. */
export interface RailCounts {
  readonly quarantined: number;
  /** Payments of the last thirty days whose webhook is overdue. */
  readonly missing: number;
  /** Fields of incoming events that changed, and nobody has looked. */
  readonly drift: number;
  /** Of reconciliation, for those who may read it. */
  readonly exceptions: number;
}

interface Asked {
  readonly environment: Environment;
  readonly now: number;
  /** May read reconciliation there. */
  readonly isReconciler?: boolean;
}

const ENOUGH = 100;

export async function countRail(
  db: Database,
  scope: Scope,
  { environment, now, isReconciler = false }: Asked,
): Promise<RailCounts> {
  if (!scope.environments.includes(environment)) return { quarantined: 0, missing: 0, drift: 0, exceptions: 0 };
  const { events } = db.tables;
  const quarantined = db.read
    .select({ eventId: events.eventId })
    .from(events)
    .where(
      and(
        eq(events.environment, environment),
        eq(events.state, "quarantined"),
        isNull(events.setAsideAt),
        isNull(events.expungedAt),
        inBusiness(events.businessId, scope),
      ),
    )
    .limit(ENOUGH);
  const [rows, missing, drift, exceptions] = await Promise.all([
    quarantined,
    countMissingWebhooks(db, scope, { environment, now }),
    countOpenDrift(db, scope, { environment }),
    isReconciler ? countOpenExceptions(db, scope, { environment }) : 0,
  ]);
  return { quarantined: rows.length, missing, drift, exceptions };
}

async function countOpenExceptions(db: Database, scope: Scope, { environment }: { environment: Environment }) {
  const { reconciliationGroups: table } = db.tables;
  const rows = await db.read
    .select({ groupKey: table.groupKey })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.state, "open"), inBusiness(table.businessId, scope)))
    .limit(ENOUGH);
  return rows.length;
}
