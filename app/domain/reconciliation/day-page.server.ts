import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { type BusinessDay, dayRange } from "~/lib/time.ts";
import type { Adjusted } from "./adjustment.ts";
import { type ClassCount, countClasses } from "./count-classes.server.ts";
import { findLastMatch, type LastMatch } from "./last-match.server.ts";
import { findLateChanges } from "./late-changes.server.ts";
import { type DayLine, listDays } from "./list-days.server.ts";
import { findPostedAdjustments } from "./posted-adjustments.server.ts";
import { isDayReported } from "./report-coverage.server.ts";

export interface DayPage {
  readonly environment: Environment;
  readonly zone: string;
  readonly line: DayLine;
  /** When it is over. */
  readonly until: number;
  readonly classes: readonly ClassCount[];
  readonly match: LastMatch;
  readonly isLimited: boolean;
  /** Whether a report that was read covers it; `null` where that is not told. */
  readonly isReported: boolean | null;
  /** Of a closed day: what changed since. Of an open one: what closing it would put on record of days closed before. */
  readonly late: Adjusted;
  /** What closing it put on record of days closed before. */
  readonly posted: Adjusted;
  /** What later closes put on record of it. */
  readonly adjustedLater: Adjusted;
}

interface Asked {
  readonly environment: Environment;
  readonly day: BusinessDay;
  readonly zone: string;
  readonly now: number;
  /** Where each list by name goes on. */
  readonly after: { readonly late: string | null; readonly posted: string | null; readonly later: string | null };
}

export async function readDay(
  db: Database,
  scope: Scope,
  { environment, day, zone, now, after }: Asked,
): Promise<DayPage | null> {
  const [line] = await listDays(db, scope, { environment, days: [day], zone, now });
  if (!line) return null;
  const posted = { environment, from: day, to: day };
  const isClosed = line.closing !== null;
  const [classes, match, late, by, of, isReported] = await Promise.all([
    countClasses(db, scope, posted),
    findLastMatch(db, scope, { environment }),
    findLateChanges(db, scope, { environment, day: isClosed ? day : null, after: after.late }),
    findPostedAdjustments(db, scope, { ...posted, side: "by", after: after.posted }),
    findPostedAdjustments(db, scope, { ...posted, side: "of", after: after.later }),
    isDayReported(db, scope, { environment, day, zone }),
  ]);
  return {
    environment,
    zone,
    line,
    until: dayRange(day, zone).until,
    classes,
    match,
    isLimited: scope.businessIds !== null,
    isReported,
    late,
    posted: by,
    adjustedLater: of,
  };
}
