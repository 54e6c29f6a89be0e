import { toMinorUnits } from "~/lib/money.ts";
import { classifyGroup } from "~/xendit/reconcile/classify.ts";
import type {
  CaptureFacts,
  GroupFacts,
  LinkedRow,
  MatchContext,
  PaymentFacts,
  RefundFacts,
  RequestFacts,
  RowLink,
} from "~/xendit/reconcile/group-facts.ts";
import { defaultRules } from "~/xendit/reconcile/rules.ts";

/** Wednesday, 18 December 2024, 10:00 in Jakarta. */
export const CAPTURED_AT = Date.parse("2024-12-18T03:00:00Z");
export const LONG_AFTER = Date.parse("2025-02-01T00:00:00Z");
export const SOON_AFTER = Date.parse("2024-12-19T00:00:00Z");
export const context: MatchContext = { rules: defaultRules("sandbox"), zone: "Asia/Jakarta", now: LONG_AFTER };

export function aRequest(change: Partial<RequestFacts> = {}): RequestFacts {
  return {
    paymentRequestId: "pr-1",
    businessId: "biz",
    referenceId: "order-1",
    status: "SUCCEEDED",
    currency: "IDR",
    amountRaw: "10000",
    amountMinor: 1_000_000,
    capturedMinor: 1_000_000,
    capturedItemised: true,
    country: "ID",
    createdAt: CAPTURED_AT,
    updatedAt: CAPTURED_AT,
    capturedAt: CAPTURED_AT,
    flags: [],
    ...change,
  };
}

export function aPayment(change: Partial<PaymentFacts> = {}): PaymentFacts {
  return {
    paymentId: "py-1",
    status: "SUCCEEDED",
    currency: "IDR",
    amountRaw: "10000",
    capturedMinor: 1_000_000,
    capturedItemised: true,
    createdAt: CAPTURED_AT,
    updatedAt: CAPTURED_AT,
    capturedAt: CAPTURED_AT,
    ...change,
  };
}

export function aCapture(change: Partial<CaptureFacts> = {}): CaptureFacts {
  const capture = {
    captureId: "cptr-1",
    paymentId: "py-1",
    currency: "IDR",
    amountRaw: "10000",
    amountMinor: 1_000_000,
  };
  return { ...capture, capturedAt: CAPTURED_AT, ...change };
}

export function aRefund(change: Partial<RefundFacts> = {}): RefundFacts {
  const refund = { refundId: "rfd-1", paymentId: "py-1", status: "SUCCEEDED", currency: "IDR", amountRaw: "10000" };
  return { ...refund, amountMinor: 1_000_000, createdAt: CAPTURED_AT, updatedAt: CAPTURED_AT, ...change };
}

export const toOurs: RowLink = {
  groupKey: "pr-1",
  linkedBy: "payment_id",
  candidates: [],
  otherEnvironment: null,
  sameReference: [],
};
export const toNothing: RowLink = { ...toOurs, groupKey: "txn_1", linkedBy: null };

/** A row with the fee and VAT the rules expect; amounts in major units. */
export function aRow({ amount = "10000", ...change }: Partial<LinkedRow> & { amount?: string } = {}): LinkedRow {
  const currency = change.currency === undefined ? "IDR" : change.currency;
  const amountMinor = toMinorUnits(amount, currency);
  const fee = amountMinor === null ? null : Math.round(amountMinor * 0.029) + (currency === "IDR" ? 200_000 : 0);
  const vat = fee === null ? null : Math.round(fee * 0.11);
  return {
    transactionId: "txn_1",
    type: "PAYMENT",
    status: "SUCCESS",
    channel: "CARDS",
    currency,
    amountRaw: amount,
    amountMinor,
    feeMinor: fee,
    vatMinor: vat,
    withheldMinor: 0,
    netMinor: amountMinor === null ? null : amountMinor - (fee ?? 0) - (vat ?? 0),
    reference: "order-1",
    productId: "py-1",
    paymentRequestId: "pr-1",
    captureId: null,
    createdAt: CAPTURED_AT,
    updatedAt: CAPTURED_AT,
    estimatedSettlementAt: Date.parse("2024-12-23T03:00:00Z"),
    settledAt: Date.parse("2024-12-23T03:00:00Z"),
    settlementStatus: "SETTLED",
    disagreements: [],
    link: toOurs,
    ...change,
  };
}

export function aRefundRow(change: Partial<LinkedRow> & { amount?: string } = {}): LinkedRow {
  const row = aRow({ transactionId: "txn_2", type: "REFUND", productId: "rfd-1", ...change });
  return { ...row, feeMinor: 0, vatMinor: 0, netMinor: row.amountMinor === null ? null : -row.amountMinor };
}

/** A captured payment of ours with its row, as it should be. */
export function aGroup(change: Partial<GroupFacts> = {}): GroupFacts {
  return {
    groupKey: "pr-1",
    request: aRequest(),
    payments: [aPayment()],
    captures: [aCapture()],
    refunds: [],
    disputes: [],
    rows: [aRow()],
    ...change,
  };
}

/** Rows that lead to nothing of ours. */
export function aStray(rows: readonly LinkedRow[]): GroupFacts {
  return { groupKey: "txn_1", request: null, payments: [], captures: [], refunds: [], disputes: [], rows };
}

export function verdictOf(change: Partial<GroupFacts> = {}, at: Partial<MatchContext> = {}) {
  return classifyGroup(aGroup(change), { ...context, ...at });
}
