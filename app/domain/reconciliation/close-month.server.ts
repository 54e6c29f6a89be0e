import { and, between, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { type CloseDay, closeDay } from "./close-day.server.ts";
import type { CloseRefusal } from "./closing.ts";
import { daysOf, type Month } from "./month.ts";

export interface MonthClosed {
  /** In order. */
  readonly closed: readonly BusinessDay[];
  /** Where it stopped, and why; days before it stay closed. */
  readonly stopped: { readonly day: BusinessDay; readonly refusal: CloseRefusal; readonly detail?: string } | null;
}

/** Closes the days of a month that are not closed yet, in order, each on its own: what is done stays done. */
export async function closeMonth(
  db: Database,
  { month, ...order }: Omit<CloseDay, "day"> & { readonly month: Month },
): Promise<MonthClosed> {
  const days = daysOf(month);
  const { closedDays } = db.tables;
  const rows = await db.read
    .select({ day: closedDays.day })
    .from(closedDays)
    .where(
      and(
        eq(closedDays.environment, order.environment),
        between(closedDays.day, days[0] as BusinessDay, days.at(-1) as BusinessDay),
      ),
    );
  const before = new Set(rows.map(({ day }) => day));
  const closed: BusinessDay[] = [];
  for (const day of days.filter((one) => !before.has(one))) {
    const result = await closeDay(db, { ...order, day });
    if (result.ok) closed.push(day);
    // Closed by somebody else meanwhile is closed all the same.
    else if (result.refusal !== "closed_before") {
      return { closed, stopped: { day, refusal: result.refusal, detail: result.detail } };
    }
  }
  return { closed, stopped: null };
}
