import { and, eq, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { isDeadline } from "~/lib/is-deadline.ts";
import type { Scope } from "~/lib/scope.ts";
import type { ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { AGES, type Age, ageSpan } from "./exception.ts";

export interface ExceptionCounts {
  readonly open: number;
  /** Of the open ones, most frequent first. */
  readonly classes: readonly { readonly class: ReconciliationClass; readonly count: number }[];
  readonly ages: Readonly<Record<Age, number>>;
}

/** How long a page waits for figures above its list. */
const DEADLINE_MS = 3_000;

/** How many exceptions are open, by class and by age: of all, whatever the list is filtered by. `null`: not counted in time. */
export async function countExceptions(
  db: Database,
  scope: Scope,
  { environment, now }: { environment: Environment; now: number },
): Promise<ExceptionCounts | null> {
  const none = { open: 0, classes: [], ages: { lt1d: 0, "1to3d": 0, "3to7d": 0, gt7d: 0 } };
  if (!scope.environments.includes(environment)) return none;
  const { reconciliationGroups: table } = db.tables;
  const age = sql<Age>`case ${sql.join(
    AGES.flatMap((one) => {
      const { until } = ageSpan[one];
      return until === null ? [] : [sql`when ${table.occurredAt} > ${now - until} then ${one}`];
    }),
    sql` `,
  )} else 'gt7d' end`;
  try {
    const rows = await db
      .heavy({ deadlineMs: DEADLINE_MS })
      .select({
        class: table.class,
        age: age.as("age"),
        count: sql<number>`count(*)`.mapWith(Number),
      })
      .from(table)
      .where(
        and(alive, eq(table.environment, environment), eq(table.state, "open"), inBusiness(table.businessId, scope)),
      )
      .groupBy(table.class, sql`age`);
    return sumUp(rows);
  } catch (error) {
    if (isDeadline(error)) return null;
    throw error;
  }
}

interface Counted {
  readonly class: ReconciliationClass;
  readonly age: Age;
  readonly count: number;
}

function sumUp(rows: readonly Counted[]): ExceptionCounts {
  const sum = (some: readonly Counted[]) => some.reduce((total, { count }) => total + count, 0);
  const classes = [...new Set(rows.map((row) => row.class))]
    .map((one) => ({ class: one, count: sum(rows.filter((row) => row.class === one)) }))
    .sort((a, b) => b.count - a.count);
  const of = (age: Age) => sum(rows.filter((row) => row.age === age));
  return {
    open: sum(rows),
    classes,
    ages: { lt1d: of("lt1d"), "1to3d": of("1to3d"), "3to7d": of("3to7d"), gt7d: of("gt7d") },
  };
}
