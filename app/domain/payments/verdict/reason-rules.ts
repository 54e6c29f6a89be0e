import { adviceAct, decodeAdvice } from "~/xendit/codes/advice.ts";
import { decodeFailure, failureReading } from "~/xendit/codes/failure.ts";
import { decodeResponse, failureFitsResponse, failureOfResponse } from "~/xendit/codes/response.ts";
import { decode3dsReason, decodeChallengeCancel } from "~/xendit/codes/three-ds.ts";
import { isBlank, type JudgedFacts } from "./facts.ts";
import type { Rule } from "./rule.ts";

const failed = ({ status }: JudgedFacts) => status === "FAILED";
const response = ({ response, network }: JudgedFacts) => decodeResponse(response, { network });
const advice = ({ verification }: JudgedFacts) => verification?.merchantAdviceCode ?? null;
const statusReason = ({ verification }: JudgedFacts) => verification?.threeDsStatusReason ?? null;
const cancelled = ({ verification }: JudgedFacts) => verification?.challengeCancelCode ?? null;

/** Why it failed, and where the reasons given do not go with the outcome: every rule that holds. */
export const reasonRules: readonly Rule[] = [
  {
    when: (facts) => failed(facts) && isBlank(facts.failureCode),
    say: () => [["No reason was given.", "verification-failure", "unknown"]],
  },
  {
    when: (facts) => failed(facts) && isKnownFailure(facts),
    say: ({ failureCode }) => [
      [`The reason given: ${decodeFailure(failureCode).short} (${failureCode}).`, "verification-failure", "bad"],
    ],
  },
  {
    when: (facts) => failed(facts) && !isBlank(facts.failureCode) && !isKnownFailure(facts),
    say: ({ failureCode }) => [
      [`The reason given, “${failureCode}”, is not in our table.`, "verification-failure", "unknown"],
    ],
  },
  {
    when: (facts) => !failed(facts) && !isBlank(facts.failureCode),
    say: ({ failureCode }) => [
      [`A failure code, ${failureCode}, was told all the same.`, "verification-failure", "look"],
    ],
  },
  {
    when: (facts) => !isBlank(facts.response) && facts.responseKind === null,
    say: (facts) => [
      [`The network answered “${facts.response}”, which is not in our table.`, "verification-response", "unknown"],
    ],
  },
  {
    when: (facts) => facts.responseKind === "declined" && !facts.isApproved,
    say: (facts) => [
      [`The network answered ${facts.response}, ${response(facts).short}.`, "verification-response", "bad"],
    ],
  },
  {
    when: (facts) => facts.responseKind === "declined" && facts.isApproved,
    say: (facts) => [
      [
        `The network answered ${facts.response}, ${response(facts).short}, which does not go with an approval.`,
        "verification-response",
        "look",
      ],
    ],
  },
  {
    when: (facts) => facts.responseKind === "approved-in-part",
    say: (facts) => [
      [
        `The network answered ${facts.response}, an approval of a part of the amount only.`,
        "verification-response",
        "look",
      ],
    ],
  },
  {
    when: (facts) => facts.responseKind === "approved" && failed(facts),
    say: (facts) => [
      [
        `The network answered ${facts.response}, ${response(facts).short}, which does not go with a failure.`,
        "verification-response",
        "look",
      ],
    ],
  },
  {
    // 00 goes without saying.
    when: (facts) => facts.responseKind === "approved" && facts.isApproved && facts.response?.trim() !== "00",
    say: (facts) => [
      [`The network answered ${facts.response}, ${response(facts).short}.`, "verification-response", "good"],
    ],
  },
  {
    when: (facts) => failed(facts) && failureFitsResponse(facts.failureCode, facts.response) === false,
    say: ({ response: code }) => [
      [
        `Xendit's table maps ${code} to ${failureOfResponse(code ?? "")}, which is not the reason given.`,
        "verification-response",
        "look",
      ],
    ],
  },
  {
    when: (facts) => !isBlank(cancelled(facts)) && !facts.isApproved,
    say: (facts) => [
      [`The challenge: ${decodeChallengeCancel(cancelled(facts)).short}.`, "verification-threeds", "bad"],
    ],
  },
  {
    when: (facts) => !isBlank(statusReason(facts)) && !facts.isApproved,
    say: (facts) => [
      [
        `The 3-D Secure status reason: ${decode3dsReason(statusReason(facts)).short} (${statusReason(facts)}).`,
        "verification-threeds",
        "look",
      ],
    ],
  },
  {
    when: (facts) => !isBlank(advice(facts)) && !facts.isApproved && adviceAct(advice(facts) ?? "") !== "none",
    say: (facts) => [[adviceText(advice(facts) ?? ""), "verification-advice", "look"]],
  },
];

function isKnownFailure({ failureCode }: JudgedFacts): boolean {
  return failureCode !== null && failureReading(failureCode) !== null;
}

function adviceText(code: string): string {
  const { short } = decodeAdvice(code);
  switch (adviceAct(code)) {
    case "wait":
      return `The scheme advises (${code}) to try again after ${short}.`;
    case "stop":
      return `The scheme advises (${code}) not to try again.`;
    case null:
      return `The scheme's advice, “${code}”, is not in our table.`;
    default:
      return `The scheme's advice (${code}): ${short}.`;
  }
}
