import type { Tone } from "../codes/reading.ts";
import type { Note, ReconciliationClass } from "./classes.ts";

/** How a class or a note reads on screen, in exports and on paper. */
export interface ClassText {
  readonly label: string;
  /** One sentence. */
  readonly explanation: string;
  readonly tone: Tone;
}

/** Those that a group has as its class, or as a note when another came first. */
const shared = {
  environment_mix: {
    label: "Environment mix",
    explanation: "A row's ids are known in another environment: a report was imported here that belongs there.",
    tone: "bad",
  },
  ambiguous: {
    label: "Ambiguous",
    explanation: "A row could belong to more than one payment, and a person has to say to which.",
    tone: "look",
  },
  duplicate_payment: {
    label: "Duplicate payment",
    explanation: "The same payment is reported as paid twice, or two requests of one session were paid.",
    tone: "bad",
  },
  missing_in_paydesk: {
    label: "Missing in Paydesk",
    explanation: "Xendit reports money that nothing captured here accounts for.",
    tone: "bad",
  },
  missing_in_report_overdue: {
    label: "Missing in report, overdue",
    explanation: "Money moved here, no row reports it, and the time in which it should have settled has passed.",
    tone: "bad",
  },
  missing_in_report_not_due: {
    label: "Missing in report, not due",
    explanation: "Money moved here and no row reports it yet; the time in which it should settle has not passed.",
    tone: "waiting",
  },
  currency_differs: {
    label: "Currency differs",
    explanation: "A row's currency is not that of the money it is about, so their amounts cannot be compared.",
    tone: "bad",
  },
  status_differs: {
    label: "Status differs",
    explanation: "The report says of a payment or refund what its status here does not.",
    tone: "bad",
  },
  charged_back_without_dispute: {
    label: "Charged back without dispute",
    explanation: "The report takes money back, and no dispute is known here.",
    tone: "bad",
  },
  amount_differs: {
    label: "Amount differs",
    explanation: "What was captured or refunded here is not what the report says.",
    tone: "bad",
  },
  fee_or_vat_unexpected: {
    label: "Fee or VAT unexpected",
    explanation: "The amounts are equal; fee or VAT is not what the rules expect.",
    tone: "look",
  },
  settled_late: {
    label: "Settled late",
    explanation: "All amounts are equal; it settled, or has still to settle, after the day it was due.",
    tone: "look",
  },
} as const satisfies Partial<Record<ReconciliationClass & Note, ClassText>>;

export const classText: Record<ReconciliationClass, ClassText> = {
  ...shared,
  out_of_scope: {
    label: "Out of scope",
    explanation: "Not a card payment, refund or chargeback, and about no payment of ours.",
    tone: "unknown",
  },
  matched: {
    label: "Matched",
    explanation: "Every amount, status and day is as it should be, to the minor unit.",
    tone: "good",
  },
};

export const noteText: Record<Note, ClassText> = {
  ...shared,
  captured_in_part: {
    label: "Captured in part",
    explanation: "Less was captured than was requested; what was captured is what is compared.",
    tone: "waiting",
  },
  refunded: {
    label: "Refunded",
    explanation: "Some or all of it was refunded, by our account or the report's.",
    tone: "waiting",
  },
  charged_back_with_dispute: {
    label: "Charged back with dispute",
    explanation: "The report takes money back, and a dispute here accounts for it.",
    tone: "bad",
  },
  late_success: {
    label: "Late success",
    explanation: "It succeeded although it had also been reported failed, voided or expired.",
    tone: "look",
  },
  not_itemised: {
    label: "Not itemised",
    explanation: "No capture was itemised; the requested amount is taken as captured.",
    tone: "look",
  },
  captured_unknown: {
    label: "Captured amount unknown",
    explanation: "It was captured by hand and no capture was itemised, so how much is not known here.",
    tone: "look",
  },
  fee_not_checked: {
    label: "Fee not checked",
    explanation: "Fee or VAT was not checked: no rate is set for its channel and currency, or none is told.",
    tone: "unknown",
  },
  reports_disagree: {
    label: "Reports disagree",
    explanation: "Reports of the same time tell one of its transactions differently; the first by source is taken.",
    tone: "look",
  },
  amount_not_exact: {
    label: "Amount not exact",
    explanation: "An amount does not fit its currency, or is told without one; it is in no sum.",
    tone: "look",
  },
  same_reference: {
    label: "Same reference",
    explanation: "A row that leads to no payment of ours by its ids has the reference of one.",
    tone: "look",
  },
  linked_by_hand: {
    label: "Linked by hand",
    explanation: "A person said which payment a row belongs to.",
    tone: "unknown",
  },
  linked_by_reference: {
    label: "Linked by reference",
    explanation: "A row without ids was linked by reference, amount and currency.",
    tone: "look",
  },
  next_day: {
    label: "Next day",
    explanation:
      "It is reported on another day of the accounting zone than it was captured; it counts on the day of the capture.",
    tone: "unknown",
  },
  not_settled_yet: {
    label: "Not settled yet",
    explanation: "It is reported as paid and has still to settle; its time has not passed.",
    tone: "waiting",
  },
};
