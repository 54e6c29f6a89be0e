import type { GroupFacts, Verdict } from "./group-facts.ts";

/**
 * What a person decides about, as one text: class, difference, and the money on both sides. What becomes of the settlement
 * of a row, or of the time, is no part of it: an accepted difference is not opened again because it was settled.
 */
export function decidedFacts(facts: GroupFacts, verdict: Verdict): string {
  const { request, payments, captures, refunds, disputes, rows } = facts;
  return JSON.stringify([
    verdict.class,
    verdict.difference,
    request && [request.paymentRequestId, request.status, request.currency, request.capturedMinor],
    payments.map((one) => [one.paymentId, one.status, one.currency, one.capturedMinor]),
    captures.map((one) => [one.captureId, one.currency, one.amountMinor ?? one.amountRaw]),
    refunds.map((one) => [one.refundId, one.status, one.currency, one.amountMinor ?? one.amountRaw]),
    disputes.map((one) => one.disputeId),
    rows.map((one) => [
      one.transactionId,
      one.type,
      one.status,
      one.currency,
      one.amountMinor ?? one.amountRaw,
      one.feeMinor,
      one.vatMinor,
      one.link.linkedBy,
    ]),
  ]);
}
