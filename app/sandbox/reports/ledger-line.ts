import { toMinorUnits } from "../../lib/money.ts";
import { isJsonObject, isoTime, type JsonObject, jsonNumber } from "../../xendit/bodies/json.ts";
import { decimalOf, estimatedSettlement, paymentFee } from "../fees.ts";
import { digitsOf, textOf, textOrNull, timeOf } from "../stored.ts";

/**
 * One transaction of the sandbox's ledger. `GET /transactions` and the report files are all written from it, so that they
 * cannot tell different things. Amounts are decimals as digits; all but `net` are unsigned.
 */
export interface LedgerLine {
  readonly transactionId: string;
  /** The payment's id; a refund's own. */
  readonly productId: string;
  readonly type: string;
  readonly status: string;
  readonly channel: string;
  readonly channelName: string;
  readonly accountNumber: string | null;
  readonly currency: string;
  readonly amount: string;
  readonly fee: string;
  readonly vat: string;
  readonly feeStatus: string;
  /** Negative where money goes out. */
  readonly net: string;
  readonly cashflow: "MONEY_IN" | "MONEY_OUT";
  readonly reference: string;
  readonly businessId: string;
  /** `null` where a line carries no ids, as lines of older products do. */
  readonly paymentRequestId: string | null;
  readonly captureId: string | null;
  readonly paymentSessionId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When the shopper's money moved; `null` for a hold that was released. */
  readonly paidAt: number | null;
  readonly estimatedSettlementAt: number | null;
  readonly settledAt: number | null;
  readonly settlementStatus: string | null;
}

interface Told {
  readonly paymentSessionId: string | null;
  readonly now: number;
}

/**
 * A line for each capture, and one for a hold that was released. The first capture's line has the payment's own number,
 * later ones add theirs to it: ids stay the same when another capture comes.
 */
export function paymentLines(payment: JsonObject, told: Told): readonly LedgerLine[] {
  const captures = (Array.isArray(payment.captures) ? payment.captures.filter(isJsonObject) : []).toSorted(byCapture);
  if (captures.length === 0) return [voidLine(payment, told)];
  return captures.map((capture, index) => captureLine(payment, capture, index + 1, told));
}

function byCapture(a: JsonObject, b: JsonObject): number {
  const [first, second] = [textOf(a, "capture_id"), textOf(b, "capture_id")];
  return timeOf(a, "capture_timestamp") - timeOf(b, "capture_timestamp") || (first < second ? -1 : 1);
}

function captureLine(payment: JsonObject, capture: JsonObject, nth: number, told: Told): LedgerLine {
  const common = commonPayment(payment, nth, told);
  const country = textOf(payment, "country");
  const amount = digitsOf(capture, "capture_amount");
  const minor = toMinorUnits(amount, common.currency) ?? 0;
  const { fee, vat } = paymentFee(minor, common.currency, country);
  const paidAt = timeOf(capture, "capture_timestamp");
  const settlesAt = estimatedSettlement(paidAt, country);
  const isSettled = settlesAt <= told.now;
  return {
    ...common,
    status: "SUCCESS",
    amount,
    fee: decimalOf(fee, common.currency),
    vat: decimalOf(vat, common.currency),
    feeStatus: isSettled ? "COMPLETED" : "PENDING",
    net: decimalOf(BigInt(minor) - fee - vat, common.currency),
    captureId: textOf(capture, "capture_id"),
    updatedAt: paidAt,
    paidAt,
    estimatedSettlementAt: settlesAt,
    settledAt: isSettled ? settlesAt : null,
    settlementStatus: isSettled ? "SETTLED" : "PENDING",
  };
}

function voidLine(payment: JsonObject, told: Told): LedgerLine {
  const amount = digitsOf(payment, "request_amount");
  return {
    ...commonPayment(payment, 1, told),
    status: "VOIDED",
    amount,
    fee: "0",
    vat: "0",
    feeStatus: "PENDING",
    net: amount,
    captureId: null,
    updatedAt: timeOf(payment, "updated"),
    paidAt: null,
    estimatedSettlementAt: null,
    settledAt: null,
    settlementStatus: null,
  };
}

