import { minorToDecimal } from "~/lib/money.ts";
import { estimatedSettlement, paymentFee } from "~/sandbox/fees.ts";
import type { LedgerLine } from "~/sandbox/reports/ledger-line.ts";
import { seeded } from "~/sandbox/reports/seeded.ts";
import { MONTH_NOW, type Sale, type SaleCapture } from "./planted-sales.ts";

export const BUSINESS_ID = "62440e322008e87fb29c1fd0";

/** What Xendit's ledger holds of a sale; nothing of one that failed. */
export function linesOf(sale: Sale): readonly LedgerLine[] {
  const lines = sale.captures.map((capture, index) => captureLine(sale, capture, index));
  if (sale.scenario === "voided") lines.push(voidLine(sale));
  if (sale.refund) lines.push(refundLine(sale, sale.refund));
  if (sale.dispute) lines.push(chargebackLine(sale, sale.dispute));
  return lines;
}

function common(sale: Sale) {
  return {
    channel: "CARDS",
    channelName: "CARDS",
    accountNumber: "400000XXXXXX1091",
    currency: sale.currency,
    reference: sale.reference,
    businessId: BUSINESS_ID,
    paymentRequestId: sale.requestId,
    paymentSessionId: sale.sessionId,
    captureId: null,
  } as const;
}

function captureLine(sale: Sale, capture: SaleCapture, index: number): LedgerLine {
  const { currency } = sale;
  const { fee, vat } = paymentFee(capture.minor, currency, sale.country);
  const settlesAt = estimatedSettlement(capture.at, sale.country);
  const isSettled = settlesAt <= MONTH_NOW;
  return {
    ...common(sale),
    transactionId: `txn_${sale.paymentId.slice(3)}${index === 0 ? "" : `_${index + 1}`}`,
    productId: sale.paymentId,
    type: "PAYMENT",
    status: "SUCCESS",
    amount: minorToDecimal(capture.minor, currency),
    fee: minorToDecimal(fee, currency),
    vat: minorToDecimal(vat, currency),
    feeStatus: isSettled ? "COMPLETED" : "PENDING",
    net: minorToDecimal(BigInt(capture.minor) - fee - vat, currency),
    cashflow: "MONEY_IN",
    captureId: capture.captureId,
    createdAt: capture.reportedAt,
    updatedAt: isSettled ? settlesAt : capture.reportedAt,
    paidAt: capture.at,
    estimatedSettlementAt: settlesAt,
    settledAt: isSettled ? settlesAt : null,
    settlementStatus: isSettled ? "SETTLED" : "PENDING",
  };
}

function voidLine(sale: Sale): LedgerLine {
  const amount = minorToDecimal(sale.minor, sale.currency);
  return {
    ...common(sale),
    ...nothing,
    transactionId: `txn_${sale.paymentId.slice(3)}`,
    productId: sale.paymentId,
    type: "PAYMENT",
    status: "VOIDED",
    amount,
    net: amount,
    cashflow: "MONEY_IN",
    createdAt: sale.createdAt,
    updatedAt: sale.createdAt,
  };
}

function refundLine(sale: Sale, refund: NonNullable<Sale["refund"]>): LedgerLine {
  const status = { SUCCEEDED: "SUCCESS", FAILED: "FAILED", PENDING: "PENDING" }[refund.status];
  const isDone = refund.status === "SUCCEEDED";
  const amount = minorToDecimal(refund.minor, sale.currency);
  return {
    ...common(sale),
    ...nothing,
    transactionId: `txn_${refund.refundId.slice(4)}`,
    productId: refund.refundId,
    type: "REFUND",
    status,
    amount,
    net: `-${amount}`,
    cashflow: "MONEY_OUT",
    createdAt: refund.at,
    updatedAt: refund.at,
    paidAt: isDone ? refund.at : null,
    settledAt: isDone ? refund.at : null,
    settlementStatus: isDone ? "SETTLED" : refund.status === "PENDING" ? "PENDING" : null,
  };
}

/** Won, it is given back: the same transaction, reversed. */
function chargebackLine(sale: Sale, dispute: NonNullable<Sale["dispute"]>): LedgerLine {
  const amount = minorToDecimal(sale.captures[0]?.minor ?? 0, sale.currency);
  return {
    ...common(sale),
    ...nothing,
    transactionId: `txn_${seeded(1, dispute.disputeId).uuid()}`,
    productId: sale.paymentId,
    type: "CHARGEBACK",
    status: dispute.status === "WON" ? "REVERSED" : "SUCCESS",
    amount,
    net: `-${amount}`,
    cashflow: "MONEY_OUT",
    createdAt: dispute.at,
    updatedAt: dispute.at,
    paidAt: dispute.at,
    settledAt: dispute.at,
    settlementStatus: "SETTLED",
  };
}

const nothing = {
  fee: "0",
  vat: "0",
  feeStatus: "NOT_APPLICABLE",
  paidAt: null,
  estimatedSettlementAt: null,
  settledAt: null,
  settlementStatus: null,
} as const;
