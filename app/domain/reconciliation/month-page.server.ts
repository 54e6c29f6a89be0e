import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { Adjusted } from "./adjustment.ts";
import { type ClassCount, countClasses } from "./count-classes.server.ts";
import { addFigures, type Figures } from "./figures.ts";
import { findLastMatch, type LastMatch } from "./last-match.server.ts";
import { findLateChanges } from "./late-changes.server.ts";
import { type DayLine, listDays } from "./list-days.server.ts";
import { daysOf, firstDay, lastDay, type Month } from "./month.ts";
import { findPostedAdjustments } from "./posted-adjustments.server.ts";

export interface MonthPage {
  readonly environment: Environment;
  readonly month: Month;
  readonly zone: string;
  readonly days: readonly DayLine[];
  readonly figures: readonly Figures[];
  readonly classes: readonly ClassCount[];
  readonly match: LastMatch;
  readonly isLimited: boolean;
  /** What its closes put on record of days closed before. */
  readonly posted: Adjusted;
  /** Changes of closed days, of any month, that the next close takes up. */
  readonly late: Adjusted;
}

interface Asked {
  readonly environment: Environment;
  readonly month: Month;
  readonly zone: string;
  readonly now: number;
  readonly after: { readonly late: string | null; readonly posted: string | null };
}

export async function readMonth(
  db: Database,
  scope: Scope,
  { environment, month, zone, now, after }: Asked,
): Promise<MonthPage | null> {
  const span = { environment, from: firstDay(month), to: lastDay(month) };
  const [days, classes, match, posted, late] = await Promise.all([
    listDays(db, scope, { environment, days: daysOf(month), zone, now }),
    countClasses(db, scope, span),
    findLastMatch(db, scope, { environment }),
    findPostedAdjustments(db, scope, { ...span, side: "by", after: after.posted }),
    findLateChanges(db, scope, { environment, day: null, after: after.late }),
  ]);
  if (days.length === 0) return null;
  const figures = addFigures(days.flatMap((day) => day.figures));
  const isLimited = scope.businessIds !== null;
  return { environment, month, zone, days, figures, classes, match, isLimited, posted, late };
}
