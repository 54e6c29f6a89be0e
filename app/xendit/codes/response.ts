import { failureReading, RETRY_ADVICE, type RetryAdvice, retryAdvice } from "./failure.ts";
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
  /** Ours, where the label asks for another act than the failure code it is mapped to; the stricter counts. */
  readonly retry?: RetryAdvice;
  readonly why?: string;
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
    "03": {
      label: "Invalid merchant",
      failure: "DECLINED_BY_ISSUER",
      retry: "contact-xendit",
      why: "The merchant is refused, not the card: only the configuration can be put right.",
    },
    "04": { label: "Capture card", failure: "STOLEN_CARD" },
    "05": { label: "Do not honor", failure: "DECLINED_BY_ISSUER" },
    "06": { label: "Try again using a different card", failure: "DECLINED_BY_ISSUER", retry: "other-card" },
    "07": { label: "Pick up card, special condition (fraud account)", failure: "STOLEN_CARD" },
    "10": { label: "Partial approval", failure: "PARTIAL_APPROVAL" },
    "11": { label: "Approved (V.I.P)", failure: "SUCCESS" },
    "12": { label: "Invalid transaction", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "13": {
      label: "Invalid amount",
      failure: "INACTIVE_OR_UNAUTHORIZED_CARD",
      retry: "check-amount",
      why: "The label names the amount, the published failure code the card.",
    },
    "14": { label: "Invalid card number", failure: "INVALID_CARD" },
    "15": { label: "Invalid issuer", failure: "INVALID_CARD" },
    "19": { label: "Re-enter transaction", failure: "PROCESSOR_ERROR" },
    "21": { label: "Payment cancellation", failure: "DECLINED_BY_ISSUER" },
    "25": { label: "Unable to locate record in file", failure: "PROCESSOR_ERROR" },
    "28": { label: "File temporarily not available for update or inquiry", failure: "PROCESSOR_ERROR" },
    "30": { label: "Format error", failure: "PROCESSOR_ERROR" },
    "39": {
      label: "No credit account",
      failure: "INVALID_CVV",
      retry: "other-card",
      why: "The label speaks of a missing credit account, whatever the published failure code says of the CVN.",
    },
    "41": { label: "Stolen card", failure: "STOLEN_CARD" },
    "42": { label: "Processor error", failure: "PROCESS_ERROR" },
    "43": { label: "Stolen card", failure: "STOLEN_CARD" },
    "46": { label: "Closed account", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "51": { label: "Insufficient funds", failure: "INSUFFICIENT_BALANCE" },
    "52": {
      label: "No checking account",
      failure: "PROCESSOR_ERROR",
      retry: "other-card",
      why: "The card has no such account; time does not change that.",
    },
    "53": {
      label: "No savings account",
      failure: "PROCESSOR_ERROR",
      retry: "other-card",
      why: "The card has no such account; time does not change that.",
    },
    "54": { label: "Expired card", failure: "EXPIRED_CARD" },
    "55": { label: "Invalid PIN", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "57": { label: "Transaction not permitted to cardholder", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "58": {
      label: "Transaction not permitted",
      failure: "DECLINED_BY_ISSUER",
      retry: "other-card",
      why: "This kind of payment is not permitted, whatever the shopper's bank says.",
    },
    "59": { label: "Suspected fraud", failure: "ISSUER_SUSPECT_FRAUD" },
    "61": { label: "Limit exceeded", failure: "INSUFFICIENT_BALANCE" },
    "62": { label: "Restricted card", failure: "DECLINED_BY_ISSUER" },
    "63": { label: "Security violation", failure: "DECLINED_BY_ISSUER" },
    "64": { label: "Card declined", failure: "DECLINED_BY_PROCESSOR" },
    "65": {
      label: "Limit exceeded",
      failure: "DECLINED_BY_ISSUER",
      retry: "later-or-other-card",
      why: "A limit on the number or the sum of payments was reached.",
    },
    "70": { label: "Contact card issuer", failure: "DECLINED_BY_ISSUER" },
    "71": { label: "PIN not changed", failure: "CARD_DECLINED" },
    "72": { label: "Account not yet active", failure: "DECLINED_BY_ISSUER", scheme: "Mastercard" },
    "74": {
      label: "Invalid PIN",
      failure: "DECLINED_BY_PROCESSOR",
      retry: "other-card",
      why: "The issuer wants a PIN, which cannot be given online.",
    },
    "75": {
      label: "Allowable number of PIN tries exceeded",
      failure: "DECLINED_BY_ISSUER",
      retry: "call-bank",
      why: "Too many wrong PINs; only the bank can unlock the card.",
    },
    "78": { label: "Invalid / nonexistent account specified (general)", failure: "INACTIVE_OR_UNAUTHORIZED_CARD" },
    "79": {
      label: "Life cycle",
      failure: "DECLINED_BY_PROCESSOR",
      scheme: "Mastercard",
      retry: "other-card",
      why: "Usually the card was replaced or closed.",
    },
    "80": { label: "Credit issuer unavailable", failure: "PROCESSOR_ERROR" },
    "81": {
      label: "Suspected fraud",
      failure: "DECLINED_BY_PROCESSOR",
      retry: "no",
      why: "The label is suspicion of fraud, whatever it is mapped to.",
    },
    "82": { label: "Invalid CVN", failure: "INVALID_CVV" },
    "83": { label: "Suspected fraud", failure: "ISSUER_SUSPECT_FRAUD" },
    "84": {
      label: "Invalid authorization life cycle",
      failure: "DECLINED_BY_ISSUER",
    },
    "85": { label: "Approved", failure: "SUCCESS" },
    "86": {
      label: "Invalid PIN",
      failure: "DECLINED_BY_PROCESSOR",
      retry: "other-card",
      why: "The issuer wants a PIN, which cannot be given online.",
    },
    "87": { label: "Purchase amount only, no cash back allowed", failure: "CARD_DECLINED" },
    "88": { label: "Cryptographic failure", failure: "CARD_DECLINED" },
    "89": { label: "Ineligible to receive financial position information (GIV)", failure: "PROCESSOR_ERROR" },
    "90": {
      label: "Cutoff is in progress",
      failure: "CARD_DECLINED",
      why: "The label speaks of a passing state, the published failure code of a decline; the stricter counts.",
    },
    "91": { label: "Temporary system error", failure: "ISSUER_UNAVAILABLE" },
    "92": {
      label: "Temporary system error",
      failure: "INACTIVE_OR_UNAUTHORIZED_CARD",
      why: "The label speaks of a passing error, the published failure code of the card; the stricter counts.",
    },
    "93": {
      label: "Transaction cannot be completed - violation of law",
      failure: "DECLINED_BY_ISSUER",
      retry: "no",
      why: "The law forbids the payment.",
    },
    "94": {
      label: "Duplicated transaction",
      failure: "DECLINED_BY_PROCESSOR",
      retry: "check-first",
      why: "The same payment was sent before, and may have been paid.",
    },
    "96": { label: "System error", failure: "ISSUER_UNAVAILABLE" },
    "1A": {
      label: "Authentication required",
      failure: "AUTHENTICATION_FAILED",
      scheme: "Visa",
      retry: "with-3ds",
      why: "The issuer wants the cardholder authenticated.",
    },
    "1Z": { label: "Temporary system error", failure: "PROCESSOR_ERROR" },
    "9G": {
      label: "Blocked by cardholder/contact cardholder",
      failure: "CARD_DECLINED",
      scheme: "Visa",
      why: "The cardholder had such payments blocked, and can have the block lifted.",
    },
    "5C": {
      label: "Transaction not supported/blocked by issuer",
      failure: "DECLINED_BY_ISSUER",
      scheme: "Visa",
      retry: "other-card",
      why: "The issuer does not support or blocks such payments.",
    },
    B1: {
      label: "Surcharge amount not permitted on Visa cards or EBT food stamps (U.S. acquirers only)",
      failure: "DECLINED_BY_PROCESSOR",
      retry: "contact-xendit",
      why: "A surcharge is refused, not the card.",
    },
    B2: {
      label: "Surcharge amount not supported by debit network issuer",
      failure: "DECLINED_BY_PROCESSOR",
      retry: "contact-xendit",
      why: "A surcharge is refused, not the card.",
    },
    N0: { label: "Force STIP", failure: "PROCESSOR_ERROR" },
    N3: {
      label: "Issuer not available",
      failure: "DECLINED_BY_ISSUER",
      retry: "later",
      why: "The label says that the issuer was not available, the published failure code that it declined.",
    },
    N4: { label: "Limit exceeded", failure: "INSUFFICIENT_BALANCE" },
    N5: {
      label: "Ineligible for resubmission",
      failure: "PROCESSOR_ERROR",
      retry: "no",
      why: "The network names it as not to be sent again, though Xendit maps it to a technical failure.",
    },
    N7: { label: "Invalid CVN", failure: "INVALID_CVV" },
    N8: {
      label: "Preauthorized amount exceeded",
      failure: "DECLINED_BY_PROCESSOR",
      retry: "check-amount",
      why: "More was asked for than had been authorized.",
    },
    P6: { label: "Denied PIN", failure: "CARD_DECLINED" },
    Q1: {
      label: "Authentication failed",
      failure: "PROCESSOR_ERROR",
    },
    R0: {
      label: "Stop payment order",
      failure: "DECLINED_BY_ISSUER",
      retry: "no",
      why: "The cardholder told the bank to stop such payments.",
    },
    R1: {
      label: "Revocation of authorization order",
      failure: "TRANSACTION_BLOCKED",
      retry: "no",
      why: "The cardholder revoked the authorization of such payments.",
    },
    R2: { label: "Transaction does not qualify for Visa PIN", failure: "DECLINED_BY_ISSUER" },
    R3: {
      label: "Revocation of authorization order",
      failure: "DECLINED_BY_ISSUER",
      retry: "no",
      why: "The cardholder revoked the authorization of such payments.",
    },
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

/** What to do after a response code: ours where the label asks for it, else that of the failure code it is mapped to. */
export function responseAdvice(code: string): { readonly retry: RetryAdvice; readonly why: string | null } | null {
  const row = rowOf<ResponseRow>(responseTable.rows, normalCode(code));
  const retry = row?.retry ?? (row?.failure ? retryAdvice(row.failure) : null);
  return retry ? { retry, why: row?.why ?? null } : null;
}

export type ResponseKind = "approved" | "approved-in-part" | "declined";

/** What a response code comes to; `null` when it is not in our table. */
export function responseKind(code: string): ResponseKind | null {
  const row = rowOf<ResponseRow>(responseTable.rows, normalCode(code));
  if (!row) return null;
  if (row.failure === null || row.failure === "SUCCESS") return "approved";
  return row.failure === "PARTIAL_APPROVAL" ? "approved-in-part" : "declined";
}

/** Spellings of the declines page, and what the API says for the same (FACTS 6.4). */
const SAME_FAILURE: Readonly<Record<string, string>> = {
  PROCESS_ERROR: "PROCESSOR_ERROR",
  ISSUER_SUSPECT_FRAUD: "SUSPECTED_FRAUDULENT",
};

/** Whether a failure code is the one the page maps a response code to; `null` where the page or a table is silent. */
export function failureFitsResponse(failureCode: string | null, response: string | null): boolean | null {
  if (failureCode === null || response === null || !failureReading(failureCode)) return null;
  const mapped = failureOfResponse(response);
  if (mapped === null) return null;
  // These two stand on the page alone: what the API says in their stead is not published.
  if (mapped === "INVALID_CARD" || mapped === "TRANSACTION_BLOCKED") return null;
  const plain = (code: string) => rowOf(SAME_FAILURE, normalCode(code)) ?? normalCode(code);
  return plain(mapped) === plain(failureCode);
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
  const advice = adviceFor(normal, row);
  return {
    short,
    meaning: `${row.label}. Xendit reports it as ${row.failure}.${scheme}`,
    tone: failureReading(row.failure)?.tone ?? ("bad" satisfies Tone),
    ...(advice ? { advice } : {}),
    sure: !foreign,
  };
}

/** 82 and N7: the page asks not to tell shoppers that the CVN was the problem; the advice of INVALID_CVV says so. */
function adviceFor(normal: string, { failure, retry, why }: ResponseRow): string | undefined {
  const advice = retry ?? (failure === null ? null : retryAdvice(failure));
  if (!advice) return undefined;
  // 05 is the issuers' catch-all; whatever is behind it, only the issuer knows.
  const reason = normal === "05" ? "The catch-all of issuers." : why;
  return reason ? `${reason} ${RETRY_ADVICE[advice]}` : RETRY_ADVICE[advice];
}

function isForeign(scheme: string, network: string | null | undefined): boolean {
  if (!eciFamilyOf(network)) return false;
  return networkLabel(network ?? null) !== scheme;
}

function lowerFirst(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
