import type { Flag } from "~/xendit/projection.ts";
import type { Evidence } from "./evidence.ts";
import type { JudgedFacts } from "./facts.ts";
import type { Rule, Said } from "./rule.ts";

/** What else must be known: every rule that holds, money first. */
export const remarkRules: readonly Rule[] = [
  {
    // Where the outcome itself speaks of no money.
    when: ({ status, capturedMinor }) => !SPEAKS_OF_MONEY.has(status) && (capturedMinor ?? 0) > 0,
    say: (facts) => [[`Yet ${facts.money(facts.capturedMinor ?? 0)} was captured.`, "captures", "look"]],
  },
  {
    when: ({ refundedMinor }) => refundedMinor > 0,
    say: (facts) => [[refundText(facts), "refunds", facts.has("refunded_above_captured") ? "bad" : "waiting"]],
  },
  {
    when: ({ refunds }) => some(refunds, "PENDING"),
    say: () => [["A refund is under way.", "refunds", "waiting"]],
  },
  {
    when: ({ disputes }) => some(disputes, "ACTION_REQUIRED"),
    say: (facts) => [[`The cardholder disputes it${answerBy(facts)}.`, "disputes", "bad"]],
  },
  { when: ({ disputes }) => some(disputes, "UNDER_REVIEW"), say: dispute("A dispute of it is under review.", "look") },
  { when: ({ disputes }) => some(disputes, "LOST"), say: dispute("A dispute of it was lost.", "bad") },
  { when: ({ disputes }) => some(disputes, "WON"), say: dispute("A dispute of it was won.", "good") },
  {
    when: (facts) => facts.has("disputed") && !facts.disputes?.some(({ status }) => DISPUTE_STATUSES.has(status)),
    say: dispute("The cardholder disputes it.", "bad"),
  },
  flagged("paid_twice", [
    "Another payment request of this session was paid too, and both count until one is refunded.",
    "tries",
    "bad",
  ]),
  {
    when: (facts) => facts.status !== "SUCCEEDED" && some(facts.siblings, "SUCCEEDED"),
    say: () => [["Another try of this session was paid.", "tries", "good"]],
  },
  flagged("paid_after_expiry", ["The money came after the expiry that was reported.", "session", "look"]),
  flagged("paid_expiry_also_reported", ["An expiry was reported too.", "session", "look"]),
  flagged("late_success", [
    "It had also been reported failed, voided or expired; the success counts.",
    "timeline",
    "look",
  ]),
  flagged("held_and_failed", ["It was held as well, and the hold may still be on the card.", "timeline", "look"]),
  flagged("conflict", [
    "One webhook came with contents that contradict each other, so check before acting.",
    "disagreements",
    "bad",
  ]),
  {
    when: (facts) => facts.has("sources_disagree"),
    say: (facts) => [[`Sources disagree on ${fields(facts)}.`, "disagreements", "look"]],
  },
  flagged("event_and_status_disagree", [
    "An event's name says another status than its body; the body counts.",
    "timeline",
    "look",
  ]),
  flagged("amount_does_not_fit_currency", [
    "An amount does not fit its currency and is in no total.",
    "captures",
    "look",
  ]),
  flagged("masked", ["A body carried card data, which was masked before it was stored.", "timeline", "bad"]),
  flagged("claimed", ["Only the browser's word ties it to its session so far.", "session", "waiting"]),
];

const SPEAKS_OF_MONEY: ReadonlySet<string> = new Set(["SUCCEEDED", "AUTHORIZED", "FAILED", "CANCELED", "EXPIRED"]);
const DISPUTE_STATUSES: ReadonlySet<string> = new Set(["ACTION_REQUIRED", "UNDER_REVIEW", "LOST", "WON"]);

function flagged(flag: Flag, said: Said): Rule {
  return { when: (facts) => facts.has(flag), say: () => [said] };
}

function dispute(text: string, tone: Said[2]): Rule["say"] {
  return () => [[text, "disputes" satisfies Evidence, tone]];
}

function some(rows: readonly { readonly status: string }[] | undefined, status: string): boolean {
  return rows?.some((row) => row.status === status) ?? false;
}

function refundText(facts: JudgedFacts): string {
  const refunded = facts.money(facts.refundedMinor);
  if (facts.has("refunded_above_captured")) return `Refunded ${refunded}, more than is known to have been captured.`;
  return facts.has("refunded_in_full") ? `Refunded in full: ${refunded}.` : `Refunded in part: ${refunded}.`;
}

function answerBy({ disputes, time }: JudgedFacts): string {
  const due = disputes?.find(({ status, dueAt }) => status === "ACTION_REQUIRED" && dueAt !== null)?.dueAt;
  return due ? `; an answer is due by ${time(due)}` : "";
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  eci: "the ECI",
  cvn: "the CVN result",
  avs: "the AVS result",
  response: "the network response",
  failureCode: "the failure code",
  amount: "the amount",
  captureAmount: "a captured amount",
  currency: "the currency",
  network: "the card's network",
  referenceId: "the reference",
};

/** At most three by name: the rest stands behind the link. */
function fields({ disagreements }: JudgedFacts): string {
  const names = [...new Set(disagreements.map(({ field }) => field.split(" ")[0] || "a value"))].map((field) =>
    Object.hasOwn(FIELD_NAMES, field) ? (FIELD_NAMES[field] ?? field) : field,
  );
  if (names.length === 0) return "some values";
  const rest = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `${names.slice(0, 3).join(", ")}${rest}`;
}
