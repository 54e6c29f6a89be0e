import type { Tone } from "./reading.ts";

/** Words on screen for statuses (RULES 6). Filters, CSV and `status` use the code; the words are for reading only. */
export interface StatusWord {
  readonly word: string;
  readonly tone: Tone;
}

const PAYMENT_WORDS: Readonly<Record<string, StatusWord>> = {
  SUCCEEDED: { word: "Paid", tone: "good" },
  AUTHORIZED: { word: "Held", tone: "waiting" },
  FAILED: { word: "Failed", tone: "bad" },
  CANCELED: { word: "Voided", tone: "unknown" },
  EXPIRED: { word: "Expired unpaid", tone: "unknown" },
  REQUIRES_ACTION: { word: "Waiting for shopper", tone: "waiting" },
  ACCEPTING_PAYMENTS: { word: "Waiting", tone: "waiting" },
  PENDING: { word: "Waiting", tone: "waiting" },
  UNKNOWN: { word: "Outcome unknown", tone: "waiting" },
};

const SESSION_WORDS: Readonly<Record<string, StatusWord>> = {
  ACTIVE: { word: "Open", tone: "waiting" },
  PENDING: { word: "Pending", tone: "waiting" },
  COMPLETED: { word: "Completed", tone: "good" },
  EXPIRED: { word: "Expired", tone: "unknown" },
  CANCELED: { word: "Canceled", tone: "unknown" },
};

const EVENT_WORDS: Readonly<Record<string, StatusWord>> = {
  processed: { word: "Processed", tone: "good" },
  stored: { word: "Stored", tone: "unknown" },
  quarantined: { word: "Quarantined", tone: "look" },
  conflict: { word: "Conflict", tone: "bad" },
};

const RECEIPT_WORDS: Readonly<Record<string, StatusWord>> = {
  first: { word: "First", tone: "good" },
  duplicate: { word: "Duplicate", tone: "unknown" },
};

const REPLAY_WORDS: Readonly<Record<string, StatusWord>> = {
  planned: { word: "Planned", tone: "unknown" },
  running: { word: "Running", tone: "waiting" },
  paused: { word: "Paused", tone: "look" },
  finished: { word: "Finished", tone: "good" },
  cancelled: { word: "Cancelled", tone: "unknown" },
};

const DELIVERY_WORDS: Readonly<Record<string, StatusWord>> = {
  waiting: { word: "Waiting", tone: "waiting" },
  delivered: { word: "Delivered", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  left_out: { word: "Left out", tone: "look" },
};

const REFUND_WORDS: Readonly<Record<string, StatusWord>> = {
  PENDING: { word: "Pending", tone: "waiting" },
  SUCCEEDED: { word: "Refunded", tone: "good" },
  FAILED: { word: "Failed", tone: "bad" },
  CANCELLED: { word: "Cancelled", tone: "unknown" },
};

const DISPUTE_WORDS: Readonly<Record<string, StatusWord>> = {
  ACTION_REQUIRED: { word: "Answer needed", tone: "look" },
  UNDER_REVIEW: { word: "Under review", tone: "waiting" },
  WON: { word: "Won", tone: "good" },
  LOST: { word: "Lost", tone: "bad" },
};

/** Of a payment request, and of one payment of it. An unknown status is shown as received, grey, never as success. */
export function paymentStatusWord(code: string): StatusWord {
  return wordIn(PAYMENT_WORDS, code);
}

export function sessionStatusWord(code: string): StatusWord {
  return wordIn(SESSION_WORDS, code);
}

export function eventStateWord(code: string): StatusWord {
  return wordIn(EVENT_WORDS, code);
}

export function receiptWord(code: string): StatusWord {
  return wordIn(RECEIPT_WORDS, code);
}

export function replayStateWord(code: string): StatusWord {
  return wordIn(REPLAY_WORDS, code);
}

export function deliveryStateWord(code: string): StatusWord {
  return wordIn(DELIVERY_WORDS, code);
}

export function refundStatusWord(code: string): StatusWord {
  return wordIn(REFUND_WORDS, code);
}

export function disputeStatusWord(code: string): StatusWord {
  return wordIn(DISPUTE_WORDS, code);
}

/** The HTTP status as text, or timeout, refused, blocked. Only a 2xx is green. */
export function attemptWord(outcome: string): StatusWord {
  return { word: outcome, tone: /^2\d\d$/.test(outcome) ? "good" : "bad" };
}

function wordIn(words: Readonly<Record<string, StatusWord>>, code: string): StatusWord {
  const found = Object.hasOwn(words, code) ? words[code] : undefined;
  return found ?? { word: code, tone: "unknown" };
}
