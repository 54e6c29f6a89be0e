import type { Tone } from "~/xendit/codes/reading.ts";
import type { Evidence } from "./evidence.ts";
import type { JudgedFacts } from "./facts.ts";

/** Words, the place that proves them, and how they should look. */
export type Said = readonly [text: string, evidence: Evidence | null, tone: Tone];

/** One line of a rule table: the condition, and what is said when it holds. */
export interface Rule {
  readonly when: (facts: JudgedFacts) => boolean;
  readonly say: (facts: JudgedFacts) => readonly Said[];
}
