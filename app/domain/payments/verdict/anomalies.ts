import type { Tone } from "~/xendit/codes/reading.ts";
import { failureFitsResponse, failureOfResponse, responseKind } from "~/xendit/codes/response.ts";
import { flagText } from "~/xendit/flags.ts";
import type { Flag } from "~/xendit/projection.ts";
import { isStatusAgainstEci } from "./authentication-rules.ts";
import type { Evidence } from "./evidence.ts";
import { factsOf, isBlank, type Judged, type JudgedFacts } from "./facts.ts";

/** The rows of the verification panel that an anomaly can belong to; `money` is what no code tells. */
export type CheckedRow = "eci" | "cvn" | "avs" | "response" | "failure" | "threeds" | "money";

export interface FoundAnomaly {
  readonly row: CheckedRow;
  readonly label: string;
  readonly explanation: string;
  readonly tone: Tone;
  readonly evidence: Evidence | null;
}

interface AnomalyRule extends Omit<FoundAnomaly, "explanation"> {
  readonly when: (facts: JudgedFacts) => boolean;
  readonly explain: (facts: JudgedFacts) => string;
}

/** Flags of the fold, each with the row it is shown in and the place that proves it. */
const FLAG_ROWS: readonly (readonly [Flag, CheckedRow, Evidence | null])[] = [
  ["eci_does_not_fit_network", "eci", null],
  ["cvn_n_yet_approved", "cvn", null],
  ["avs_n_yet_approved", "avs", null],
  ["approved_without_3ds", "threeds", null],
  ["captured_not_requested", "money", "captures"],
  ["amount_does_not_fit_currency", "money", "captures"],
  ["refunded_above_captured", "money", "refunds"],
  ["paid_after_expiry", "money", "session"],
  ["paid_expiry_also_reported", "money", "session"],
  ["late_success", "money", "timeline"],
  ["held_and_failed", "money", "timeline"],
  ["paid_twice", "money", "tries"],
  ["conflict", "money", "disagreements"],
  ["event_and_status_disagree", "money", "timeline"],
];

/** Contradictions between codes, which the fold leaves to whoever reads them. */
const RULES: readonly AnomalyRule[] = [
  {
    row: "response",
    label: "Declined, yet approved",
    tone: "look",
    evidence: null,
    when: ({ isApproved, responseKind: kind }) => isApproved && kind === "declined",
    explain: ({ response, status }) => `The network's answer ${response} declines what is ${status}.`,
  },
  {
    row: "response",
    label: "Approved, yet failed",
    tone: "look",
    evidence: null,
    when: ({ status, response }) => status === "FAILED" && !isBlank(response) && responseKind(response) === "approved",
    explain: ({ response }) => `The network's answer ${response} approves what is reported as failed.`,
  },
  {
    row: "failure",
    label: "Does not fit the response",
    tone: "look",
    evidence: "verification-response",
    when: ({ failureCode, response }) => failureFitsResponse(failureCode, response) === false,
    explain: ({ response }) => `Xendit's table maps ${response} to ${failureOfResponse(response ?? "")}.`,
  },
  {
    row: "failure",
    label: "Failure code on an approval",
    tone: "look",
    evidence: null,
    when: ({ isApproved, failureCode }) => isApproved && !isBlank(failureCode),
    explain: ({ failureCode, status }) => `${failureCode} was told of what is ${status}.`,
  },
  {
    row: "threeds",
    label: "Status against ECI",
    tone: "look",
    evidence: "verification-eci",
    when: isStatusAgainstEci,
    explain: ({ eci }) => `ECI ${eci} tells of success, the 3-D Secure status does not.`,
  },
  {
    row: "money",
    label: "Currencies differ",
    tone: "bad",
    evidence: "disagreements",
    when: ({ disagreesOn }) => disagreesOn("currency"),
    explain: () => "Two currencies were told for this payment: compare what was captured with what was requested.",
  },
  {
    row: "money",
    label: "Not the session's currency",
    tone: "bad",
    evidence: "session",
    when: ({ currency, session }) => differs(session?.currency, currency),
    explain: ({ currency, session }) => `The session asked for ${session?.currency}, the payment is in ${currency}.`,
  },
  {
    row: "money",
    label: "Not the session's amount",
    tone: "look",
    evidence: "session",
    when: ({ amountMinor, currency, session }) =>
      !differs(session?.currency, currency) && differs(session?.amountMinor, amountMinor),
    explain: ({ session, requestedText, money }) =>
      `The session asked for ${money(session?.amountMinor ?? 0)}, the payment for ${requestedText}.`,
  },
];

/** What does not fit together, each in the row of the panel it belongs to. */
export function anomaliesOf(judged: Judged): readonly FoundAnomaly[] {
  const facts = factsOf(judged, { zone: "UTC" });
  const flagged = FLAG_ROWS.filter(([flag]) => facts.has(flag)).map(([flag, row, evidence]) => ({
    row,
    evidence,
    ...flagText[flag],
  }));
  const found = RULES.filter(({ when }) => when(facts)).map(({ when: _, explain, ...rule }) => ({
    ...rule,
    explanation: explain(facts),
  }));
  return [...flagged, ...found];
}

/** Two values that are both there. */
function differs<Value>(a: Value | null | undefined, b: Value | null | undefined): boolean {
  return a !== null && a !== undefined && b !== null && b !== undefined && a !== b;
}
