import { calendarOf } from "./calendar.ts";
import { type Charge, chargesOf, isRefunded, refundedAt } from "./charges.ts";
import { createdAt, dayAmounts } from "./day-amounts.ts";
import { countryOf, termsOf } from "./fees.ts";
import { Findings, money } from "./findings.ts";
import type { DayAmounts, GroupFacts, LinkedRow, MatchContext, Verdict } from "./group-facts.ts";
import { judgeCosts } from "./judge-costs.ts";
import { type Judging, judgePayments } from "./judge-payments.ts";
import { judgeChargebacks, judgeLinks, judgeRefunds, judgeUnknown, tellOtherRows } from "./judge-rows.ts";
import { isMoneyRow, type PaymentPairing, pairPayments } from "./pair-payments.ts";
import { pairRefunds } from "./pair-refunds.ts";
import { isCardRow, kindOfRow, standingOf } from "./row-kind.ts";

/** The class of RULES 8, its notes, what it adds to which day, and how it came to that. */
export function classifyGroup(facts: GroupFacts, context: MatchContext): Verdict {
  const charges = chargesOf(facts);
  const currency = currencyOf(facts, charges);
  const country = countryOf(facts.request?.country ?? null, currency);
  const calendar = calendarOf(context);
  const findings = new Findings();
  const judging: Judging = { facts, context, calendar, terms: termsOf(context.rules, country), findings };
  const isInScope = facts.request !== null || facts.rows.some(isCardRow);
  const payments = pairPayments(facts, charges);
  const refunds = pairRefunds(facts);
  if (isInScope) {
    judgeLinks(judging);
    judgePayments(judging, payments);
    judgeRefunds(judging, refunds);
    judgeUnknown(judging, payments, refunds);
    judgeChargebacks(judging);
    judgeCosts(judging, chargesReported(payments));
    noteAmounts(judging, charges);
  } else findings.note("out_of_scope");
  tellOtherRows(judging);

  const amounts = isInScope ? dayAmounts({ facts, charges, payments, refunds, calendar }) : [];
  const occurredAt = firstMoment(facts, charges);
  return {
    ...findings.close(),
    paymentRequestId: facts.request?.paymentRequestId ?? null,
    businessId: facts.request?.businessId ?? null,
    reference: facts.request?.referenceId ?? facts.rows.find(({ reference }) => reference !== null)?.reference ?? null,
    currency,
    day: calendar.dayOf(occurredAt),
    occurredAt,
    ...totalsOf(facts, charges, { amounts, currency, isInScope }),
    rows: facts.rows.length,
    amounts,
  };
}

function currencyOf({ request, rows }: GroupFacts, charges: readonly Charge[]): string | null {
  const told = [...charges.map((charge) => charge.currency), request?.currency, ...rows.map((row) => row.currency)];
  return told.find((currency) => currency !== null && currency !== undefined) ?? null;
}

/** Notes about amounts that are no difference. */
function noteAmounts({ facts, findings }: Judging, charges: readonly Charge[]): void {
  const { request, rows, refunds } = facts;
  if (charges.some(({ from }) => from === "requested")) findings.note("not_itemised");
  if (charges.some(({ from }) => from === "unknown")) findings.find("captured_unknown", "captured_untold");
  if (request?.flags.includes("late_success")) findings.note("late_success");
  if (isInPart(facts, charges)) findings.note("captured_in_part");
  const untold = [
    ...charges
      .filter(({ amount, from }) => amount === null && from !== "unknown")
      .map(({ raw, currency, captureId, paymentId }) => ({ raw, currency, where: captureId ?? paymentId })),
    ...refunds
      .filter((refund) => isRefunded(refund) && refund.amountMinor === null)
      .map(({ amountRaw, currency, refundId }) => ({ raw: amountRaw, currency, where: refundId })),
    ...rows
      .filter((row) => row.amountMinor === null && isSummed(row, rows))
      .map(({ amountRaw, currency, transactionId }) => ({ raw: amountRaw, currency, where: transactionId })),
  ];
  for (const { raw, currency, where } of untold) {
    const values = { ...money({ minor: null, raw, currency }), where: where ?? facts.groupKey };
    findings.find("amount_not_exact", "amount_untold", values);
  }
}

function isInPart({ request }: GroupFacts, charges: readonly Charge[]): boolean {
  if (request === null || charges.length === 0) return false;
  if (request.flags.includes("captured_in_part")) return true;
  const isComparable = charges.every(({ amount, currency }) => amount !== null && currency === request.currency);
  const captured = charges.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  return isComparable && request.amountMinor !== null && captured < request.amountMinor;
}

/** Whether a row's amount is part of a sum, when it is told. */
function isSummed(row: LinkedRow, rows: readonly LinkedRow[]): boolean {
  return (
    isMoneyRow(row, rows) || (kindOfRow(row) !== "other" && kindOfRow(row) !== "payment" && standingOf(row) === "moved")
  );
}

/** The first capture a row is about. */
function chargesReported({ pairs, extras }: PaymentPairing): (row: LinkedRow) => Charge | null {
  return (row) => [...pairs, ...extras].find(({ rows }) => rows.includes(row))?.charges[0] ?? null;
}

/** First capture, else first refund, else the earliest row. */
function firstMoment({ refunds, rows }: GroupFacts, charges: readonly Charge[]): number {
  const [charge] = charges;
  if (charge) return charge.at;
  const moments = refunds.filter(isRefunded).map(refundedAt);
  const times = moments.length > 0 ? moments : rows.map(createdAt);
  return times.length === 0 ? 0 : Math.min(...times);
}

/** `null` for what cannot be told: amounts that are in no sum, or money of more than one currency. */
function totalsOf(
  { rows, refunds }: GroupFacts,
  charges: readonly Charge[],
  of: { readonly amounts: readonly DayAmounts[]; readonly currency: string | null; readonly isInScope: boolean },
): Pick<Verdict, "captured" | "reported" | "difference"> {
  if (!of.isInScope) return { captured: null, reported: null, difference: null };
  const own = of.amounts.filter(({ currency }) => currency === of.currency);
  const total = (name: "captured" | "refunded" | "reported" | "reportedRefunds") =>
    own.reduce((sum, amounts) => sum + amounts[name], 0);
  const isCaptureTold = charges.every(({ amount, currency }) => amount !== null && currency === of.currency);
  const summed = rows.filter((row) => isSummed(row, rows) && kindOfRow(row) !== "chargeback");
  const payments = summed.filter((row) => kindOfRow(row) === "payment");
  const isTold = (row: LinkedRow) => row.amountMinor !== null && row.currency === of.currency;
  const isRefundTold = refunds.every(
    (refund) => !isRefunded(refund) || (refund.amountMinor !== null && refund.currency === of.currency),
  );
  const isWhole = isCaptureTold && isRefundTold && summed.every(isTold);
  return {
    captured: isCaptureTold ? total("captured") : null,
    reported: payments.every(isTold) ? total("reported") : null,
    difference: isWhole ? total("captured") - total("refunded") - (total("reported") - total("reportedRefunds")) : null,
  };
}
