import { classText } from "~/xendit/reconcile/class-words.ts";
import type { ExplanationStep, ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import { explain, type StepName } from "~/xendit/reconcile/explain.ts";

/** The steps that bring a group into its class, those that say most first. */
const DECIDING: Record<ReconciliationClass, readonly StepName[]> = {
  out_of_scope: ["not_card"],
  environment_mix: ["other_environment"],
  ambiguous: ["candidates"],
  duplicate_payment: ["reported_again", "paid_twice"],
  missing_in_paydesk: ["unknown_payment", "unknown_refund", "unknown_chargeback", "waiting_elsewhere"],
  missing_in_report_overdue: ["capture_overdue", "refund_overdue"],
  missing_in_report_not_due: ["capture_not_due", "refund_not_due"],
  currency_differs: ["currencies_differ", "refund_currency"],
  status_differs: ["captured_not_reported_so", "reported_not_captured", "refund_status", "status_unknown"],
  charged_back_without_dispute: ["charged_back"],
  amount_differs: ["amounts_differ", "refund_differs"],
  fee_or_vat_unexpected: ["fee_differs", "vat_differs"],
  settled_late: ["settled_late", "not_settled_late"],
  matched: ["amounts_equal", "refund_equal"],
};

interface Explained {
  readonly class: ReconciliationClass;
  readonly explanation: readonly ExplanationStep[];
}

/** The one sentence that says why a group is in its class, with its own figures; the class's own where no step does. */
export function decidingSentence({ class: one, explanation }: Explained): string {
  for (const step of DECIDING[one]) {
    const found = explanation.find((each) => each.step === step);
    if (found) return explain(found);
  }
  return classText[one].explanation;
}

export interface Suggestion {
  readonly transactionId: string;
  readonly paymentRequestIds: readonly string[];
}

/** Payments that a row could be of, by what the match found: for a person to choose from. */
export function suggestedPayments(explanation: readonly ExplanationStep[]): readonly Suggestion[] {
  return explanation.flatMap(({ step, values }) => {
    if (step !== ("candidates" satisfies StepName) && step !== ("same_reference" satisfies StepName)) return [];
    const ids = (values.payments ?? "").split(/ or |, /).filter((id) => id.startsWith("pr-"));
    return values.row && ids.length > 0 ? [{ transactionId: values.row, paymentRequestIds: ids }] : [];
  });
}
