import { formatMoney, toMinorUnits } from "../../lib/money.ts";
import { formatDay, parseDay } from "../../lib/time.ts";
import type { ExplanationStep, LinkedBy } from "./classes.ts";

const LINKED: Record<LinkedBy, string> = {
  hand: "by hand",
  payment_id: "on payment id",
  refund_id: "on refund id",
  capture_id: "on capture id",
  payment_request_id: "on payment request id",
  reference: "on reference, amount and currency",
};

type Say = (value: (name: string) => string) => string;

/** One sentence or two for each step. What stands in a step is data; these words are the only ones. */
const SENTENCES = {
  linked: (of) =>
    of("rows") === "1" ? `Matched ${linked(of("by"))}.` : `${of("rows")} rows matched ${linked(of("by"))}.`,
  not_linked: (of) => `${of("row")} leads to no payment here.`,
  kept_apart: (of) => `${of("row")} was linked to no payment, by hand.`,
  other_environment: (of) => `The ids of ${of("row")} are known in ${of("environment")} and not here.`,
  candidates: (of) => `${of("row")} could be of ${of("payments")}. Nothing says which.`,
  same_reference: (of) => `${of("row")} has the reference of ${of("payments")}, but not its ids or amount.`,
  not_card: (of) => `${of("row")} is ${of("what")}: no card payment, refund or chargeback.`,
  amounts_equal: (of) => `Amounts equal: ${of("amount")}.`,
  amounts_differ: (of) => `Captured ${of("captured")}; reported ${of("reported")} in ${of("rows")}.`,
  amounts_not_compared: (of) => `Captured ${of("captured")}; reported ${of("reported")}. They cannot be compared.`,
  currencies_differ: (of) =>
    `Captured ${of("captured")}; reported ${of("reported")} in ${of("rows")}: another currency.`,
  captured_on: (of) => `Captured ${of("day")}; reported ${of("reported")}.`,
  paid_twice: () => "Two payment requests of one session were paid.",
  reported_again: (of) => `${of("row")} reports ${of("amount")} again.`,
  unknown_payment: (of) => `${of("row")} reports ${of("amount")} that nothing here accounts for.`,
  waiting_elsewhere: (of) => `${of("row")} announces ${of("amount")} that nothing here accounts for.`,
  unknown_refund: (of) => `${of("row")} refunds ${of("amount")}; no refund here accounts for it.`,
  unknown_chargeback: (of) => `${of("row")} takes back ${of("amount")} of a payment that is not known here.`,
  capture_overdue: (of) => `Captured ${of("amount")} on ${of("day")}, due by ${of("due")}; no row reports it.`,
  capture_not_due: (of) => `Captured ${of("amount")} on ${of("day")}, due by ${of("due")}; no row reports it yet.`,
  refund_overdue: (of) => `Refunded ${of("amount")} on ${of("day")}, due by ${of("due")}; no row reports it.`,
  refund_not_due: (of) => `Refunded ${of("amount")} on ${of("day")}, due by ${of("due")}; no row reports it yet.`,
  refund_equal: (of) => `Refund of ${of("amount")} reported in ${of("row")}.`,
  refund_differs: (of) => `Refunded ${of("refunded")} here; reported ${of("reported")} in ${of("row")}.`,
  refund_currency: (of) =>
    `Refunded ${of("refunded")} here; reported ${of("reported")} in ${of("row")}: another currency.`,
  refund_status: (of) => `${of("row")} calls the refund ${of("reported")}; here it is ${of("ours")}.`,
  captured_not_reported_so: (of) => `${of("row")} calls the payment ${of("reported")}; captured here: ${of("amount")}.`,
  reported_not_captured: (of) => `${of("row")} reports ${of("amount")} as paid; here it is ${of("ours")}.`,
  status_unknown: (of) => `${of("row")} has a status nobody knows: ${of("reported")}.`,
  no_money: (of) => `${of("row")} is ${of("reported")}: no money moved.`,
  charged_back: (of) => `${of("row")} takes back ${of("amount")}; no dispute is known here.`,
  charged_back_disputed: (of) => `${of("row")} takes back ${of("amount")}; dispute ${of("dispute")} accounts for it.`,
  chargeback_undone: (of) => `${of("row")} is a chargeback that was itself taken back.`,
  other_row: (of) => `${of("row")} is of type ${of("type")} and adds nothing.`,
  cost_as_expected: (of) => `Fee ${of("fee")} and VAT ${of("vat")} as expected.`,
  fee_differs: (of) => `Fee ${of("fee")} in ${of("row")}; expected ${of("expected")}.`,
  vat_differs: (of) => `VAT ${of("vat")} in ${of("row")}; expected ${of("expected")} on the fee.`,
  fee_not_checked: () => "Fee or VAT was not checked: no rate is set for it, or none is told.",
  fee_not_charged: () => "No fee is charged before it settles.",
  settled: (of) => `Settled ${of("day")}, due by ${of("due")}.`,
  settled_late: (of) => `Settled ${of("day")}, due by ${of("due")}: late.`,
  not_settled: (of) => `Not settled yet; due by ${of("due")}.`,
  not_settled_late: (of) => `Not settled, and due by ${of("due")}: late.`,
  amount_untold: (of) => `${of("amount")} in ${of("where")} does not fit a currency and is in no sum.`,
  captured_untold: () => "How much was captured is not known here.",
  tellings_differ: (of) => `Reports tell ${of("row")} differently: ${of("fields")}.`,
} as const satisfies Record<string, Say>;

export type StepName = keyof typeof SENTENCES;

/** The sentence of a step, for screen, CSV and paper alike. */
export function explain({ step, values }: ExplanationStep): string {
  const say: Say | undefined = Object.hasOwn(SENTENCES, step) ? SENTENCES[step as StepName] : undefined;
  // A step of another version of the code is shown as it is rather than not at all.
  if (!say) return `${step}: ${Object.values(values).join(", ")}.`;
  return say((name) => shown(values[name] ?? "?"));
}

function linked(by: string): string {
  return Object.hasOwn(LINKED, by) ? LINKED[by as LinkedBy] : by;
}

/** `10000.00 IDR` and `2024-12-18` are written for people; everything else stands as it is. */
function shown(value: string): string {
  const day = parseDay(value);
  if (day !== null) return formatDay(day);
  const [digits = "", currency = "", ...more] = value.split(" ");
  const minor = more.length === 0 ? toMinorUnits(digits, currency) : null;
  return minor === null ? value : formatMoney({ minor, currency });
}
