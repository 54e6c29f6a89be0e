import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { type BusinessDay, parseDay } from "~/lib/time.ts";
import type { Operator } from "../operators/operator.ts";
import { readAccountingZone } from "./accounting-zone.server.ts";
import { countClasses } from "./count-classes.server.ts";
import { addFigures } from "./figures.ts";
import { listDays } from "./list-days.server.ts";
import { daysOf, parseMonth } from "./month.ts";
import { findPostedAdjustments } from "./posted-adjustments.server.ts";
import { classesOf, type Statement } from "./statement.ts";
import { verifyDay } from "./verify-day.server.ts";

interface Asked {
  readonly environment: Environment;
  /** A day or a month; anything else is answered by `null`. */
  readonly period: string;
  readonly operator: Pick<Operator, "email" | "scope">;
  readonly now: number;
}

export async function makeStatement(
  db: Database,
  { environment, period, operator, now }: Asked,
): Promise<Statement | null> {
  const { scope, email } = operator;
  const asked = daysOfPeriod(period);
  const [from] = asked;
  const to = asked.at(-1);
  if (!from || !to) return null;
  const zone = await readAccountingZone(db);
  const span = { environment, from, to };
  const kind = from === to ? "day" : "month";
  const [days, counts, posted, verified] = await Promise.all([
    listDays(db, scope, { environment, days: asked, zone, now }),
    countClasses(db, scope, span),
    findPostedAdjustments(db, scope, { ...span, side: "by" }),
    kind === "day" ? verifyDay(db, scope, { environment, day: from }) : null,
  ]);
  if (days.length === 0) return null;
  return {
    kind,
    period,
    environment,
    zone,
    days,
    figures: addFigures(days.flatMap((day) => day.figures)),
    posted,
    classes: classesOf(days, counts),
    late: days.reduce((sum, day) => sum + day.late, 0),
    isLimited: scope.businessIds !== null,
    verified,
    madeAt: now,
    madeBy: email,
  };
}

function daysOfPeriod(period: string): readonly BusinessDay[] {
  const day = parseDay(period);
  if (day) return [day];
  const month = parseMonth(period);
  return month ? daysOf(month) : [];
}
