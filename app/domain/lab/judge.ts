import { LAB_POINTS, type LabFinding, type LabPoint, type LabScenario, type LabVerdict } from "./lab.ts";
import { isAsExpected, type ProbeReading, readingText } from "./probe.ts";
import type { LabProbe, LabStep, MadeScenario, StepExpectation } from "./scenario-step.ts";

/** What became of one request; `held` never left, because the scenario says a proxy kept it. */
export interface LabAnswer {
  /** The HTTP status as text, or timeout, refused, blocked, held. */
  readonly outcome: string;
  readonly status: number | null;
  readonly latencyMs: number;
}

/** What a probe ended in: a reading, or why there is none. */
export type ProbeEnd =
  | { readonly reading: ProbeReading }
  | { readonly reading: null; readonly because: "no probe" | "unreadable" | "not planted" };

export interface Played {
  readonly scenario: LabScenario;
  readonly made: MadeScenario;
  /** One for each step, in their order. */
  readonly answers: readonly LabAnswer[];
  /** One for each probe. */
  readonly probes: readonly ProbeEnd[];
  readonly answerWithinMs: number;
}

interface Check {
  readonly point: LabPoint;
  readonly verdict: LabVerdict;
  readonly detail: string;
}

/** What a scenario found out, one finding for each point it bears on. Pure: the same answers are judged the same. */
export function judgeScenario(played: Played): readonly LabFinding[] {
  const checks = [...stepChecks(played), ...probeChecks(played), ...timeChecks(played)];
  return LAB_POINTS.flatMap((point) => {
    const mine = checks.filter((check) => check.point === point);
    return mine.length > 0 ? [{ scenario: played.scenario, point, ...merged(mine) }] : [];
  });
}

function stepChecks({ made, answers }: Played): readonly Check[] {
  return made.steps.flatMap((step, index) => {
    const answer = answers[index];
    return answer && !step.heldBack ? [stepCheck(step, answer)] : [];
  });
}

function stepCheck(step: LabStep, answer: LabAnswer): Check {
  const { point, about, expects } = step;
  const detail = `${about}: ${answerText(answer)}`;
  if (answer.outcome === "blocked") return { point, verdict: "not_observable", detail };
  if (fits(answer.status, expects)) return { point, verdict: "passed", detail };
  return { point, verdict: "failed", detail: `${detail}, expected ${expectationText[expects]}` };
}

function fits(status: number | null, expects: StepExpectation): boolean {
  if (status === null) return false;
  const isTaken = status >= 200 && status < 300;
  if (expects === "taken") return isTaken;
  if (expects === "refused") return status === 401 || status === 403;
  // A redirect is no refusal: it says to send the same elsewhere.
  if (expects === "rejected") return status >= 400;
  return true;
}

const expectationText: Readonly<Record<StepExpectation, string>> = {
  taken: "2xx",
  refused: "401 or 403",
  rejected: "4xx or 5xx",
  any: "an answer",
};

function answerText({ outcome, latencyMs }: LabAnswer): string {
  if (outcome === "refused") return "nobody answered";
  if (outcome === "blocked") return "not sent, the address is not allowed";
  if (outcome === "timeout") return `no answer in ${seconds(latencyMs)}`;
  return outcome;
}

function probeChecks({ made, probes, answers }: Played): readonly Check[] {
  const neverReached = answers.every(({ status }) => status === null);
  return made.probes.flatMap((probe, index) => {
    const end = probes[index];
    // What nobody was told, nobody can have made anything of; the steps' own checks say so.
    return !end || (neverReached && !probe.needed) ? [] : probeCheck(probe, end);
  });
}

function probeCheck(probe: LabProbe, end: ProbeEnd): readonly Check[] {
  const { point, about } = probe;
  if (end.reading === null) {
    return probe.needed ? [{ point, verdict: "not_observable", detail: `${about}: ${unreadText[end.because]}` }] : [];
  }
  const detail = `${about}: ${readingText(end.reading)}`;
  if (isAsExpected(end.reading, probe.expects)) return [{ point, verdict: "passed", detail }];
  return [{ point, verdict: "failed", detail: `${detail}, expected ${wantedText(probe)}` }];
}

const unreadText = {
  "no probe": "no probe URL was given, and answers alone do not tell",
  unreadable: "the probe gave no answer that could be read",
  "not planted": "the sandbox could not be told of the payment",
} as const;

function wantedText({ expects }: LabProbe): string {
  if (expects.is === "paid") return "paid and fulfilled";
  if (expects.is === "paid_once") return "paid and fulfilled once";
  if (expects.is === "not_paid") return "neither paid nor fulfilled";
  return `amount ${expects.amount}, fulfilled once at most`;
}

function timeChecks({ answers, answerWithinMs }: Played): readonly Check[] {
  const sent = answers.filter(({ status, outcome }) => status !== null || outcome === "timeout");
  if (sent.length === 0) return [];
  const slowest = Math.max(...sent.map(({ latencyMs }) => latencyMs));
  const isLate = sent.some(({ outcome, latencyMs }) => outcome === "timeout" || latencyMs > answerWithinMs);
  const of = sent.length === 1 ? "answered" : `slowest of ${sent.length} answered`;
  const detail = isLate ? `no answer in ${seconds(answerWithinMs)}` : `${of} in ${slowest} ms`;
  return [{ point: "in_time", verdict: isLate ? "failed" : "passed", detail }];
}

function seconds(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}

/** How many checks of one kind are told one by one. */
const TOLD = 4;

/** The worst decides, and only what made it so is told. */
function merged(checks: readonly Check[]): Pick<Check, "verdict" | "detail"> {
  const verdict = worst(checks.map((check) => check.verdict));
  const details = checks.filter((check) => check.verdict === verdict).map(({ detail }) => detail);
  const more = details.length - TOLD;
  const told = details.slice(0, TOLD).join("; ");
  return { verdict, detail: more > 0 ? `${told}; and ${more} more` : told };
}

/** Failed before not observable before passed; nothing at all is not observable. */
export function worst(verdicts: readonly LabVerdict[]): LabVerdict {
  if (verdicts.includes("failed")) return "failed";
  return verdicts.length === 0 || verdicts.includes("not_observable") ? "not_observable" : "passed";
}
