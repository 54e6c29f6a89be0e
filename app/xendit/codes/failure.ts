import {
  blankReading,
  type CodeReading,
  type CodeTable,
  normalCode,
  reading,
  rowOf,
  type Tone,
  unknownReading,
} from "./reading.ts";

/** What to do after a failure. The words are Paydesk's operational reading, not Xendit's. */
export const RETRY_ADVICE = {
  "other-card": "Ask for another card.",
  "call-bank": "The shopper should call their bank, or use another card.",
  later: "Try again later.",
  "later-or-other-mid": "Try again later, or through another merchant id.",
  "later-or-other-card": "Try again later, or with another card.",
  "new-card": "The saved card is of no more use; ask for a new one.",
  never: "Do not try again, and block the saved card.",
  no: "Do not try again.",
  retype: "Let the shopper type the CVN again; do not tell them precisely that it was wrong.",
  "new-attempt": "Start a new attempt.",
  "with-3ds": "Start a new attempt with 3-D Secure.",
  "check-amount": "Check the amount; the same one will be refused again.",
  retry: "Try again.",
  "check-first": "Check the final state before trying again: a success may still arrive.",
  "new-session": "Start a new session.",
  "smaller-amount": "Try a smaller amount.",
  wait: "Wait before trying again.",
  "save-again": "Ask the shopper to save the card again.",
  "contact-xendit": "Contact Xendit about the merchant's configuration.",
  "other-method": "Ask for another payment method.",
} as const;
export type RetryAdvice = keyof typeof RETRY_ADVICE;

interface FailureRow {
  readonly short: string;
  readonly meaning: string;
  readonly retry: RetryAdvice | null;
  readonly tone?: Tone;
  readonly sure?: boolean;
}

