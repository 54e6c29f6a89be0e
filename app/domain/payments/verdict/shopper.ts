import { isKnownCurrency } from "~/lib/money.ts";
import type { RetryAdvice } from "~/xendit/codes/failure.ts";
import { normalCode } from "~/xendit/codes/reading.ts";
import { failureOfResponse } from "~/xendit/codes/response.ts";
import { isBlank, type JudgedFacts } from "./facts.ts";
import { strictestAdvice } from "./retry.ts";
import type { ShopperWords } from "./verdict.ts";

/**
 * After a failure, by what should be done. Never a word of the CVN, of theft or of suspicion: whoever tries other
 * people's cards learns from it, and only the bank may speak of the rest.
 */
export const SHOPPER_SAYS: Record<RetryAdvice, string> = {
  never: "Your bank did not approve this payment. Please use another card or another way to pay, or contact your bank.",
  no: "Your bank did not approve this payment. Please use another card or another way to pay, or contact your bank.",
  "contact-xendit":
    "The payment could not be completed on our side. Please use another way to pay while we look into it.",
  "new-card": "The card can no longer be used as it is saved. Please enter a current card.",
  "save-again": "The saved card can no longer be used. Please enter your card again.",
  "other-method": "The payment did not go through. Please use another way to pay.",
  "other-card": "This card could not be used for the payment. Please use another card, or contact your bank.",
  "check-amount": "The payment could not be completed as it was set up. We are looking into it.",
  "smaller-amount": "The amount is above what can be paid this way. Please use another way to pay.",
  "check-first": "We are checking this payment with the bank. Please do not pay again until we have confirmed it.",
  "call-bank": "Your bank did not approve this payment. Please contact your bank, or use another card.",
  wait: "The payment cannot be tried again right away. Please wait a while, or use another card.",
  "later-or-other-mid": "The payment could not be completed. Please try again later, or use another card.",
  "later-or-other-card":
    "Your bank did not approve this payment now. Please check your balance and limits and try again later, or use another card.",
  later: "The payment could not be completed for a technical reason. Please try again later.",
  "new-session": "The time to pay ran out. Please start the payment again.",
  "with-3ds": "Your bank asks you to confirm this payment. Please try again and confirm it when asked.",
  "new-attempt": "The payment was not confirmed with your bank. Please try again and confirm it when asked.",
  retype: "The payment did not go through. Please check all your card details and try again.",
  retry: "The payment did not go through. Please try again.",
};

const NO_ADVICE = "The payment did not go through. Please use another card, or contact your bank.";

interface ShopperRule {
  readonly when: (facts: JudgedFacts) => boolean;
  readonly say: (facts: JudgedFacts) => string;
}

/** The first that holds. */
const RULES: readonly ShopperRule[] = [
  { when: ({ status }) => status === "SUCCEEDED", say: (facts) => `${received(facts)}${sentBack(facts)}` },
  {
    when: ({ status, siblings }) => status === "FAILED" && siblings?.some((one) => one.status === "SUCCEEDED") === true,
    say: () => "This attempt did not go through, but another one for the same order did.",
  },
  {
    when: ({ status }) => status === "AUTHORIZED",
    say: (facts) =>
      `Your bank approved the payment and ${named(facts, facts.amountMinor) ?? "the amount"} is reserved.`,
  },
  { when: ({ capturedMinor }) => (capturedMinor ?? 0) > 0, say: () => SHOPPER_SAYS["check-first"] },
  { when: ({ status }) => status === "FAILED", say: (facts) => failed(facts) },
  {
    when: ({ status }) => status === "CANCELED",
    say: () => "The payment was cancelled. If an amount was reserved, your bank releases it, which can take some days.",
  },
  {
    when: ({ status }) => status === "EXPIRED",
    say: () => "The payment was not completed in time. Please start it again if you still want to pay.",
  },
  {
    when: ({ status, isPastExpiry }) => status === "REQUIRES_ACTION" && !isPastExpiry,
    say: () => "The payment is not finished. Please confirm it with your bank.",
  },
  {
    when: () => true,
    say: () =>
      "We have not been told the outcome of this payment yet. Please do not pay again until we have confirmed it.",
  },
];

interface Caution {
  readonly when: (facts: JudgedFacts) => boolean;
  readonly text: string;
}

