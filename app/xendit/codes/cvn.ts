import {
  type BlankCause,
  blankReading,
  type CodeReading,
  type NetworkContext,
  normalCode,
  reading,
  rowOf,
  type Said,
  unknownReading,
} from "./reading.ts";
import { verificationWord } from "./words-v2.ts";

const retype = "Let the shopper type the CVN again; do not tell them precisely that it was wrong.";

/** Xendit documents only M and N. */
export const cvnTable = {
  name: "CVN result",
  version: "2026-04",
  source: "Cybersource Secure Acceptance documentation; Xendit names M and N",
  rows: {
    M: { short: "match", meaning: "The CVN is the one on the card.", tone: "good" },
    N: { short: "no match", meaning: "The CVN is not the one on the card.", tone: "bad", advice: retype },
    P: { short: "not processed", meaning: "The CVN was not checked.", tone: "unknown", blank: "not-checked" },
    S: {
      short: "said to be absent",
      meaning: "The card should have a CVN, but the request said it has none.",
      tone: "look",
      blank: "not-checked",
    },
    U: {
      short: "issuer cannot",
      meaning: "The issuer does not support CVN checks.",
      tone: "unknown",
      blank: "not-supported",
    },
    X: {
      short: "scheme cannot",
      meaning: "The card scheme does not support CVN checks.",
      tone: "unknown",
      blank: "not-supported",
    },
    D: { short: "suspicious", meaning: "The issuer found the transaction suspicious.", tone: "bad" },
    I: {
      short: "not a valid CVN",
      meaning: "The CVN failed the processor's data validation.",
      tone: "bad",
      advice: retype,
    },
    "1": {
      short: "not supported",
      meaning: "CVN checks are not supported for this processor or card type.",
      tone: "unknown",
      blank: "not-supported",
    },
    "2": {
      short: "unreadable answer",
      meaning: "The processor answered with a result code that was not recognised.",
      tone: "look",
      blank: "no-answer",
    },
    "3": { short: "no result", meaning: "The processor returned no CVN result.", tone: "unknown", blank: "no-answer" },
  },
} as const satisfies { rows: Record<string, Said & { blank?: BlankCause }> } & Record<string, unknown>;

export function decodeCvn(code: string | null, context: NetworkContext = {}): CodeReading {
  if (code === null || code.trim() === "")
    return blankReading(code === null ? null : "", "CVN result", cvnTable, context);
  const row = rowOf<Said>(cvnTable.rows, normalCode(code));
  if (row) return reading(code, row, cvnTable, context);
  return verificationWord(code, "CVN", context) ?? unknownReading(code, "CVN result", cvnTable, context);
}
