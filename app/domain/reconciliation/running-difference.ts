import { type Charge, chargesOf, isRefunded, refundedAt } from "~/xendit/reconcile/charges.ts";
import type { GroupFacts, LinkedRow, RefundFacts } from "~/xendit/reconcile/group-facts.ts";
import { isMoneyRow } from "~/xendit/reconcile/pair-payments.ts";
import { kindOfRow, standingOf } from "~/xendit/reconcile/row-kind.ts";

/** How a difference comes about, line by line, to the minor unit. Pure. */

export interface RunningLine {
  /** "Captured", "Refunded", "Reported paid", "Reported refunded". */
  readonly what: string;
  readonly side: "ours" | "theirs";
  readonly id: string;
  readonly at: number | null;
  /** Signed as it enters the difference; `null` when it does not fit its currency. */
  readonly amount: bigint | null;
  readonly raw: string | null;
  readonly currency: string | null;
  /** The difference after this line; `null` from the first line that cannot be told. */
  readonly after: bigint | null;
}

/** Captured − refunded − reported + reported refunds. In one currency; a line of another cannot be told in it. */
export function runningDifference(facts: GroupFacts, currency: string | null): readonly RunningLine[] {
  const charges = chargesOf(facts);
  const steps = [
    ...charges.map((charge) => chargeLine(facts, charge)),
    ...facts.refunds.filter(isRefunded).map(refundLine),
    ...facts.rows.filter((row) => isMoneyRow(row, facts.rows)).map((row) => rowLine(row, "Reported paid", -1n)),
    ...facts.rows
      .filter((row) => kindOfRow(row) === "refund" && standingOf(row) === "moved")
      .map((row) => rowLine(row, "Reported refunded", 1n)),
  ];
  let after: bigint | null = 0n;
  return steps.map((step) => {
    after = after === null || step.amount === null || step.currency !== currency ? null : after + step.amount;
    return { ...step, after };
  });
}

/** What the report takes back in chargebacks: no part of the difference, and not to be overlooked beside it. */
export function takenBack({
  rows,
}: GroupFacts): readonly { readonly id: string; readonly amount: bigint | null; readonly currency: string | null }[] {
  return rows
    .filter((row) => kindOfRow(row) === "chargeback" && standingOf(row) === "moved")
    .map(({ transactionId: id, amountMinor, currency }) => ({
      id,
      amount: amountMinor === null ? null : -BigInt(Math.abs(amountMinor)),
      currency,
    }));
}

type Step = Omit<RunningLine, "after">;

function chargeLine({ groupKey }: GroupFacts, charge: Charge): Step {
  const { amount, raw, currency, at, from } = charge;
  const words = { capture: "Captured", requested: "Captured, not itemised", unknown: "Captured, amount not told" };
  const id = charge.captureId ?? charge.paymentId ?? groupKey;
  return { what: words[from], side: "ours", id, at, amount: amount === null ? null : BigInt(amount), raw, currency };
}

function refundLine(refund: RefundFacts): Step {
  const { refundId: id, amountMinor, amountRaw: raw, currency } = refund;
  const amount = amountMinor === null ? null : -BigInt(amountMinor);
  return { what: "Refunded", side: "ours", id, at: refundedAt(refund), amount, raw, currency };
}

function rowLine(row: LinkedRow, what: string, sign: bigint): Step {
  const { transactionId: id, amountMinor, amountRaw: raw, currency, createdAt: at } = row;
  const size = amountMinor === null ? null : BigInt(Math.abs(amountMinor));
  return { what, side: "theirs", id, at, amount: size === null ? null : sign * size, raw, currency };
}
