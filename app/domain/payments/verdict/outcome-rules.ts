import type { JudgedFacts } from "./facts.ts";
import type { Rule } from "./rule.ts";

const is =
  (status: string, also: (facts: JudgedFacts) => boolean = () => true) =>
  (facts: JudgedFacts) =>
    facts.status === status && also(facts);
const captured = ({ capturedMinor }: JudgedFacts) => capturedMinor ?? 0;

/** What became of the money: the first rule that holds. The last one holds always. */
export const outcomeRules: readonly Rule[] = [
  {
    when: is("SUCCEEDED", ({ capturedMinor }) => capturedMinor === null),
    say: ({ requestedText }) => [
      [`Paid, with ${requestedText} requested;`, "timeline", "good"],
      ["how much was captured is not known.", "captures", "look"],
    ],
  },
  {
    when: is("SUCCEEDED", (facts) => captured(facts) <= 0),
    say: ({ requestedText }) => [
      ["Reported as paid,", "timeline", "look"],
      [`but nothing of the ${requestedText} requested is known to be captured.`, "captures", "look"],
    ],
  },
  {
    when: is("SUCCEEDED", ({ capturedItemised }) => !capturedItemised),
    say: (facts) => [
      [`Paid ${facts.money(captured(facts))};`, "timeline", "good"],
      ["the capture was not itemised, so the requested amount is taken.", "captures", "unknown"],
    ],
  },
  {
    when: is("SUCCEEDED", (facts) => facts.amountMinor === null),
    say: (facts) => [
      [`Paid ${facts.money(captured(facts))}${onDay(facts)};`, "captures", "good"],
      [`what was requested (${facts.requestedText}) cannot be compared with it.`, "captures", "look"],
    ],
  },
  {
    when: is("SUCCEEDED", (facts) => captured(facts) < (facts.amountMinor ?? 0)),
    say: (facts) => [
      [
        `Paid in part: ${facts.money(captured(facts))} of the ${facts.requestedText} requested was captured${onDay(facts)}.`,
        "captures",
        "waiting",
      ],
    ],
  },
  {
    when: is("SUCCEEDED", (facts) => captured(facts) > (facts.amountMinor ?? 0)),
    say: (facts) => [
      [`Paid ${facts.money(captured(facts))}${onDay(facts)},`, "captures", "good"],
      [`which is more than the ${facts.requestedText} requested.`, "captures", "look"],
    ],
  },
  {
    when: is("SUCCEEDED"),
    say: (facts) => [[`Paid ${facts.money(captured(facts))}${onDay(facts)}.`, "captures", "good"]],
  },
  {
    when: is("AUTHORIZED", (facts) => captured(facts) > 0),
    say: (facts) => [
      [`Held ${facts.requestedText} on the card;`, "timeline", "waiting"],
      [`${facts.money(captured(facts))} of it was captured${onDay(facts)}.`, "captures", "waiting"],
    ],
  },
  {
    when: is("AUTHORIZED"),
    say: ({ requestedText }) => [
      [`Held ${requestedText} on the card;`, "timeline", "waiting"],
      ["nothing is captured yet.", "captures", "waiting"],
    ],
  },
  {
    when: is("FAILED", (facts) => captured(facts) > 0),
    say: (facts) => [
      ["Reported as failed,", "timeline", "look"],
      [`although ${facts.money(captured(facts))} was captured.`, "captures", "look"],
    ],
  },
  {
    when: is("FAILED"),
    say: (facts) => [
      [
        facts.createdAt === null
          ? `Not paid: the attempt of ${facts.requestedText} failed.`
          : `Not paid: the attempt of ${facts.requestedText} on ${facts.time(facts.createdAt)} failed.`,
        "timeline",
        "bad",
      ],
    ],
  },
  {
    when: is("CANCELED", (facts) => captured(facts) > 0),
    say: (facts) => [
      [`Voided,`, "timeline", "look"],
      [`although ${facts.money(captured(facts))} was captured.`, "captures", "look"],
    ],
  },
  {
    when: is("CANCELED"),
    say: ({ requestedText }) => [[`Voided: ${requestedText} was never captured.`, "timeline", "unknown"]],
  },
  {
    when: is("EXPIRED", (facts) => captured(facts) > 0),
    say: (facts) => [
      ["Expired,", "timeline", "look"],
      [`although ${facts.money(captured(facts))} was captured.`, "captures", "look"],
    ],
  },
  {
    when: is("EXPIRED"),
    say: ({ requestedText, expiresAt, time }) => [
      [
        `Expired unpaid: ${requestedText} was not paid${expiresAt === null ? " in time" : ` by ${time(expiresAt)}`}.`,
        "timeline",
        "unknown",
      ],
    ],
  },
  {
    when: is("REQUIRES_ACTION", ({ isPastExpiry }) => isPastExpiry),
    say: ({ requestedText, expiresAt, time }) => [
      [`Not finished: the shopper had ${requestedText} to confirm by 3-D Secure,`, "verification-threeds", "look"],
      [
        `the time ran out${expiresAt === null ? "" : ` on ${time(expiresAt)}`}, and no outcome was told.`,
        "session",
        "look",
      ],
    ],
  },
  {
    when: is("REQUIRES_ACTION"),
    say: ({ requestedText }) => [
      [`Waiting for the shopper to confirm ${requestedText} by 3-D Secure.`, "verification-threeds", "waiting"],
    ],
  },
  {
    when: ({ status }) => status === "PENDING" || status === "ACCEPTING_PAYMENTS",
    say: ({ requestedText }) => [[`Waiting: no outcome of ${requestedText} was told yet.`, "timeline", "waiting"]],
  },
  {
    when: is("UNKNOWN"),
    say: () => [
      ["No payment webhook yet:", "timeline", "waiting"],
      ["only the browser or a session names this payment, and its outcome is not known.", "session", "waiting"],
    ],
  },
  {
    when: () => true,
    say: ({ status }) => [
      [`Xendit says “${status}”, a status Paydesk does not know; it does not count as paid.`, "timeline", "unknown"],
    ],
  },
];

function onDay({ capturedAt, captureCount = 1, time }: JudgedFacts): string {
  const several = captureCount > 1 ? ` in ${captureCount} captures` : "";
  if (capturedAt === null) return several;
  return several ? `${several}, the first on ${time(capturedAt)}` : ` on ${time(capturedAt)}`;
}
