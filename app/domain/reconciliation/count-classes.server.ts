import { and, between, eq, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { RECONCILIATION_CLASSES, type ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import { inBusiness } from "../overview/in-business.server.ts";

export interface ClassCount {
  readonly class: ReconciliationClass;
  readonly groups: number;
  /** Of them: those somebody still has to look at. */
  readonly open: number;
}

/** The groups of some days by class, in the order of RULES 8; both days included. */
export async function countClasses(
  db: Database,
  scope: Scope,
  { environment, from, to }: { environment: Environment; from: BusinessDay; to: BusinessDay },
): Promise<readonly ClassCount[]> {
  if (!scope.environments.includes(environment)) return [];
  const { reconciliationGroups: table } = db.tables;
  const rows = await db
    .heavy()
    .select({
      class: table.class,
      groups: sql<number>`count(*)`.mapWith(Number),
      open: sql<number>`sum(case when ${table.state} = 'open' then 1 else 0 end)`.mapWith(Number),
    })
    .from(table)
    .where(
      and(eq(table.environment, environment), between(table.day, from, to), inBusiness(table.businessId, scope), alive),
    )
    .groupBy(table.class);
  return rows.sort((a, b) => RECONCILIATION_CLASSES.indexOf(a.class) - RECONCILIATION_CLASSES.indexOf(b.class));
}