/** For the operator alone: every one that holds. */
const CAUTIONS: readonly Caution[] = [
  {
    when: (facts) => !facts.isApproved && isAboutCvn(facts),
    text: "Do not say that the CVN was wrong: whoever is guessing would learn from it.",
  },
  {
    when: (facts) => !facts.isApproved && isAboutFraud(facts),
    text: "Do not mention suspicion, or what the bank reports of the card: only the bank may speak of it.",
  },
  { when: ({ has }) => has("held_and_failed"), text: "Do not promise that the hold is gone." },
  {
    when: ({ has }) => has("paid_twice"),
    text: "Two payments were taken: settle which one goes back before answering.",
  },
  {
    when: ({ status, has }) => status === "SUCCEEDED" && has("paid_after_expiry", "late_success"),
    text: "It was paid late: see first whether the order still stands.",
  },
  {
    when: ({ disputes, has }) =>
      disputes
        ? disputes.some(({ status }) => status === "ACTION_REQUIRED" || status === "UNDER_REVIEW")
        : has("disputed"),
    text: "A dispute is open: agree with whoever answers it before promising anything.",
  },
  { when: isDoubtful, text: "Name no amount before it is settled: what was told of it does not hang together." },
];

/** What the shopper may be told, in words that can be sent as they stand; and what the operator should mind. */
export function tellShopper(facts: JudgedFacts): ShopperWords | null {
  const rule = RULES.find((one) => one.when(facts));
  if (!rule) return null;
  const cautions = CAUTIONS.filter((one) => one.when(facts)).map(({ text }) => text);
  return { text: rule.say(facts), caution: cautions.length > 0 ? cautions.join(" ") : null };
}

function failed(facts: JudgedFacts): string {
  const advice = strictestAdvice(facts);
  return advice ? SHOPPER_SAYS[advice] : NO_ADVICE;
}

function received(facts: JudgedFacts): string {
  const amount = named(facts, facts.capturedMinor);
  const on = facts.capturedAt === null ? "" : ` on ${facts.time(facts.capturedAt)}`;
  return `Your payment${amount ? ` of ${amount}` : ""} was received${on}.`;
}

function sentBack(facts: JudgedFacts): string {
  if (facts.refundedMinor <= 0) return "";
  const amount = facts.has("refunded_in_full") ? "All of it" : (named(facts, facts.refundedMinor) ?? "Part of it");
  return ` ${amount} has been sent back; it can take some days to appear on your statement.`;
}

/** An amount is named only when it is certain. */
function named(facts: JudgedFacts, minor: number | null): string | null {
  if (minor === null || minor <= 0 || !isKnownCurrency(facts.currency) || isDoubtful(facts)) return null;
  return facts.money(minor);
}

function isDoubtful({ has, disagreesOn, responseKind }: JudgedFacts): boolean {
  if (responseKind === "approved-in-part") return true;
  return has("conflict", "amount_does_not_fit_currency") || disagreesOn("amount", "captureAmount", "currency");
}

function isAboutCvn(facts: JudgedFacts): boolean {
  const cvn = normalCode(facts.cvn ?? "");
  return saysFailure(facts, ["INVALID_CVV"]) || cvn === "N" || cvn === "I" || cvn === "NO_MATCH";
}

const FRAUD_FAILURES = ["STOLEN_CARD", "SUSPECTED_FRAUDULENT", "ISSUER_SUSPECT_FRAUD"];
/** Labels that speak of fraud or of the card's state, whatever Xendit maps them to. */
const FRAUD_RESPONSES: ReadonlySet<string> = new Set(["59", "63", "81", "83"]);
const FRAUD_REASONS: ReadonlySet<string> = new Set(["09", "10", "11"]);

function isAboutFraud(facts: JudgedFacts): boolean {
  return (
    saysFailure(facts, FRAUD_FAILURES) ||
    FRAUD_RESPONSES.has(normalCode(facts.response ?? "")) ||
    FRAUD_REASONS.has(facts.verification?.threeDsStatusReason?.trim() ?? "") ||
    normalCode(facts.cvn ?? "") === "D"
  );
}

function saysFailure({ failureCode, response }: JudgedFacts, codes: readonly string[]): boolean {
  const told = [failureCode, isBlank(response) ? null : failureOfResponse(response)];
  return told.some((code) => code !== null && codes.includes(normalCode(code)));
}
