import { failureReading, RETRY_ADVICE, retryAdvice } from "./failure.ts";
import { eciFamilyOf, networkLabel } from "./network.ts";
import {
  blankReading,
  type CodeReading,
  type CodeTable,
  type NetworkContext,
  normalCode,
  reading,
  rowOf,
  type Said,
  type Tone,
  unknownReading,
} from "./reading.ts";

interface ResponseRow {
  readonly label: string;
  /** Xendit's failure code for it, as the page prints it; `null` when approved. */
  readonly failure: string | null;
  /** The page says that the code belongs to this scheme alone. */
  readonly scheme?: "Visa" | "Mastercard";
}

/** Labels and mapping as published, quirks (39, 42, 92 …) included. `00` is not on the page, but in every approved body. */
export const responseTable = {
  name: "Network response code",
  version: "2026-04",
  source: "Xendit card declines and error codes page; 00 from captured bodies",
  rows: {
    "00": { label: "Approved", failure: null },
    "01": { label: "Refer to card issuer", failure: "DECLINED_BY_ISSUER" },
    "02": { label: "Refer to card issuer", failure: "DECLINED_BY_ISSUER" },
    "03": { label: "Invalid merchant", failure: "DECLINED_BY_ISSUER" },
    "04": { label: "Capture card", failure: "STOLEN_CARD" },
    "05": { label: "Do not honor", failure: "DECLINED_BY_ISSUER" },
    "06": { label: "Try again using a different card", failure: "DECLINED_BY_ISSUER" },
    "07": { label: "Pick up card, special condition (fraud account)", failure: "STOLEN_CARD" },
    "10": { label: "Partial Approval", failure: "PARTIAL_APPROVAL" },
    "11": { label: "Approved (V.I.P)", failure: "SUCCESS" },
    "12": { label: "Invalid transaction", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "13": { label: "Invalid amount", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "14": { label: "Invalid card number", failure: "INVALID_CARD" },
    "15": { label: "Invalid issuer", failure: "INVALID_CARD" },
    "19": { label: "Re-enter transaction", failure: "PROCESSOR_ERROR" },
    "21": { label: "Payment cancellation", failure: "DECLINED_BY_ISSUER" },
    "25": { label: "Unable to locate record in file", failure: "PROCESSOR_ERROR" },
    "28": { label: "File temporarily not available for update or inquiry", failure: "PROCESSOR_ERROR" },
    "30": { label: "Format error", failure: "PROCESSOR_ERROR" },
    "39": { label: "No credit account", failure: "INVALID_CVV" },
    "41": { label: "Stolen card", failure: "STOLEN_CARD" },
    "42": { label: "Processor error", failure: "PROCESS_ERROR" },
    "43": { label: "Stolen card", failure: "STOLEN_CARD" },
    "46": { label: "Closed account", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "51": { label: "Insufficient funds", failure: "INSUFFICIENT_BALANCE" },
    "52": { label: "No checking account", failure: "PROCESSOR_ERROR" },
    "53": { label: "No savings account", failure: "PROCESSOR_ERROR" },
    "54": { label: "Expired card", failure: "EXPIRED_CARD" },
    "55": { label: "Invalid PIN", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "57": { label: "Transaction not permitted to cardholder", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "58": { label: "Transaction not permitted", failure: "DECLINED_BY_ISSUER" },
    "59": { label: "Suspected fraud", failure: "ISSUER_SUSPECT_FRAUD" },
    "61": { label: "Limit exceeded", failure: "INSUFFICIENT_BALANCE" },
    "62": { label: "Restricted card", failure: "DECLINED_BY_ISSUER" },
    "63": { label: "Security violation", failure: "DECLINED_BY_ISSUER" },
    "64": { label: "Card declined", failure: "DECLINED_BY_PROCESSOR" },
    "65": { label: "Limit exceeded", failure: "DECLINED_BY_ISSUER" },
    "70": { label: "Contact card issuer", failure: "DECLINED_BY_ISSUER" },
    "71": { label: "PIN not changed", failure: "CARD_DECLINED" },
    "72": { label: "Account not yet active", failure: "DECLINED_BY_ISSUER", scheme: "Mastercard" },
    "74": { label: "Invalid PIN", failure: "DECLINED_BY_PROCESSOR" },
    "75": { label: "Allowable number of PIN tries exceeded", failure: "DECLINED_BY_ISSUER" },
    "78": { label: "Invalid / nonexistent account specified (general)", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "79": { label: "Life cycle", failure: "DECLINED_BY_PROCESSOR", scheme: "Mastercard" },
    "80": { label: "Credit issuer unavailable", failure: "PROCESSOR_ERROR" },
    "81": { label: "Suspected fraud", failure: "DECLINED_BY_PROCESSOR" },
    "82": { label: "Invalid CVN", failure: "INVALID_CVV" },
    "83": { label: "Suspected fraud", failure: "ISSUER_SUSPECT_FRAUD" },
    "84": { label: "Invalid authorization life cycle", failure: "DECLINED_BY_ISSUER" },
    "85": { label: "Approved", failure: "SUCCESS" },
    "86": { label: "Invalid PIN", failure: "DECLINED_BY_PROCESSOR" },
    "87": { label: "Purchase amount only, no cash back allowed", failure: "CARD_DECLINED" },
    "88": { label: "Cryptographic failure", failure: "CARD_DECLINED" },
    "89": { label: "Ineligible to receive financial position information (GIV)", failure: "PROCESSOR_ERROR" },
    "90": { label: "Cutoff is in progress", failure: "CARD_DECLINED" },
    "91": { label: "Temporary system error", failure: "ISSUER_UNAVAILABLE" },
    "92": { label: "Temporary system error", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "93": { label: "Transaction cannot be completed - violation of law", failure: "DECLINED_BY_ISSUER" },
    "94": { label: "Duplicated transaction", failure: "DECLINED_BY_PROCESSOR" },
    "96": { label: "System error", failure: "ISSUER_UNAVAILABLE" },
    "1A": { label: "Authentication required", failure: "AUTHENTICATION_FAILED", scheme: "Visa" },
    "1Z": { label: "Temporary system error", failure: "PROCESSOR_ERROR" },
    "9G": { label: "Blocked by cardholder/contact cardholder", failure: "CARD_DECLINED", scheme: "Visa" },
    "5C": { label: "Transaction not supported/blocked by issuer", failure: "DECLINED_BY_ISSUER", scheme: "Visa" },
    B1: {
      label: "Surcharge amount not permitted on Visa cards or EBT food stamps (U.S. acquirers only)",
      failure: "DECLINED_BY_PROCESSOR",
    },
    B2: { label: "Surcharge amount not supported by debit network issuer", failure: "DECLINED_BY_PROCESSOR" },
    N0: { label: "Force STIP", failure: "PROCESSOR_ERROR" },
    N3: { label: "Issuer not available", failure: "DECLINED_BY_ISSUER" },
    N4: { label: "Limit exceeded", failure: "INSUFFICIENT_BALANCE" },
    N5: { label: "Ineligible for resubmission", failure: "PROCESSOR_ERROR" },
    N7: { label: "Invalid CVN", failure: "INVALID_CVV" },
    N8: { label: "Preauthorized amount exceeded", failure: "DECLINED_BY_PROCESSOR" },
    P6: { label: "Denied PIN", failure: "CARD_DECLINED" },
    Q1: { label: "Authentication failed", failure: "PROCESSOR_ERROR" },
    R0: { label: "Stop payment order", failure: "DECLINED_BY_ISSUER" },
    R1: { label: "Revocation of authorization order", failure: "TRANSACTION_BLOCKED" },
    R2: { label: "Transaction does not qualify for Visa PIN", failure: "DECLINED_BY_ISSUER" },
    R3: { label: "Revocation of authorization order", failure: "DECLINED_BY_ISSUER" },
    Z3: { label: "Not available for online transaction", failure: "DECLINED_BY_ISSUER" },
  },
} as const satisfies CodeTable & { rows: Record<string, ResponseRow> };

export function decodeResponse(code: string | null, context: NetworkContext = {}): CodeReading {
  if (code === null || code.trim() === "") {
    return blankReading(code === null ? null : "", "network response code", responseTable, context);
  }
  const normal = normalCode(code);
  const row = rowOf<ResponseRow>(responseTable.rows, normal);
  if (!row) return unknownReading(code, "network response code", responseTable, context);
  return reading(code, say(normal, row, context), responseTable, context);
}

/** Xendit's failure code for a response code, or `null` when approved or not known. */
export function failureOfResponse(code: string): string | null {
  return rowOf<ResponseRow>(responseTable.rows, normalCode(code))?.failure ?? null;
}

function say(normal: string, row: ResponseRow, context: NetworkContext): Said {
  const short = lowerFirst(row.label);
  if (row.failure === null || row.failure === "SUCCESS") {
    return { short, meaning: `${row.label}: the issuer approved the payment.`, tone: "good" };
  }
  const foreign = row.scheme !== undefined && isForeign(row.scheme, context.network);
  const scheme =
    row.scheme === undefined
      ? ""
      : ` A ${row.scheme} code${foreign ? `, on ${networkLabel(context.network ?? null)}` : ""}.`;
  const advice = adviceFor(normal, row.failure);
  return {
    short,
    meaning: `${row.label}. Xendit reports it as ${row.failure}.${scheme}`,
    tone: failureReading(row.failure)?.tone ?? ("bad" satisfies Tone),
    ...(advice ? { advice } : {}),
    sure: !foreign,
  };
}

/** 82 and N7: the page asks not to tell shoppers that the CVN was the problem; the advice of INVALID_CVV says so. */
function adviceFor(normal: string, failure: string): string | undefined {
  const retry = retryAdvice(failure);
  // 05 is the issuers' catch-all; whatever is behind it, only the issuer knows.
  if (normal === "05") return `The catch-all of issuers. ${RETRY_ADVICE["call-bank"]}`;
  return retry ? RETRY_ADVICE[retry] : undefined;
}

function isForeign(scheme: string, network: string | null | undefined): boolean {
  if (!eciFamilyOf(network)) return false;
  return networkLabel(network ?? null) !== scheme;
}

function lowerFirst(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
