import { type Json, type JsonObject, jsonNumber } from "./json.ts";
import type { Envelope } from "./payment-bodies.ts";

export interface RefundFacts {
  readonly businessId: string;
  readonly refundId: string;
  readonly paymentRequestId: string;
  readonly currency: string;
  readonly amount: string;
  readonly status: "PENDING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly reason: string;
  readonly referenceId: string;
  readonly failureCode: string | null;
  readonly metadata: Json;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stringAmounts?: boolean;
}

/** As the card guide shows it: `payment_id` holds the payment request's id, and times go down to nanoseconds. */
export function makeRefund(facts: RefundFacts): JsonObject {
  return {
    id: facts.refundId,
    payment_id: facts.paymentRequestId,
    payment_request_id: facts.paymentRequestId,
    invoice_id: "",
    amount: facts.stringAmounts ? facts.amount : jsonNumber(facts.amount),
    payment_method_type: "CARD",
    channel_code: "",
    currency: facts.currency,
    status: facts.status,
    reason: facts.reason,
    reference_id: facts.referenceId,
    failure_code: facts.failureCode,
    refund_fee_amount: null,
    created: nanoTime(facts.createdAt),
    updated: nanoTime(facts.updatedAt),
    metadata: facts.metadata,
    refund_method: "DIRECT",
    payout_link_properties: null,
    actions: null,
  };
}

export function makeRefundSucceeded(facts: RefundFacts): Envelope {
  return envelope("refund.succeeded", { ...facts, status: "SUCCEEDED" });
}

export function makeRefundFailed(facts: RefundFacts): Envelope {
  return envelope("refund.failed", { ...facts, status: "FAILED" });
}

function envelope(event: string, facts: RefundFacts): Envelope {
  return { event, businessId: facts.businessId, data: makeRefund(facts) };
}

/** The millisecond is ours; the nanoseconds inside it tell nothing and only show that readers must take them. */
function nanoTime(at: number): string {
  return new Date(at).toISOString().replace("Z", "482099Z");
}
