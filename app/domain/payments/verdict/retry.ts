import type { RetryAdvice } from "~/xendit/codes/failure.ts";
import type { JudgedFacts } from "./facts.ts";
import { type Advised, advisedBy, RETRY_SAYS } from "./retry-rules.ts";
import type { MakesSense, Retry } from "./verdict.ts";

interface StatusRule extends Retry {
  readonly when: (facts: JudgedFacts) => boolean;
}

/** Where the state alone answers: the first that holds. What is left has failed. */
const STATE_RULES: readonly StatusRule[] = [
  {
    when: ({ status, responseKind }) => status === "SUCCEEDED" && responseKind === "approved-in-part",
    makesSense: "check-first",
    text: "Check how much was approved before asking for the rest.",
    source: "Its network response",
  },
  {
    when: ({ status, has }) => status === "SUCCEEDED" && has("captured_in_part"),
    makesSense: "not-needed",
    text: "It is paid in part; what is missing needs a payment of its own.",
    source: "Its captures",
  },
  {
    when: ({ status, has }) => status === "SUCCEEDED" && has("refunded_in_full"),
    makesSense: "not-needed",
    text: "It was paid and refunded in full; what is sold anew is a new payment.",
    source: "Its refunds",
  },
  {
    when: ({ status }) => status === "SUCCEEDED",
    makesSense: "not-needed",
    text: "It is paid.",
    source: "Its status",
  },
  {
    when: ({ status, siblings }) =>
      siblings?.some((one) => one.status === "SUCCEEDED") === true && status !== "AUTHORIZED",
    makesSense: "not-needed",
    text: "Another try of this session was paid.",
    source: "The session's other tries",
  },
  {
    when: ({ status }) => status === "AUTHORIZED",
    makesSense: "not-needed",
    text: "The amount is held: capture it rather than try again.",
    source: "Its status",
  },
  {
    when: ({ capturedMinor }) => (capturedMinor ?? 0) > 0,
    makesSense: "check-first",
    text: "Check with Xendit first: it is not paid by its status, yet something was captured.",
    source: "Its status beside its captures",
  },
  {
    when: ({ status }) => status === "CANCELED",
    makesSense: "yes",
    text: "In a new payment, if the order still stands.",
    source: "Its status",
  },
  {
    when: ({ status }) => status === "EXPIRED",
    makesSense: "yes",
    text: "In a new session, if the order still stands.",
    source: "Its status",
  },
  {
    when: ({ status, isPastExpiry }) => status === "REQUIRES_ACTION" && !isPastExpiry,
    makesSense: "check-first",
    text: "Not while the shopper can still finish this one.",
    source: "Its status",
  },
  {
    when: ({ status }) => OPEN.has(status),
    makesSense: "check-first",
    text: "Check with Xendit first: it may be paid without our having been told.",
    source: "Its status",
  },
  {
    when: ({ status }) => status !== "FAILED",
    makesSense: "unknown",
    text: "Not known: ask Xendit what its status means before another attempt.",
    source: "A status Paydesk does not know",
  },
];

const OPEN: ReadonlySet<string> = new Set(["REQUIRES_ACTION", "PENDING", "ACCEPTING_PAYMENTS", "UNKNOWN"]);

/** Whether to try again, by the state, else by every code with a say. Where those contradict, the stricter counts. */
export function retryOf(facts: JudgedFacts): Retry {
  const state = STATE_RULES.find((rule) => rule.when(facts));
  if (state) return { makesSense: state.makesSense, text: state.text, source: state.source };
  const advised = strictestFirst(advisedBy(facts));
  const [winner] = advised;
  if (!winner) {
    return {
      makesSense: "unknown",
      text: "Not known: nothing that was told says whether another attempt would do better.",
      source: "No code with a known advice",
    };
  }
  const { makesSense, text } = RETRY_SAYS[winner.advice];
  const overruled = advised.filter(
    (one) => severity(one.advice) > severity(winner.advice) && senseOf(one) !== makesSense,
  );
  const agreeing = advised.filter((one) => one.advice === winner.advice);
  return {
    makesSense,
    text: [winner.text ?? text, winner.why, overruledText(overruled)].filter(Boolean).join(" "),
    source: inSentence(agreeing.map(({ source }) => source)),
  };
}

/** The advice that counts after a failure, for whoever words it otherwise; `null` when nobody has any. */
export function strictestAdvice(facts: JudgedFacts): RetryAdvice | null {
  return strictestFirst(advisedBy(facts))[0]?.advice ?? null;
}

const SENSES: readonly MakesSense[] = ["no", "check-first", "later", "yes"];
const STRICTEST: readonly RetryAdvice[] = ["never", "no"];

/** Lower is stricter. */
function severity(advice: RetryAdvice): number {
  const place = STRICTEST.indexOf(advice);
  return place >= 0 ? place : STRICTEST.length + SENSES.indexOf(RETRY_SAYS[advice].makesSense);
}

/** Stable: among equally strict ones the order of `advisedBy` holds. */
function strictestFirst(advised: readonly Advised[]): readonly Advised[] {
  return [...advised].sort((a, b) => severity(a.advice) - severity(b.advice));
}

function senseOf({ advice }: Advised): MakesSense {
  return RETRY_SAYS[advice].makesSense;
}

const ALLOWS: Partial<Record<MakesSense, string>> = {
  yes: "another attempt",
  later: "a later attempt",
  "check-first": "an attempt after a check",
};

function overruledText(overruled: readonly Advised[]): string {
  const [first] = overruled;
  if (!first) return "";
  const sources = inSentence(overruled.filter((one) => senseOf(one) === senseOf(first)).map(({ source }) => source));
  return `${sources} alone would allow ${ALLOWS[senseOf(first)] ?? "more"}; the stricter counts.`;
}

/** "Network response 51 and failure code INSUFFICIENT_BALANCE". */
function inSentence(sources: readonly string[]): string {
  return sources
    .map((source, index) => (index === 0 ? source : source.charAt(0).toLowerCase() + source.slice(1)))
    .join(" and ");
}