function commonPayment(payment: JsonObject, nth: number, told: Told) {
  const paymentId = textOf(payment, "payment_id");
  const properties = isJsonObject(payment.channel_properties) ? payment.channel_properties : {};
  const card = isJsonObject(properties.card_details) ? properties.card_details : {};
  return {
    transactionId: transactionIdOf(paymentId, nth),
    productId: paymentId,
    type: "PAYMENT",
    channel: "CARDS",
    channelName: "CARDS",
    accountNumber: textOrNull(card, "masked_card_number"),
    currency: textOf(payment, "currency"),
    cashflow: "MONEY_IN",
    reference: textOf(payment, "reference_id"),
    businessId: textOf(payment, "business_id"),
    paymentRequestId: textOf(payment, "payment_request_id"),
    paymentSessionId: told.paymentSessionId,
    createdAt: timeOf(payment, "created"),
  } as const;
}

const refundStatus: Readonly<Record<string, string>> = { PENDING: "PENDING", SUCCEEDED: "SUCCESS" };

/** The original fee is not given back. */
export function refundLine(refund: JsonObject, businessId: string, paymentSessionId: string | null): LedgerLine {
  const amount = digitsOf(refund, "amount");
  const status = textOf(refund, "status");
  const updatedAt = timeOf(refund, "updated");
  const isDone = status === "SUCCEEDED";
  return {
    transactionId: transactionIdOf(textOf(refund, "id"), 1),
    productId: textOf(refund, "id"),
    type: "REFUND",
    status: refundStatus[status] ?? "FAILED",
    channel: "CARDS",
    channelName: "CARDS",
    accountNumber: null,
    currency: textOf(refund, "currency"),
    amount,
    fee: "0",
    vat: "0",
    feeStatus: "NOT_APPLICABLE",
    net: `-${amount}`,
    cashflow: "MONEY_OUT",
    reference: textOf(refund, "reference_id"),
    businessId,
    paymentRequestId: textOf(refund, "payment_request_id"),
    captureId: null,
    paymentSessionId,
    createdAt: timeOf(refund, "created"),
    updatedAt,
    paidAt: isDone ? updatedAt : null,
    estimatedSettlementAt: null,
    settledAt: isDone ? updatedAt : null,
    settlementStatus: isDone ? "SETTLED" : status === "PENDING" ? "PENDING" : null,
  };
}

/** Made of the payment's or refund's id, so that it is the same every time. */
function transactionIdOf(id: string, nth: number): string {
  return `txn_${bareId(id)}${nth === 1 ? "" : `_${nth}`}`;
}

export function bareId(id: string): string {
  return id.replace(/^(py|rfd)-/, "");
}

/** The number in a transaction's id, and which capture of it; the other way of `transactionIdOf`. */
export function readTransactionId(id: string): { readonly bareId: string; readonly nth: number } {
  const [, bare = "", nth] = /^(?:txn_)?(.*?)(?:_(\d{1,3}))?$/.exec(id) ?? [];
  return { bareId: bare, nth: nth === undefined ? 1 : Number(nth) };
}

/** As `GET /transactions` answers it. */
export function transactionBody(line: LedgerLine): JsonObject {
  return {
    id: line.transactionId,
    channel_category: line.channel,
    channel_code: line.channelName,
    reference_id: line.reference,
    currency: line.currency,
    net_amount_currency: line.currency,
    business_id: line.businessId,
    created: isoTime(line.createdAt),
    product_id: line.productId,
    type: line.type,
    status: line.status,
    account_identifier: line.accountNumber,
    amount: jsonNumber(line.amount),
    net_amount: jsonNumber(line.net.replace("-", "")),
    cashflow: line.cashflow,
    settlement_status: line.settlementStatus,
    estimated_settlement_time: line.estimatedSettlementAt === null ? null : isoTime(line.estimatedSettlementAt),
    updated: isoTime(line.updatedAt),
    fee: {
      xendit_fee: jsonNumber(line.fee),
      value_added_tax: jsonNumber(line.vat),
      xendit_withholding_tax: jsonNumber(0),
      third_party_withholding_tax: jsonNumber(0),
      status: line.feeStatus,
    },
    product_data: {
      capture_id: line.captureId ?? undefined,
      payment_request_id: line.paymentRequestId ?? undefined,
    },
  };
}
