import { DAY } from "~/lib/time.ts";
import type { ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import { callsForWork, RECONCILIATION_CLASSES } from "~/xendit/reconcile/classes.ts";

/** Exceptions as a work list: what is open, for how long, and what became of the others. Browser-safe. */

export const EXCEPTION_TABS = ["open", "resolved", "all"] as const;
export type ExceptionTab = (typeof EXCEPTION_TABS)[number];

export const tabLabel: Record<ExceptionTab, string> = { open: "Open", resolved: "Resolved", all: "All" };

export const WORK_CLASSES: readonly ReconciliationClass[] = RECONCILIATION_CLASSES.filter(callsForWork);

/** How long ago the money moved. `from` is included, `until` is not; `null` is without end. */
export const AGES = ["lt1d", "1to3d", "3to7d", "gt7d"] as const;
export type Age = (typeof AGES)[number];

export const ageSpan: Record<Age, { readonly label: string; readonly from: number; readonly until: number | null }> = {
  lt1d: { label: "< 24 h", from: 0, until: DAY },
  "1to3d": { label: "1–3 d", from: DAY, until: 3 * DAY },
  "3to7d": { label: "3–7 d", from: 3 * DAY, until: 7 * DAY },
  gt7d: { label: "> 7 d", from: 7 * DAY, until: null },
};

/** Who works on it: the one who asks, nobody, anybody. Any other value is an operator's id. */
export const ASSIGNEE_WORDS = { me: "Me", none: "Nobody", someone: "Anybody" } as const;

/** So many are decided about at once; each of them is answered for. */
export const MOST_AT_ONCE = 200;
export const MOST_COMMENTS = 500;
export const LONGEST_REASON = 300;
export const LONGEST_COMMENT = 2_000;

export type ExceptionRefusal =
  | "absent"
  | "changed"
  | "not_open"
  | "needs_no_work"
  | "not_resolved"
  | "difference_unknown"
  | "no_difference"
  | "no_limit"
  | "above_limit"
  | "assignee_unknown"
  | "assignee_may_not_see"
  | "card_number"
  | "cvn"
  | "too_many_comments"
  | "row_absent"
  | "row_moved"
  | "payment_unknown"
  | "payment_ambiguous"
  | "linked_already"
  | "not_linked";

/** Each reads well after "pr-…: ". */
export const exceptionRefusals: Record<ExceptionRefusal, string> = {
  absent: "It is not here, or not yours to change.",
  changed: "Its facts changed since this page was opened. Look at what it says now; nothing was decided.",
  not_open: "Somebody has resolved it already.",
  needs_no_work: "It calls for nobody's work, so there is nothing to resolve.",
  not_resolved: "It is not resolved, so there is nothing to reopen.",
  difference_unknown: "Its difference is not known, so it cannot be written off. It can be accepted with a reason.",
  no_difference: "It has no difference to write off. It can be accepted with a reason.",
  no_limit: "The rules set no limit for writing off in its currency. It can be accepted with a reason.",
  above_limit: "Its difference is above what the rules let be written off.",
  assignee_unknown: "Nobody who may resolve exceptions here has this name any more.",
  assignee_may_not_see: "This person may not see it: it belongs to a business outside their limits.",
  card_number: "This holds what looks like a card number. Leave it out, or write its last four digits only.",
  cvn: "This holds what looks like a CVN. It may be kept nowhere: leave it out.",
  too_many_comments: `There are ${MOST_COMMENTS} comments on this already.`,
  row_absent: "This row is not in the group any more. Look again; nothing was changed.",
  row_moved: "This row was linked elsewhere meanwhile. Look again; nothing was changed.",
  payment_unknown: "No payment here has this id. Paste any id of it: pr-, py-, cptr-, a reference, an RRN.",
  payment_ambiguous: "More than one payment has this. Paste the payment request's own id, pr-…",
  linked_already: "The row stands with this payment already.",
  not_linked: "Nobody has linked this row by hand.",
};

/** What became of each of several: done, or why not. In the order asked for; none is left out. */
export interface Answers {
  readonly done: readonly string[];
  readonly refused: readonly {
    readonly groupKey: string;
    readonly refusal: ExceptionRefusal;
    readonly detail?: string;
  }[];
}

/** The refusal in words; `detail` names the figure it hangs on. */
export function refusalText({ refusal, detail }: { refusal: ExceptionRefusal; detail?: string }): string {
  return detail === undefined ? exceptionRefusals[refusal] : `${exceptionRefusals[refusal]} ${detail}`;
}

/** The bucket of an instant; what lies ahead is new. */
export function ageOf(occurredAt: number, now: number): Age {
  const passed = now - occurredAt;
  return AGES.find((age) => passed < (ageSpan[age].until ?? Number.POSITIVE_INFINITY)) ?? "gt7d";
}

/** `<digest> <key>`: which facts were on screen goes with what was chosen. */
export function chosenValue({ digest, groupKey }: { readonly digest: string; readonly groupKey: string }): string {
  return `${digest} ${groupKey}`;
}
