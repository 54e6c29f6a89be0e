import {
  type CodeReading,
  type CodeTable,
  type NetworkContext,
  normalCode,
  reading,
  rowOf,
  type Said,
} from "./reading.ts";

/** Older (v2) bodies say results in words. Only MATCH was seen; the others are our reading of plain English. */
export const wordTable = {
  name: "Result words of v2 bodies",
  version: "2026-04",
  source: "captured v2 bodies (MATCH); other words read as English",
  rows: {
    MATCH: { short: "match", tone: "good", sure: true },
    MATCHED: { short: "match", tone: "good", sure: false },
    NO_MATCH: { short: "no match", tone: "bad", sure: false },
    NOT_MATCH: { short: "no match", tone: "bad", sure: false },
    NOT_MATCHED: { short: "no match", tone: "bad", sure: false },
    PARTIAL_MATCH: { short: "partial match", tone: "look", sure: false },
    NOT_PROCESSED: { short: "not processed", tone: "unknown", sure: false, blank: "not-checked" },
    NOT_CHECKED: { short: "not checked", tone: "unknown", sure: false, blank: "not-checked" },
    NOT_SUPPORTED: { short: "not supported", tone: "unknown", sure: false, blank: "not-supported" },
    UNAVAILABLE: { short: "unavailable", tone: "unknown", sure: false, blank: "no-answer" },
  },
} as const satisfies CodeTable & { rows: Record<string, Omit<Said, "meaning">> };

/** The reading of a word in place of a CVN or AVS code, or `null` when it is no such word. */
export function verificationWord(code: string, what: string, context: NetworkContext): CodeReading | null {
  const row = rowOf<Omit<Said, "meaning">>(wordTable.rows, normalCode(code).replace(/[\s-]+/g, "_"));
  if (!row) return null;
  const meaning = `An older body says “${code}” for the ${what} result.`;
  return reading(code, { ...row, meaning }, wordTable, context);
}
