import { type ListFilters, type ParamProblem, parseListParams } from "~/lib/search-params.ts";
import { OPEN_REASONS, QUARANTINE_TABS, type QuarantineTab } from "./quarantine.ts";

/** `replay` names an order to process again whose result is told above the list; it filters nothing. */
const CODES = ["tab", "reason", "replay"] as const;
type QuarantineParam = (typeof CODES)[number];

export interface QuarantineFilters extends Omit<ListFilters<QuarantineParam>, "codes"> {
  readonly tab: QuarantineTab;
  /** Any of them; empty is no filter. */
  readonly reasons: readonly string[];
  readonly replayId: string | null;
}

/** Search params of the work list: `tab reason environment from to sort cursor`. Never throws. */
export function parseQuarantineFilters(
  url: string | URL,
  { zone }: { zone: string },
): { readonly filters: QuarantineFilters; readonly problems: readonly ParamProblem[] } {
  const closed = { tab: QUARANTINE_TABS, reason: OPEN_REASONS };
  const { filters, problems } = parseListParams<QuarantineParam>(url, { codes: CODES, closed, zone });
  const { codes, ...rest } = filters;
  const tab = QUARANTINE_TABS.find((one) => one === codes.tab?.[0]) ?? "open";
  const reasons = (codes.reason ?? []).filter((one) => OPEN_REASONS.some((known) => known === one));
  return { filters: { ...rest, tab, reasons, replayId: codes.replay?.[0] ?? null }, problems };
}
