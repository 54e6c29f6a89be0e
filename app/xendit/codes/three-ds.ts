import {
  blankReading,
  type CodeReading,
  type CodeTable,
  normalCode,
  reading,
  rowOf,
  type Said,
  unknownReading,
} from "./reading.ts";

const declinesPage = "Xendit card declines and error codes page";

/** transStatus, and the words of older bodies and of the simulator page for the same. */
export const threeDsStatusTable = {
  name: "3-D Secure transaction status",
  version: "2026-04",
  source: `${declinesPage}; words from v2 bodies and the simulator page`,
  rows: {
    Y: { short: "authenticated", meaning: "The cardholder was authenticated.", tone: "good" },
    A: { short: "attempted", meaning: "Authentication was attempted; a proof of the attempt was given.", tone: "look" },
    C: { short: "challenge required", meaning: "The issuer asked for a challenge.", tone: "waiting" },
    N: { short: "not authenticated", meaning: "The cardholder was not authenticated.", tone: "bad" },
    U: { short: "could not be performed", meaning: "Authentication could not be performed.", tone: "look" },
    R: { short: "rejected by issuer", meaning: "The issuer rejected the authentication.", tone: "bad" },
    I: { short: "informational", meaning: "For information only: an exemption was asked for.", tone: "unknown" },
    AUTHENTICATED: { short: "authenticated", meaning: "The cardholder was authenticated.", tone: "good" },
    UNAUTHENTICATED: { short: "not authenticated", meaning: "The cardholder was not authenticated.", tone: "bad" },
    CANCELLED_AUTHENTICATION: { short: "cancelled", meaning: "The cardholder cancelled the challenge.", tone: "bad" },
    AUTHENTICATION_NOT_AVAILABLE: {
      short: "could not be performed",
      meaning: "Authentication was not available.",
      tone: "look",
    },
    AUTHENTICATION_REJECTED: {
      short: "rejected by issuer",
      meaning: "The issuer rejected the authentication.",
      tone: "bad",
    },
    AUTHENTICATION_SERVER_ERROR: {
      short: "server error",
      meaning: "The authentication server failed.",
      tone: "bad",
    },
    API_GW_ASM_POLICY_ERROR: {
      short: "gateway error",
      meaning: "The gateway's policy refused the authentication.",
      tone: "bad",
    },
  },
} as const satisfies CodeTable & { rows: Record<string, Said> };

/** transStatusReason. Every failure behind one of these surfaces as AUTHENTICATION_FAILED. */
export const threeDsReasonTable = {
  name: "3-D Secure status reason",
  version: "2026-04",
  source: declinesPage,
  rows: {
    "01": "card authentication failed",
    "02": "unknown device",
    "03": "unsupported device",
    "04": "exceeds authentication frequency",
    "05": "expired card",
    "06": "invalid card number",
    "07": "invalid transaction",
    "08": "no card record",
    "09": "security failure",
    "10": "stolen card",
    "11": "suspected fraud",
    "12": "not permitted to cardholder",
    "13": "cardholder not enrolled",
    "14": "timed out at ACS",
    "15": "low confidence",
    "16": "medium confidence",
    "17": "high confidence",
    "18": "very high confidence",
    "20": "non-payment not supported",
    "21": "3RI not supported",
    "22": "ACS technical issue",
    "23": "decoupled authentication required but not requested",
    "24": "decoupled maximum expiry exceeded",
    "25": "decoupled with too little time",
    "26": "attempted but not performed by cardholder",
  },
} as const satisfies CodeTable & { rows: Record<string, string> };

export const challengeCancelTable = {
  name: "3-D Secure challenge cancel",
  version: "2026-04",
  source: declinesPage,
  rows: {
    "01": { short: "cardholder cancelled", failure: "AUTHENTICATION_FAILED" },
    "03": { short: "timed out", failure: "TIMEOUT_ERROR" },
    "04": { short: "timed out", failure: "TIMEOUT_ERROR" },
    "05": { short: "timed out", failure: "TIMEOUT_ERROR" },
    "06": { short: "transaction error", failure: "PROCESSOR_ERROR" },
    "07": { short: "unknown", failure: "PROCESSOR_ERROR" },
    "08": { short: "timed out", failure: "TIMEOUT_ERROR" },
  },
} as const satisfies CodeTable & { rows: Record<string, { short: string; failure: string }> };

/** `flow`: real bodies say CHALLENGE, the specification FULL_AUTH. How it was asked; how it ended is the ECI's to say. */
export const threeDsFlowTable = {
  name: "3-D Secure flow",
  version: "2026-04",
  source: "captured bodies (CHALLENGE, FRICTIONLESS) and Xendit's specification (FULL_AUTH)",
  rows: {
    CHALLENGE: { short: "challenge", meaning: "The issuer asked the cardholder to confirm.", tone: "unknown" },
    FULL_AUTH: { short: "challenge", meaning: "The issuer asked the cardholder to confirm.", tone: "unknown" },
    FRICTIONLESS: {
      short: "frictionless",
      meaning: "The issuer decided without asking the cardholder.",
      tone: "unknown",
    },
  },
} as const satisfies CodeTable & { rows: Record<string, Said> };

export function decode3dsStatus(code: string | null): CodeReading {
  return simple(code, "3-D Secure status", threeDsStatusTable);
}

export function decode3dsReason(code: string | null): CodeReading {
  const what = "3-D Secure status reason";
  if (code === null || code.trim() === "") return blankReading(code === null ? null : "", what, threeDsReasonTable);
  const text = rowOf<string>(threeDsReasonTable.rows, normalCode(code));
  if (text)
    return reading(code, { short: text, meaning: `The issuer's reason: ${text}.`, tone: "look" }, threeDsReasonTable);
  return rangedReason(code) ?? unknownReading(code, what, threeDsReasonTable);
}

export function decodeChallengeCancel(code: string | null): CodeReading {
  const what = "challenge cancel code";
  if (code === null || code.trim() === "") return blankReading(code === null ? null : "", what, challengeCancelTable);
  const row = rowOf<{ short: string; failure: string }>(challengeCancelTable.rows, normalCode(code));
  if (!row) return unknownReading(code, what, challengeCancelTable);
  const meaning = `The challenge ended without an answer: ${row.short}. Xendit reports it as ${row.failure}.`;
  return reading(code, { short: row.short, meaning, tone: "bad" }, challengeCancelTable);
}

export function decode3dsFlow(code: string | null): CodeReading {
  if (code !== null) return simple(code, "3-D Secure flow", threeDsFlowTable);
  const meaning = "The payment carries no 3-D Secure data: the cardholder was not authenticated.";
  return reading(null, { short: "no 3-D Secure", meaning, tone: "unknown", blank: "not-sent" }, threeDsFlowTable);
}

function rangedReason(code: string): CodeReading | null {
  const number = /^\d{2}$/.test(code) ? Number(code) : 0;
  if (number >= 80) {
    const meaning = "A reason of the scheme's directory server; its meaning is the scheme's own.";
    return reading(code, { short: "directory server", meaning, tone: "look", sure: false }, threeDsReasonTable);
  }
  if (number < 27) return null;
  const meaning = "A number reserved by the standard; no meaning is published.";
  return reading(code, { short: "reserved", meaning, tone: "unknown", sure: false }, threeDsReasonTable);
}

function simple(code: string | null, what: string, table: CodeTable & { rows: Record<string, Said> }): CodeReading {
  if (code === null || code.trim() === "") return blankReading(code === null ? null : "", what, table);
  const row = rowOf<Said>(table.rows, normalCode(code));
  return row ? reading(code, row, table) : unknownReading(code, what, table);
}
