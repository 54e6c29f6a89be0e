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

const again = (short: string, meaning: string): Said => ({
  short,
  meaning,
  tone: "waiting",
  advice: `Try again after ${short}.`,
});
const stop = (short: string, meaning: string): Said => ({
  short,
  meaning,
  tone: "bad",
  advice: "Do not try again: schemes charge for attempts against their advice.",
});
const noAction = (meaning: string): Said => ({
  short: "no action",
  meaning,
  tone: "unknown",
  advice: "No leave to try again: use another card.",
});

/** What the scheme asks of merchants after a decline. Ignoring it costs penalties per attempt. */
export const adviceTable = {
  name: "Merchant advice code",
  version: "2026-04",
  source: "Xendit card declines and error codes page",
  rows: {
    "01": {
      short: "new account data",
      meaning: "New account information is available.",
      tone: "look",
      advice: "Ask for the card's new data before trying again.",
    },
    "02": again("72 hours", "Cannot be approved now."),
    "03": stop("do not retry", "The issuer will not approve this payment."),
    "04": {
      short: "token problem",
      meaning: "The token does not fit what it is used for.",
      tone: "bad",
      advice: "Ask the shopper to save the card again.",
    },
    "08": stop("blocked", "The payment is blocked."),
    "21": stop("recurring cancelled", "The cardholder cancelled the recurring payment."),
    "22": {
      short: "no instalments",
      meaning: "Instalments are not allowed for this card.",
      tone: "bad",
      advice: "Try again in one sum.",
    },
    "24": again("1 hour", "The scheme names a time to try again."),
    "25": again("24 hours", "The scheme names a time to try again."),
    "26": again("2 days", "The scheme names a time to try again."),
    "27": again("4 days", "The scheme names a time to try again."),
    "28": again("6 days", "The scheme names a time to try again."),
    "29": again("8 days", "The scheme names a time to try again."),
    "30": again("10 days", "The scheme names a time to try again."),
    "40": noAction("The scheme asks for no action."),
    "41": noAction("The scheme asks for no action."),
    "42": noAction("The scheme asks for no action."),
    "99": { short: "no advice", meaning: "The scheme gives no advice.", tone: "unknown" },
  },
} as const satisfies CodeTable & { rows: Record<string, Said> };

export function decodeAdvice(code: string | null): CodeReading {
  if (code === null || code.trim() === "") {
    return blankReading(code === null ? null : "", "merchant advice code", adviceTable);
  }
  const row = rowOf<Said>(adviceTable.rows, normalCode(code));
  return row ? reading(code, row, adviceTable) : unknownReading(code, "merchant advice code", adviceTable);
}

/** What the scheme asks for, in one word; `wait` for as long as the reading's `short` says. */
export type AdviceAct = "stop" | "wait" | "new-data" | "token" | "one-sum" | "no-action" | "none";

const ACTS: Record<keyof typeof adviceTable.rows, AdviceAct> = {
  "01": "new-data",
  "02": "wait",
  "03": "stop",
  "04": "token",
  "08": "stop",
  "21": "stop",
  "22": "one-sum",
  "24": "wait",
  "25": "wait",
  "26": "wait",
  "27": "wait",
  "28": "wait",
  "29": "wait",
  "30": "wait",
  "40": "no-action",
  "41": "no-action",
  "42": "no-action",
  "99": "none",
};

/** `null` for a code our table does not know. */
export function adviceAct(code: string): AdviceAct | null {
  return rowOf<AdviceAct>(ACTS, normalCode(code)) ?? null;
}
