import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";

/** As many as are matched in one go; the rest is due at the next look. */
const AT_ONCE = 1_000;

export interface DueGroups {
  readonly groupKeys: readonly string[];
  readonly hasMore: boolean;
}

/** Groups that will be in another class by now though nothing new was told of them. */
export async function findDueGroups(db: Database, environment: Environment, now: number): Promise<DueGroups> {
  const { reconciliationGroups: table } = db.tables;
  const due = await db.read
    .select({ groupKey: table.groupKey })
    .from(table)
    .where(and(eq(table.environment, environment), lte(table.changesAt, now)))
    .orderBy(asc(table.changesAt))
    .limit(AT_ONCE);
  return { groupKeys: due.map(({ groupKey }) => groupKey), hasMore: due.length === AT_ONCE };
}

/** Where nobody imported anything yet, there is nothing to lay beside what was captured. */
export async function isReconciled(db: Database, environment: Environment): Promise<boolean> {
  const { reportRows, reconciliationRuns } = db.tables;
  const [rows, runs] = await Promise.all([
    db.read.select({ one: sql`1` }).from(reportRows).where(eq(reportRows.environment, environment)).limit(1),
    db.read
      .select({ one: sql`1` })
      .from(reconciliationRuns)
      .where(eq(reconciliationRuns.environment, environment))
      .limit(1),
  ]);
  return rows.length > 0 || runs.length > 0;
}
