import { desc, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { countExceptions, type ExceptionCounts } from "./exception-counts.server.ts";
import { addFigures, type Figures } from "./figures.ts";
import { findLastMatch, type LastMatch } from "./last-match.server.ts";
import { type DayLine, listDays } from "./list-days.server.ts";
import { daysOf, type Month, monthOf } from "./month.ts";

export interface ReconciliationOverview {
  readonly environment: Environment;
  readonly month: Month;
  readonly zone: string;
  readonly days: readonly DayLine[];
  /** The days together, as frozen where they are closed; what closes adjusted on other days is not in it. */
  readonly figures: readonly Figures[];
  readonly adjustments: readonly Figures[];
  /** `null`: not counted in time. */
  readonly exceptions: ExceptionCounts | null;
  readonly match: LastMatch;
  /** The last month that has any figures; `null` while there are none at all. */
  readonly latest: Month | null;
  /** The sums are of some businesses only. */
  readonly isLimited: boolean;
}

interface Asked {
  readonly environment: Environment;
  readonly month: Month;
  readonly zone: string;
  readonly now: number;
}

export async function readReconciliation(
  db: Database,
  scope: Scope,
  { environment, month, zone, now }: Asked,
): Promise<ReconciliationOverview> {
  const [days, exceptions, match, latest] = await Promise.all([
    listDays(db, scope, { environment, days: daysOf(month), zone, now }),
    countExceptions(db, scope, { environment, now }),
    findLastMatch(db, scope, { environment }),
    latestDay(db, scope, environment),
  ]);
  return {
    environment,
    month,
    zone,
    days,
    figures: addFigures(days.flatMap((day) => day.figures)),
    adjustments: addFigures(days.flatMap((day) => day.adjustments)),
    exceptions,
    match,
    latest: latest && monthOf(latest),
    isLimited: scope.businessIds !== null,
  };
}

async function latestDay(db: Database, scope: Scope, environment: Environment): Promise<BusinessDay | null> {
  if (!scope.environments.includes(environment)) return null;
  const { reconciliationAmounts: table } = db.tables;
  const [row] = await db.read
    .select({ day: table.day })
    .from(table)
    .where(eq(table.environment, environment))
    .orderBy(desc(table.day))
    .limit(1);
  return row?.day ?? null;
}
