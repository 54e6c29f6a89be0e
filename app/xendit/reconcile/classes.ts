/** The classes of RULES 8, in the order in which the first that holds is taken. */
export const RECONCILIATION_CLASSES = [
  "out_of_scope",
  "environment_mix",
  "ambiguous",
  "duplicate_payment",
  "missing_in_paydesk",
  "missing_in_report_overdue",
  "missing_in_report_not_due",
  "currency_differs",
  "status_differs",
  "charged_back_without_dispute",
  "amount_differs",
  "fee_or_vat_unexpected",
  "settled_late",
  "matched",
] as const;
export type ReconciliationClass = (typeof RECONCILIATION_CLASSES)[number];

/** Classes that call for nobody's work. */
const QUIET: ReadonlySet<ReconciliationClass> = new Set(["out_of_scope", "missing_in_report_not_due", "matched"]);

export function callsForWork(one: ReconciliationClass): boolean {
  return !QUIET.has(one);
}

export function isMissingInReport(one: ReconciliationClass): boolean {
  return one === "missing_in_report_overdue" || one === "missing_in_report_not_due";
}

/** Whatever else is true of a group beside its class. A class that holds but was not the first is a note too. */
export const NOTES = [
  "environment_mix",
  "ambiguous",
  "duplicate_payment",
  "missing_in_paydesk",
  "missing_in_report_overdue",
  "missing_in_report_not_due",
  "currency_differs",
  "status_differs",
  "charged_back_without_dispute",
  "amount_differs",
  "fee_or_vat_unexpected",
  "settled_late",
  /** Only Σ captures, not what was requested. */
  "captured_in_part",
  "refunded",
  "charged_back_with_dispute",
  "late_success",
  /** The captured amount is the requested one, because nothing was itemised, or is not known. */
  "not_itemised",
  "captured_unknown",
  /** Fee or VAT could not be checked: no rate is set for its currency. */
  "fee_not_checked",
  /** Reports told the same transaction differently at the same time. */
  "reports_disagree",
  /** An amount has more decimals than its currency; it is in no sum. */
  "amount_not_exact",
  /** An unlinked row that has the reference of a payment of ours. */
  "same_reference",
  "linked_by_hand",
  "linked_by_reference",
  "next_day",
  "not_settled_yet",
] as const;
export type Note = (typeof NOTES)[number];

/** How a row found its payment, in FACTS 8.7's order; `hand` is a person's word and comes before all. */
export const LINKED_BY = ["hand", "payment_id", "refund_id", "capture_id", "payment_request_id", "reference"] as const;
export type LinkedBy = (typeof LINKED_BY)[number];

/** One reason, as data: `explain.ts` has the sentence for each, so that screen, CSV and test say the same. */
export interface ExplanationStep {
  readonly step: string;
  /** What the sentence names: ids, decimals with currency, days. */
  readonly values: Readonly<Record<string, string>>;
}
