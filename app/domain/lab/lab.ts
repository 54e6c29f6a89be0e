/** The words of the fault lab: what it tries and what it finds out. Pure, browser-safe. */

/** What a run finds out about an endpoint, in the order of the scoreboard. */
export const LAB_POINTS = [
  "acknowledges",
  "in_time",
  "checks_token",
  "checks_signature",
  "deduplicates",
  "order_safe",
  "takes_late",
  "survives_garbage",
  "tolerates_unknown",
  "distrusts_conflict",
  "finds_lost",
] as const;
export type LabPoint = (typeof LAB_POINTS)[number];

interface PointWords {
  readonly label: string;
  /** What was asked, for the scoreboard and the certificate. */
  readonly question: string;
  /** Answers over HTTP alone do not tell it. */
  readonly needsProbe?: true;
}

export const labPoints: Readonly<Record<LabPoint, PointWords>> = {
  acknowledges: {
    label: "Acknowledges events",
    question: "Is every good event answered with 2xx, whatever its type, and a repeated one too?",
  },
  in_time: {
    label: "Answers in time",
    question: "Is every answer there within 30 seconds, also when twenty come at once?",
  },
  checks_token: {
    label: "Checks the token",
    question: "Is an event without the right x-callback-token refused with 401 or 403?",
  },
  checks_signature: {
    label: "Checks the signature",
    question: "Is a body refused with 401 or 403 when its signature was made for another one?",
  },
  deduplicates: {
    label: "Fulfils once",
    question: "Is an order fulfilled once when its event comes three times?",
    needsProbe: true,
  },
  order_safe: {
    label: "Does not depend on order",
    question: "Does a payment stay paid when an older event arrives after a newer one?",
    needsProbe: true,
  },
  takes_late: {
    label: "Takes what comes late",
    question: "Is an order fulfilled when its event comes hours later, or only with the third try?",
    needsProbe: true,
  },
  survives_garbage: {
    label: "Survives garbage",
    question: "Is a broken body refused, and the good event after it taken?",
  },
  tolerates_unknown: {
    label: "Tolerates the unknown",
    question: "Are new fields, new values, new event types and amounts as text taken?",
  },
  distrusts_conflict: {
    label: "Does not trust a conflict",
    question: "Is the first amount kept when the same payment is told again with another?",
    needsProbe: true,
  },
  finds_lost: {
    label: "Finds what never came",
    question: "Is a payment found through the API when its webhook never arrives?",
    needsProbe: true,
  },
};

export const LAB_SCENARIOS = [
  "plain",
  "duplicate",
  "reordered",
  "capture_before_session",
  "late",
  "server_error_twice",
  "never",
  "wrong_token",
  "missing_token",
  "tampered_signature",
  "truncated",
  "unknown_fields",
  "conflict",
  "burst",
] as const;
export type LabScenario = (typeof LAB_SCENARIOS)[number];

interface ScenarioWords {
  readonly label: string;
  readonly about: string;
}

export const labScenarios: Readonly<Record<LabScenario, ScenarioWords>> = {
  plain: { label: "Plain payment", about: "Session completed, captured; another one authorized; another one failed." },
  duplicate: {
    label: "Duplicated",
    about: "One capture three times: twice under one webhook-id, then under another, sent a minute later.",
  },
  reordered: { label: "Reordered", about: "The capture first, then the older authorization of the same payment." },
  capture_before_session: { label: "Capture before session", about: "The payment's webhook before its session's." },
  late: { label: "Late", about: "A capture of six hours before." },
  server_error_twice: {
    label: "500 twice, then fine",
    about: "Two tries end at a proxy with 500 and never reach the endpoint; the third does, an hour later.",
  },
  never: {
    label: "Never",
    about: "The session says completed, the payment's webhook never comes. The sandbox's API knows the payment.",
  },
  wrong_token: { label: "Wrong token", about: "A forged capture with another x-callback-token." },
  missing_token: { label: "Missing token", about: "A forged capture without a token." },
  tampered_signature: { label: "Tampered body", about: "A signature made for another body." },
  truncated: { label: "Truncated and broken", about: "Half a body, an empty one and a bare null, then a good one." },
  unknown_fields: {
    label: "Unknown fields",
    about: "Fields, values and an event type nobody has seen yet; amounts as text.",
  },
  conflict: { label: "Conflict", about: "The same payment under the same webhook-id, with ten times the amount." },
  burst: { label: "Burst", about: "Twenty captures at once." },
};

export type LabVerdict = "passed" | "failed" | "not_observable";

export const verdictLabel: Readonly<Record<LabVerdict, string>> = {
  passed: "Passed",
  failed: "Failed",
  not_observable: "Not observable",
};

/** One thing a scenario found out. `detail` is made of our own words, statuses and figures: nothing the endpoint said. */
export interface LabFinding {
  readonly scenario: LabScenario;
  readonly point: LabPoint;
  readonly verdict: LabVerdict;
  readonly detail: string;
}

/** Xendit gives a receiver 30 seconds. */
export const ANSWER_WITHIN_MS = 30_000;

/** Requests of a run at most, probes included. */
export const MAX_REQUESTS = 200;

export const LAB_HEADER = "paydesk-lab";

export function isLabScenario(value: string): value is LabScenario {
  return LAB_SCENARIOS.some((one) => one === value);
}

export function isLabPoint(value: string): value is LabPoint {
  return LAB_POINTS.some((one) => one === value);
}
