import type { ReconciliationClass } from "~/xendit/reconcile/classes.ts";

/** What other rules would come to. Browser-safe. */

export interface PreviewedGroup {
  readonly groupKey: string;
  readonly reference: string | null;
  readonly before: ReconciliationClass | null;
  readonly after: ReconciliationClass | null;
  readonly currency: string | null;
  readonly difference: number | null;
}

export interface PreviewedList {
  readonly count: number;
  /** The first of them by name, at most `NAMED_IN_PREVIEW`. */
  readonly named: readonly PreviewedGroup[];
}

export interface RulePreview {
  /** Groups that were tried. */
  readonly groups: number;
  readonly newlyMatched: PreviewedList;
  readonly noLongerMatched: PreviewedList;
  readonly stillUnmatched: PreviewedList;
  /** Between classes that call for no work. */
  readonly otherwise: PreviewedList;
}

export const NAMED_IN_PREVIEW = 100;
