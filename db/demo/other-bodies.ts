import { isoTime, type JsonObject, jsonNumber } from "../../app/xendit/bodies/json.ts";

/** Bodies beside the card flow's own: disputes, which are flat, and the other products that share a receiver in practice. */

export interface DisputeFacts {
  readonly disputeId: string;
  readonly paymentId: string;
  readonly referenceId: string;
  readonly cardBrand: string;
  readonly currency: string;
  readonly amount: string;
  readonly status: "ACTION_REQUIRED" | "UNDER_REVIEW" | "WON" | "LOST";
  readonly statusReason: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly dueAt: number;
}

/** Flat: no `data`, no `business_id`, no `created`; amounts are decimal strings. */
export function makeDispute(facts: DisputeFacts): JsonObject {
  return {
    event: `dispute.${facts.status.toLowerCase()}`,
    id: facts.disputeId,
    channel_code: "CARDS",
    card_brands: facts.cardBrand,
    status: facts.status,
    status_reason: facts.statusReason ?? undefined,
    currency: facts.currency,
    amount: { initial: facts.amount, terminal: null },
    created_at: isoTime(facts.createdAt),
    updated_at: isoTime(facts.updatedAt),
    due_date: isoTime(facts.dueAt),
    note: facts.status === "ACTION_REQUIRED" ? "Please provide evidence of delivery." : undefined,
    category: { name: "fraud", allowed_evidence: [] },
    related_disputes: [],
    payment_id: facts.paymentId,
    reference_id: facts.referenceId,
  };
}

export interface OtherFacts {
  readonly id: string;
  readonly amount: number;
  readonly at: number;
}

/** A virtual account was paid: no event, no status; being called is the success. */
export function makeVirtualAccountPaid({ id, amount, at }: OtherFacts): JsonObject {
  return {
    id,
    amount: jsonNumber(amount),
    country: "ID",
    created: isoTime(at - 4_000),
    updated: isoTime(at),
    currency: "IDR",
    bank_code: "BCA",
    payment_id: id,
    external_id: `va-${id.slice(0, 8)}`,
    merchant_code: "10766",
    account_number: "9999815623",
    transaction_timestamp: isoTime(at - 5_000),
    callback_virtual_account_id: id,
  };
}

export function makeInvoicePaid({ id, amount, at }: OtherFacts): JsonObject {
  return {
    id: id.replaceAll("-", "").slice(0, 24),
    amount: jsonNumber(amount),
    status: "PAID",
    created: isoTime(at - 90_000),
    paid_at: isoTime(at - 2_000),
    updated: isoTime(at),
    currency: "IDR",
    external_id: `invoice-${id.slice(0, 8)}`,
    paid_amount: jsonNumber(amount),
    payment_method: "BANK_TRANSFER",
    payment_channel: "BNI",
  };
}

export function makeQrPaid({ id, amount, at }: OtherFacts): JsonObject {
  return {
    id: `qrpy_${id}`,
    event: "qr.payment",
    amount: jsonNumber(amount),
    status: "COMPLETED",
    created: isoTime(at),
    qr_code: { id: `qr_${id}`, type: "DYNAMIC", metadata: null, external_id: `table-${id.slice(0, 4)}` },
    payment_details: { source: "BNI", receipt_id: id.slice(0, 12) },
  };
}
