import { type ListFilters, type ParamProblem, parseListParams } from "~/lib/search-params.ts";
import { NOTES, type Note, RECONCILIATION_CLASSES } from "~/xendit/reconcile/classes.ts";
import { AGES, type Age, EXCEPTION_TABS, type ExceptionTab } from "./exception.ts";

const CODES = ["state", "class", "currency", "note", "assignee", "age"] as const;
type ExceptionParam = (typeof CODES)[number];
/** Those with an index of their own. */
export type ExceptionCode = "state" | "class" | "currency" | "assignee";

export interface ExceptionFilters extends Omit<ListFilters<ExceptionParam>, "codes"> {
  readonly tab: ExceptionTab;
  readonly classes: readonly string[];
  readonly currencies: readonly string[];
  readonly notes: readonly Note[];
  /** `me`, `none`, `someone` or operators' ids. */
  readonly assignees: readonly string[];
  readonly ages: readonly Age[];
}

const closed = { state: EXCEPTION_TABS, class: RECONCILIATION_CLASSES, note: NOTES, age: AGES };

/**
 * Search params of the work list: `state class currency note assignee age environment from to q sort cursor`. Days are the
 * accounting zone's, as everywhere in reconciliation. Never throws.
 */
export function parseExceptionFilters(
  url: string | URL,
  { zone }: { zone: string },
): { readonly filters: ExceptionFilters; readonly problems: readonly ParamProblem[] } {
  const { filters, problems } = parseListParams<ExceptionParam>(url, { codes: CODES, closed, zone });
  const { codes, ...rest } = filters;
  const states = codes.state ?? [];
  const tab = EXCEPTION_TABS.find((one) => one === states[0]) ?? "open";
  const oneOf = <Value extends string>(all: readonly Value[], given: readonly string[] | undefined) =>
    all.filter((one) => given?.includes(one));
  const settled: ExceptionFilters = {
    ...rest,
    tab,
    classes: oneOf(RECONCILIATION_CLASSES, codes.class),
    currencies: codes.currency ?? [],
    notes: oneOf(NOTES, codes.note),
    assignees: codes.assignee ?? [],
    ages: oneOf(AGES, codes.age),
  };
  return { filters: settled, problems: [...problems, ...moreProblems(codes)] };
}

/** `none` is a blank code on every list, but these are never blank here; and a tab is one of them. */
function moreProblems(codes: Partial<Record<ExceptionParam, readonly string[]>>): readonly ParamProblem[] {
  const blanks = (["state", "class", "note", "age"] as const).filter((param) => codes[param]?.includes("none"));
  const states = codes.state ?? [];
  return [
    ...blanks.map((param) => ({ param, value: "none", message: "is not a value of this filter" })),
    ...(states.length > 1 ? [{ param: "state", value: states.join(", "), message: "takes one value" }] : []),
  ];
}
