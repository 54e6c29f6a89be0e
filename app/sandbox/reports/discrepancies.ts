import type { Note, ReconciliationClass } from "../../xendit/reconcile/classes.ts";

/** What can be wrong with a report, on purpose: everything that RULES 8 has a class for and a report can hold. */
export const DISCREPANCIES = [
  /** The line is left out. */
  "missing_in_report",
  /** A line of a payment nobody heard of. */
  "missing_in_paydesk",
  /** A second transaction for the same payment. */
  "duplicate_payment",
  "currency_differs",
  "status_differs",
  "amount_differs",
  /** Money taken back for a payment nobody disputed. */
  "charged_back_without_dispute",
  "fee_unexpected",
  "vat_unexpected",
  "settled_late",
  /** A line whose ids are another environment's. */
  "environment_mix",
  /** A line without ids whose reference and amount fit two payments. */
  "ambiguous",
  /** A line of another product. */
  "out_of_scope",
] as const;
export type Discrepancy = (typeof DISCREPANCIES)[number];

export function isDiscrepancy(text: string): text is Discrepancy {
  return (DISCREPANCIES as readonly string[]).includes(text);
}

/** One that was planted, and what it should be found as. */
export interface Planted {
  readonly kind: Discrepancy;
  /** Of the line that was left out, changed or added. */
  readonly transactionId: string;
  /** The payment it is about; `null` when it is none of the sandbox's. */
  readonly paymentId: string | null;
  readonly paymentRequestId: string | null;
  readonly class: ReconciliationClass;
  /** What else will be true because of it, beside what is true of its payment anyway. */
  readonly notes: readonly Note[];
}

/** An id as another environment knows it. */
export interface ElsewhereId {
  readonly paymentId: string;
  readonly paymentRequestId: string | null;
}
