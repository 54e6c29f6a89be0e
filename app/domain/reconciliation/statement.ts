import type { Environment } from "~/lib/environment.ts";
import { RECONCILIATION_CLASSES, type ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import type { Adjusted } from "./adjustment.ts";
import type { ClassCount } from "./count-classes.server.ts";
import { addFigures, type Figures } from "./figures.ts";
import type { DayLine } from "./list-days.server.ts";
import type { Verified } from "./verify-day.server.ts";

/** A day or a month on paper. Browser-safe. */
export interface Statement {
  readonly kind: "day" | "month";
  /** `2026-03-10`, `2026-03`. */
  readonly period: string;
  readonly environment: Environment;
  readonly zone: string;
  readonly days: readonly DayLine[];
  readonly figures: readonly Figures[];
  /** What its closes put on record of other days. */
  readonly posted: Adjusted;
  readonly classes: readonly { readonly class: ReconciliationClass; readonly groups: number }[];
  /** Groups that changed after their day was closed. */
  readonly late: number;
  readonly isLimited: boolean;
  /** Of a closed day. */
  readonly verified: Verified | null;
  readonly madeAt: number;
  readonly madeBy: string;
}

/** Every day of it is closed: nothing on it changes any more. */
export function isFrozen({ days }: Pick<Statement, "days">): boolean {
  return days.every((day) => day.closing !== null);
}

/** As frozen where days are closed, as counted now where they are not. */
export function classesOf(days: readonly DayLine[], now: readonly ClassCount[]): Statement["classes"] {
  if (!isFrozen({ days })) return now.map(({ class: one, groups }) => ({ class: one, groups }));
  const groups = (one: ReconciliationClass) => days.reduce((sum, day) => sum + (day.closing?.classes[one] ?? 0), 0);
  return RECONCILIATION_CLASSES.map((one) => ({ class: one, groups: groups(one) })).filter((one) => one.groups > 0);
}

/** Days and adjustments together: what the closes of the period put on record. */
export function onRecord({ days }: Pick<Statement, "days">): readonly Figures[] {
  return addFigures(days.flatMap((day) => (day.closing ? [...day.figures, ...day.adjustments] : [])));
}
