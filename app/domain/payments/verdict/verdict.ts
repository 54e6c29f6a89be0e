import type { Tone } from "~/xendit/codes/reading.ts";
import { approvedAuthenticationRules, authenticationRules } from "./authentication-rules.ts";
import { avsRules, cvnRules } from "./check-rules.ts";
import { type Evidence, evidenceLink } from "./evidence.ts";
import { factsOf, type Judged, type JudgedFacts, type Reader } from "./facts.ts";
import { outcomeRules } from "./outcome-rules.ts";
import { reasonRules } from "./reason-rules.ts";
import { remarkRules } from "./remark-rules.ts";
import { retryOf } from "./retry.ts";
import type { Rule, Said } from "./rule.ts";
import { tellShopper } from "./shopper.ts";

export interface Clause {
  /** With its punctuation: clauses joined by spaces are the sentence. */
  readonly text: string;
  /** Where on the payment's page it can be checked. */
  readonly evidence: { readonly href: string; readonly label: string } | null;
  readonly tone: Tone;
}

export type MakesSense = "yes" | "no" | "later" | "check-first" | "unknown" | "not-needed";

export interface Retry {
  readonly makesSense: MakesSense;
  readonly text: string;
  /** Which codes say so, for the operator: "Failure code INSUFFICIENT_BALANCE and network response 51". */
  readonly source: string;
}

/** `text` may be read out or sent as it stands; `caution` is for the operator alone. */
export interface ShopperWords {
  readonly text: string;
  readonly caution: string | null;
}

export interface Verdict {
  readonly clauses: readonly Clause[];
  readonly tellShopper: ShopperWords | null;
  readonly retry: Retry;
}

/**
 * What became of a payment, in sentences built by rules from what was received and nothing else; what a shopper may be
 * told of it; and whether another attempt makes sense. Times are written in `zone`. `now` (UTC milliseconds) only tells
 * whether an expiry has passed; without it no expiry has.
 */
export function paymentVerdict(judged: Judged, reader: Reader): Verdict {
  const facts = factsOf(judged, reader);
  return {
    clauses: [
      ...first(outcomeRules, facts),
      ...each(reasonRules, facts),
      ...first(facts.isApproved ? approvedAuthenticationRules : authenticationRules, facts),
      ...inOneSentence([...first(cvnRules, facts), ...first(avsRules, facts)]),
      ...each(remarkRules, facts),
    ].map(clause),
    tellShopper: tellShopper(facts),
    retry: retryOf(facts),
  };
}

/** The verdict as plain text: what was found, without its links. */
export function verdictText({ clauses }: Pick<Verdict, "clauses">): string {
  return clauses.map(({ text }) => text).join(" ");
}

function first(rules: readonly Rule[], facts: JudgedFacts): readonly Said[] {
  return rules.find((rule) => rule.when(facts))?.say(facts) ?? [];
}

function each(rules: readonly Rule[], facts: JudgedFacts): readonly Said[] {
  return rules.filter((rule) => rule.when(facts)).flatMap((rule) => rule.say(facts));
}

/** Said without punctuation: "The CVN matched; AVS matched." */
function inOneSentence(said: readonly Said[]): readonly Said[] {
  return said.map(([text, evidence, tone], index) => [
    `${index > 0 ? text.replace(/^(No|The) /, (word) => word.toLowerCase()) : text}${index === said.length - 1 ? "." : ";"}`,
    evidence,
    tone,
  ]);
}

function clause([text, evidence, tone]: readonly [string, Evidence | null, Tone]): Clause {
  return { text, evidence: evidence && evidenceLink(evidence), tone };
}
