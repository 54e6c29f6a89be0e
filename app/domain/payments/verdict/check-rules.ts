import { avsTable, decodeAvs } from "~/xendit/codes/avs.ts";
import { cvnTable, decodeCvn } from "~/xendit/codes/cvn.ts";
import { type CodeReading, normalCode, rowOf, type Tone } from "~/xendit/codes/reading.ts";
import type { Evidence } from "./evidence.ts";
import { isBlank, type JudgedFacts } from "./facts.ts";
import type { Rule } from "./rule.ts";

type Sayings<Code extends string> = Readonly<Record<Code, readonly [text: string, tone: Tone]>>;

const CVN_SAYS: Sayings<keyof typeof cvnTable.rows> = {
  M: ["The CVN matched", "good"],
  N: ["The CVN did not match", "bad"],
  P: ["The CVN was not checked", "unknown"],
  S: ["The request said that the card has no CVN, which it should have", "look"],
  U: ["The issuer does not check CVNs", "unknown"],
  X: ["The card's scheme does not check CVNs", "unknown"],
  D: ["The CVN check called the transaction suspicious", "bad"],
  I: ["What was typed cannot be a CVN", "bad"],
  "1": ["The processor or the card's type does not support CVN checks", "unknown"],
  "2": ["The CVN check was answered, but the processor could not read the answer", "look"],
  "3": ["The processor gave no CVN result", "unknown"],
};

const AVS_SAYS: Sayings<keyof typeof avsTable.rows> = {
  Y: ["AVS matched", "good"],
  X: ["AVS matched", "good"],
  D: ["AVS matched", "good"],
  M: ["AVS matched", "good"],
  V: ["AVS matched, the name too", "good"],
  F: ["AVS matched in part (the postal code, not the name)", "look"],
  A: ["AVS matched in part (the street, not the postal code)", "look"],
  B: ["AVS matched in part (the street; the postal code was not verified)", "look"],
  P: ["AVS matched in part (the postal code; the street was not verified)", "look"],
  W: ["AVS matched in part (the postal code, not the street)", "look"],
  Z: ["AVS matched in part (the postal code, not the street)", "look"],
  H: ["AVS matched in part (street and postal code, not the name)", "look"],
  K: ["AVS matched in part (the name, neither street nor postal code)", "look"],
  L: ["AVS matched in part (name and postal code, not the street)", "look"],
  O: ["AVS matched in part (name and street, not the postal code)", "look"],
  T: ["AVS matched in part (the street, not the name)", "look"],
  N: ["AVS did not match", "bad"],
  C: ["AVS did not match", "bad"],
  I: ["AVS did not verify the address", "unknown"],
  G: ["AVS was not possible, as the issuer outside the US does not support it", "unknown"],
  R: ["AVS was out of order at the time", "unknown"],
  U: ["AVS was not possible, as the issuer has no address", "unknown"],
  S: ["AVS was not possible, as the issuer does not support it", "unknown"],
  E: ["AVS was not possible with the data sent or this type of card", "unknown"],
  "1": ["AVS is not supported for this processor or type of card", "unknown"],
  "2": ["AVS was answered, but the processor could not read the answer", "unknown"],
  "3": ["AVS reports a confirmed address, which is PayPal's and no card result", "unknown"],
  "4": ["AVS reports an unconfirmed address, which is PayPal's and no card result", "look"],
};

interface Check {
  readonly name: string;
  readonly evidence: Evidence;
  readonly code: (facts: JudgedFacts) => string | null;
  readonly decode: (code: string | null) => CodeReading;
  readonly says: Readonly<Record<string, readonly [string, Tone]>>;
  readonly matched: readonly [string, Tone];
  readonly noMatch: readonly [string, Tone];
}

export const cvnRules = checkRules({
  name: "CVN result",
  evidence: "verification-cvn",
  code: ({ cvn }) => cvn,
  decode: decodeCvn,
  says: CVN_SAYS,
  matched: CVN_SAYS.M,
  noMatch: CVN_SAYS.N,
});

export const avsRules = checkRules({
  name: "AVS result",
  evidence: "verification-avs",
  code: ({ avs }) => avs,
  decode: decodeAvs,
  says: AVS_SAYS,
  matched: AVS_SAYS.Y,
  noMatch: AVS_SAYS.N,
});

/** The first that holds. A result that did not come is worth a word only where money moved without it. */
function checkRules({ name, evidence, code, decode, says, matched, noMatch }: Check): readonly Rule[] {
  const reading = (facts: JudgedFacts) => decode(code(facts));
  const row = (facts: JudgedFacts) => rowOf(says, normalCode(code(facts) ?? ""));
  const isNoMatch = (facts: JudgedFacts) => row(facts) === noMatch || reading(facts).short === "no match";
  return [
    {
      when: (facts) => isBlank(code(facts)) && facts.isApproved,
      say: (facts) => [
        [code(facts) === null ? `No ${name} was sent` : `The ${name} was sent without a value`, evidence, "unknown"],
      ],
    },
    {
      when: (facts) => isNoMatch(facts) && facts.isApproved,
      say: () => [[`${noMatch[0]}, yet the issuer approved`, evidence, "look"]],
    },
    { when: isNoMatch, say: () => [[noMatch[0], evidence, noMatch[1]]] },
    {
      when: (facts) => row(facts) !== undefined,
      say: (facts) => {
        const [text, tone] = row(facts) ?? matched;
        return [[text, evidence, tone]];
      },
    },
    { when: (facts) => reading(facts).tone === "good", say: () => [[matched[0], evidence, matched[1]]] },
    {
      when: (facts) => !isBlank(code(facts)) && isOfAWord(reading(facts)),
      say: (facts) => [[`The ${name}: ${reading(facts).short}`, evidence, reading(facts).tone]],
    },
    {
      when: (facts) => !isBlank(code(facts)),
      say: (facts) => [[`The ${name} “${code(facts)}” is not in our table`, evidence, "unknown"]],
    },
  ];
}

/** Older bodies say results in words, which have a table of their own. */
function isOfAWord({ table, meaning }: CodeReading): boolean {
  return table.name !== cvnTable.name && table.name !== avsTable.name && meaning !== "";
}
