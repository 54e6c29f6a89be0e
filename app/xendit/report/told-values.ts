import { plainDecimal } from "../../lib/money.ts";
import type { Telling } from "./telling.ts";

/** A telling that tells nothing yet. */
export const UNTOLD: Telling = {
  type: null,
  status: null,
  channel: null,
  channelName: null,
  accountNumber: null,
  currency: null,
  amount: null,
  fee: null,
  vat: null,
  withheld: null,
  net: null,
  reference: null,
  productId: null,
  paymentRequestId: null,
  captureId: null,
  paymentSessionId: null,
  createdAt: null,
  updatedAt: null,
  estimatedSettlementAt: null,
  settledAt: null,
  settlementStatus: null,
};

export const TELLING_FIELDS = Object.keys(UNTOLD) as readonly (keyof Telling)[];

/** FACTS 8.1: what takes money away from the balance. */
const MONEY_OUT: ReadonlySet<string> = new Set([
  "ADJUSTMENT_DEDUCT",
  "BNPL_PARTNER_SETTLEMENT_DEBIT",
  "CASHBACK_FEE",
  "CASHBACK_VAT",
  "CHARGEBACK",
  "DISBURSEMENT",
  "FOREX_DEDUCTION",
  "LOAN_REPAYMENT",
  "REFUND",
  "REMITTANCE",
  "REMITTANCE_PAYOUT",
  "RESERVES_HOLD",
  "TRANSFER_OUT",
  "WITHDRAWAL",
]);

export function isMoneyOut(type: string | null): boolean {
  return type !== null && MONEY_OUT.has(codeOf(type));
}

/** `Remittance payout` is `REMITTANCE_PAYOUT`: reports for people spell codes for people. */
export function codeOf(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, "_");
}

export function unsigned(amount: string | null): string | null {
  return amount === null ? null : amount.replace("-", "");
}

export function negative(amount: string): string {
  return isZero(amount) ? "0" : `-${amount.replace("-", "")}`;
}

export function isZero(amount: string): boolean {
  return /^-?[0.]+$/.test(amount);
}

/** Exact, on digits; `null` when none is told. What is not told adds nothing. */
export function sumAmounts(amounts: readonly (string | null)[]): string | null {
  const told = amounts.filter((amount) => amount !== null);
  if (told.length <= 1) return told[0] ?? null;
  const decimals = Math.max(...told.map((amount) => amount.split(".")[1]?.length ?? 0));
  const total = told.reduce((sum, amount) => sum + scaled(amount, decimals), 0n);
  const digits = String(total < 0n ? -total : total).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  return plainDecimal(`${total < 0n ? "-" : ""}${digits.slice(0, cut)}.${digits.slice(cut)}0`);
}

function scaled(amount: string, decimals: number): bigint {
  const [whole = "0", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}
