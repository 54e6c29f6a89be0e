import {
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

const match = (meaning: string): Said => ({ short: "match", meaning, tone: "good" });
const partial = (short: string, meaning: string): Said => ({ short, meaning, tone: "look" });
const none = (meaning: string): Said => ({ short: "no match", meaning, tone: "bad" });
const cannot = (short: string, meaning: string): Said => ({ short, meaning, tone: "unknown", blank: "not-supported" });
const unavailable = (short: string, meaning: string): Said => ({ short, meaning, tone: "unknown", blank: "no-answer" });

/** Address checks are mainly a US, Canada and UK matter: expect "unavailable" readings elsewhere. Xendit documents only M and N. */
export const avsTable = {
  name: "AVS result",
  version: "2026-04",
  source: "Cybersource Secure Acceptance documentation (Visa set); Xendit names M and N",
  rows: {
    Y: match("Street and 5-digit postal code match."),
    X: match("Street and 9-digit postal code match."),
    D: match("Street and postal code match (international)."),
    M: match("Street and postal code match (international)."),
    V: match("Name, street and postal code match (Amex)."),
    F: partial("postal only", "The postal code matches, the name does not (Amex)."),
    A: partial("street only", "The street matches, the postal code does not."),
    B: partial("street only", "The street matches; the postal code was not verified (international)."),
    P: partial("postal only", "The postal code matches; the street was not verified (international)."),
    W: partial("postal only", "The 9-digit postal code matches, the street does not."),
    Z: partial("postal only", "The 5-digit postal code matches, the street does not."),
    H: partial("name differs", "Street and postal code match, the name does not (Amex)."),
    K: partial("name only", "The name matches; street and postal code do not (Amex)."),
    L: partial("name and postal", "Name and postal code match, the street does not (Amex)."),
    O: partial("name and street", "Name and street match, the postal code does not (Amex)."),
    T: partial("street only", "The street matches, the name does not (Amex)."),
    N: none("Neither street nor postal code matches."),
    C: none("Neither street nor postal code matches (international)."),
    I: {
      short: "not verified",
      meaning: "The address was not verified (international).",
      tone: "unknown",
      blank: "not-checked",
    },
    G: cannot("issuer cannot", "The issuer is outside the US and does not support address checks."),
    R: unavailable("try again", "The address system was unavailable; a retry may answer."),
    U: unavailable("unavailable", "The issuer has no address information."),
    S: cannot("issuer cannot", "The issuer does not support address checks."),
    E: unavailable("invalid", "The address data was invalid, or checks are not allowed for this card type."),
    "1": cannot("not supported", "Address checks are not supported for this processor or card type."),
    "2": unavailable("unreadable answer", "The processor answered with a result code that was not recognised."),
    "3": { short: "confirmed", meaning: "The address is confirmed (PayPal; not a card result).", tone: "good" },
    "4": { short: "not confirmed", meaning: "The address is not confirmed (PayPal; not a card result).", tone: "look" },
  },
} as const;

export function decodeAvs(code: string | null, context: NetworkContext = {}): CodeReading {
  if (code === null || code.trim() === "")
    return blankReading(code === null ? null : "", "AVS result", avsTable, context);
  const row = rowOf<Said>(avsTable.rows, normalCode(code));
  if (row) return reading(code, row, avsTable, context);
  return verificationWord(code, "AVS", context) ?? unknownReading(code, "AVS result", avsTable, context);
}
