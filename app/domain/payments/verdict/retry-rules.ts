import { type AdviceAct, adviceAct, decodeAdvice } from "~/xendit/codes/advice.ts";
import { type RetryAdvice, retryAdvice } from "~/xendit/codes/failure.ts";
import { responseAdvice } from "~/xendit/codes/response.ts";
import { isBlank, type JudgedFacts } from "./facts.ts";
import type { MakesSense } from "./verdict.ts";

interface Saying {
  readonly makesSense: MakesSense;
  readonly text: string;
}

/** What each advice comes to for the one who has to decide. */
export const RETRY_SAYS: Record<RetryAdvice, Saying> = {
  never: { makesSense: "no", text: "Not with this card, ever; block it where it is saved. Another card may be used." },
  no: { makesSense: "no", text: "Not with this card." },
  "contact-xendit": {
    makesSense: "no",
    text: "Not before the merchant's configuration is put right with Xendit: every attempt will fail alike.",
  },
  "new-card": { makesSense: "no", text: "Not with the card as it is saved: ask for a new one." },
  "save-again": { makesSense: "no", text: "Not with this saved card: have it saved again, or use another." },
  "other-method": { makesSense: "no", text: "Not this way: ask for another payment method." },
  "other-card": { makesSense: "no", text: "Not with this card; another may work." },
  "check-amount": { makesSense: "no", text: "Not with this amount: check it first." },
  "smaller-amount": { makesSense: "no", text: "Not with this amount: a smaller one may pass." },
  "check-first": {
    makesSense: "check-first",
    text: "Check with Xendit first: the outcome may still change, and a second attempt could be paid twice.",
  },
  "call-bank": { makesSense: "later", text: "Once the shopper has spoken to their bank, or with another card." },
  wait: { makesSense: "later", text: "After a wait: there were too many attempts." },
  "later-or-other-mid": { makesSense: "later", text: "After a while, or through another merchant id." },
  "later-or-other-card": { makesSense: "later", text: "After a while, or with another card." },
  later: { makesSense: "later", text: "The trouble was technical, not the card." },
  "new-session": { makesSense: "yes", text: "In a new session: this one has lapsed." },
  "with-3ds": { makesSense: "yes", text: "In a new attempt, this time with 3-D Secure." },
  "new-attempt": { makesSense: "yes", text: "In a new attempt, which the shopper has to confirm." },
  retype: { makesSense: "yes", text: "Once the shopper has entered the card's details again." },
  retry: { makesSense: "yes", text: "At once." },
};

/** One source's advice. `text` stands for the advice's own where the source says more. */
export interface Advised {
  readonly advice: RetryAdvice;
  readonly source: string;
  readonly text?: string;
  readonly why?: string | null;
}

/**
 * Everybody with a say after a failure. Among equals the first counts: the scheme's own advice before the network's
 * answer, that before the failure code, which is Xendit's reading of it.
 */
export function advisedBy(facts: JudgedFacts): readonly Advised[] {
  return [...bySituation(facts), ...byScheme(facts), ...byThreeDs(facts), ...byNetwork(facts), ...byFailure(facts)];
}

function bySituation(facts: JudgedFacts): readonly Advised[] {
  const situations: readonly (readonly [boolean, string, string])[] = [
    [facts.has("held_and_failed"), "The hold beside the failure", "Check first whether the hold is still on the card."],
    [facts.has("conflict"), "The conflict", "Check with Xendit first: what was told contradicts itself."],
    [
      facts.responseKind === "approved" || facts.responseKind === "approved-in-part",
      "The network's approval beside the failure",
      "Check with Xendit first: the network approved what is reported as failed.",
    ],
  ];
  return situations.filter(([holds]) => holds).map(([, source, text]) => ({ advice: "check-first", source, text }));
}

const SCHEME: Record<AdviceAct, { readonly advice: RetryAdvice; readonly text: string | null } | null> = {
  stop: {
    advice: "no",
    text: "Not with this card: the scheme forbids it and charges for attempts against its advice.",
  },
  wait: { advice: "wait", text: null },
  "new-data": { advice: "new-card", text: "Only with the card's new data, which the scheme says exist." },
  token: { advice: "save-again", text: null },
  "one-sum": { advice: "new-attempt", text: "In one sum: the card allows no instalments." },
  "no-action": { advice: "other-card", text: "Not with this card: that the scheme asks for no action is no leave." },
  none: null,
};

function byScheme({ verification }: JudgedFacts): readonly Advised[] {
  const code = verification?.merchantAdviceCode;
  const act = isBlank(code) ? null : adviceAct(code);
  const row = act && SCHEME[act];
  if (isBlank(code) || !row) return [];
  const text =
    act === "wait"
      ? `After ${decodeAdvice(code).short}, says the scheme, which charges for attempts before that.`
      : row.text;
  return [{ advice: row.advice, source: `Merchant advice ${code}`, ...(text ? { text } : {}) }];
}

/** Of 3-D Secure only what no other code tells: AUTHENTICATION_FAILED hides these reasons (FACTS 6.3). */
const REASONS: Readonly<Record<string, RetryAdvice>> = {
  "05": "new-card",
  "06": "other-card",
  "08": "other-card",
  "10": "never",
  "11": "no",
  "12": "other-card",
  "13": "other-card",
};

function byThreeDs({ verification }: JudgedFacts): readonly Advised[] {
  const reason = verification?.threeDsStatusReason?.trim() ?? "";
  const advice = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  if (advice) return [{ advice, source: `3-D Secure reason ${reason}` }];
  const status = verification?.threeDsStatus?.trim().toUpperCase();
  return status === "R" || status === "AUTHENTICATION_REJECTED"
    ? [{ advice: "call-bank", source: `3-D Secure status ${status}` }]
    : [];
}

function byNetwork({ response }: JudgedFacts): readonly Advised[] {
  const advised = isBlank(response) ? null : responseAdvice(response);
  return advised ? [{ advice: advised.retry, source: `Network response ${response}`, why: advised.why }] : [];
}

function byFailure({ failureCode }: JudgedFacts): readonly Advised[] {
  const advice = isBlank(failureCode) ? null : retryAdvice(failureCode);
  return advice ? [{ advice, source: `Failure code ${failureCode}` }] : [];
}