export const failureTable = {
  name: "Failure codes",
  version: "2026-04",
  source: "Xendit API reference and card declines page; advice is Paydesk's",
  rows: {
    CARD_DECLINED: {
      short: "declined",
      meaning: "Issuer or network declined without a finer reason.",
      retry: "other-card",
    },
    DECLINED_BY_ISSUER: {
      short: "declined by issuer",
      meaning: "The issuer refused: do not honor, restricted card and the like.",
      retry: "call-bank",
    },
    DECLINED_BY_PROCESSOR: {
      short: "declined by processor",
      meaning: "The acquirer or processor refused.",
      retry: "later-or-other-mid",
    },
    PROCESSOR_ERROR: { short: "processor error", meaning: "A technical failure at the processor.", retry: "later" },
    ISSUER_UNAVAILABLE: { short: "issuer unavailable", meaning: "The issuer could not be reached.", retry: "later" },
    CHANNEL_UNAVAILABLE: {
      short: "channel unavailable",
      meaning: "The payment channel was out of order.",
      retry: "later",
    },
    INSUFFICIENT_BALANCE: {
      short: "insufficient balance",
      meaning: "Not enough funds, or a limit was reached.",
      retry: "later-or-other-card",
    },
    EXPIRED_CARD: { short: "card expired", meaning: "The card is past its expiry.", retry: "new-card" },
    STOLEN_CARD: {
      short: "lost or stolen",
      meaning: "The card is reported lost, stolen or to be picked up.",
      retry: "never",
    },
    INACTIVE_OR_UNAUTHORIZED_CARD: {
      short: "card inactive",
      meaning: "The card is closed, not activated, or not permitted for this.",
      retry: "other-card",
    },
    INVALID_CVV: { short: "CVN refused", meaning: "The CVN was wrong or missing.", retry: "retype" },
    SUSPECTED_FRAUDULENT: {
      short: "suspected fraud",
      meaning: "A fraud rule of Xendit, the acquirer or the issuer was hit.",
      retry: "no",
    },
    AUTHENTICATION_FAILED: {
      short: "3DS failed",
      meaning: "3-D Secure failed, was refused or not completed.",
      retry: "new-attempt",
    },
    USER_DID_NOT_AUTHORIZE: {
      short: "not approved in time",
      meaning: "The payer did not approve in time.",
      retry: "new-attempt",
    },
    USER_DECLINED_PAYMENT: { short: "payer refused", meaning: "The payer refused the payment.", retry: "new-attempt" },
    USER_DEVICE_UNREACHABLE: {
      short: "device unreachable",
      meaning: "The push to the payer's device failed (not a card failure).",
      retry: "retry",
    },
    TIMEOUT_ERROR: {
      short: "timed out",
      meaning: "No reply came in time. The final state may still arrive.",
      retry: "check-first",
      tone: "look",
    },
    PARTNER_TIMEOUT_ERROR: {
      short: "partner timed out",
      meaning: "The partner did not reply in time. The final state may still arrive.",
      retry: "check-first",
      tone: "look",
    },
    PAYMENT_REQUEST_EXPIRED: { short: "request expired", meaning: "The payment request lapsed.", retry: "new-session" },
    PAYMENT_AMOUNT_LIMITS_EXCEEDED: {
      short: "amount limit",
      meaning: "The amount is above the channel's or the payer's limit.",
      retry: "smaller-amount",
    },
    PAYMENT_ATTEMPT_COUNTS_EXCEEDED: {
      short: "too many attempts",
      meaning: "Too many attempts were made.",
      retry: "wait",
    },
    INVALID_TOKEN: {
      short: "token dead",
      meaning: "The saved card's token expired or was cancelled.",
      retry: "save-again",
    },
    INVALID_MERCHANT_SETTINGS: {
      short: "merchant settings",
      meaning: "The merchant or its MID is not configured for this.",
      retry: "contact-xendit",
    },
    INVALID_MERCHANT_CREDENTIALS: {
      short: "merchant credentials",
      meaning: "The merchant's credentials with the partner are not right.",
      retry: "contact-xendit",
    },
    INVALID_ACCOUNT_DETAILS: {
      short: "account details",
      meaning: "The payer's account details are not right (mostly not cards).",
      retry: "other-method",
    },
    ACCOUNT_NOT_ACTIVATED: {
      short: "account not activated",
      meaning: "The payer's account is not activated (mostly not cards).",
      retry: "other-method",
    },
    ACCOUNT_ACCESS_BLOCKED: {
      short: "account blocked",
      meaning: "The payer's account is blocked (mostly not cards).",
      retry: "other-method",
    },
    CAPTURE_AMOUNT_EXCEEDED: {
      short: "capture too large",
      meaning: "The capture was above the authorization.",
      retry: null,
    },
    EXPIRED_OTP: { short: "OTP expired", meaning: "The one-time password expired (OTP channels).", retry: null },
    INVALID_OTP: { short: "OTP wrong", meaning: "The one-time password was wrong (OTP channels).", retry: null },
    OTP_ATTEMPT_COUNTS_EXCEEDED: {
      short: "too many OTPs",
      meaning: "Too many one-time passwords were tried (OTP channels).",
      retry: null,
    },
    FAILURE_DETAILS_UNAVAILABLE: { short: "no reason given", meaning: "The partner gave no reason.", retry: null },
    SERVER_ERROR: { short: "Xendit error", meaning: "Something failed on Xendit's side.", retry: "later" },
    PARTIAL_APPROVAL: {
      short: "approved in part",
      meaning: "Approved for a part of the amount (declines page only).",
      retry: null,
      tone: "look",
    },
    SUCCESS: { short: "success", meaning: "Not a failure (declines page only).", retry: null, tone: "good" },
    INVALID_CARD: {
      short: "invalid card",
      meaning: "The card number or its issuer is not valid (declines page only).",
      retry: "other-card",
    },
    ISSUER_SUSPECT_FRAUD: {
      short: "suspected fraud",
      meaning: "The issuer suspects fraud (declines page; the API says SUSPECTED_FRAUDULENT).",
      retry: "no",
    },
    TRANSACTION_BLOCKED: {
      short: "blocked",
      meaning: "The cardholder or issuer blocked such payments (declines page only).",
      retry: "no",
    },
    PROCESS_ERROR: {
      short: "processor error",
      meaning: "A technical failure at the processor (declines page; the API says PROCESSOR_ERROR).",
      retry: "later",
    },
    CARD_EXPIRED: {
      short: "card expired",
      meaning: "The card is past its expiry (error of a request).",
      retry: "new-card",
    },
    ACCOUNT_ALREADY_LINKED: {
      short: "already linked",
      meaning: "The account is already linked (saved cards).",
      retry: null,
    },
    ACCOUNT_NOT_FOUND: { short: "account not found", meaning: "The account was not found (refunds).", retry: null },
    DUPLICATE_ERROR: { short: "duplicate", meaning: "The same reference was used before (refunds).", retry: null },
    REFUND_FAILED: { short: "refund failed", meaning: "The refund failed without a finer reason.", retry: "later" },
  },
} as const satisfies CodeTable & { rows: Record<string, FailureRow> };

export type KnownFailureCode = keyof typeof failureTable.rows;

export function decodeFailure(code: string | null): CodeReading {
  if (code === null || code.trim() === "") {
    return blankReading(code === null ? null : "", "failure code", failureTable);
  }
  return failureReading(code) ?? unknownReading(code, "failure code", failureTable);
}

/** The reading of a failure code our table has, else `null`. */
export function failureReading(code: string): CodeReading | null {
  const row = failureRow(code);
  if (!row) return null;
  const { retry, ...said } = row;
  const advice = retry ? { advice: RETRY_ADVICE[retry] } : {};
  return reading(code, { ...said, tone: row.tone ?? "bad", ...advice }, failureTable);
}

/** The operational advice after a failure, for tables that map their codes to Xendit's. */
export function retryAdvice(code: string): RetryAdvice | null {
  return failureRow(code)?.retry ?? null;
}

function failureRow(code: string): FailureRow | undefined {
  return rowOf<FailureRow>(failureTable.rows, normalCode(code));
}
