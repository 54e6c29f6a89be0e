import { worst } from "./judge.ts";
import { LAB_POINTS, type LabFinding, type LabPoint, type LabScenario, type LabVerdict } from "./lab.ts";

/** One point over all scenarios that bear on it. */
export interface ScoreRow {
  readonly point: LabPoint;
  readonly verdict: LabVerdict;
  /** In the order the scenarios ran; empty when none that bears on it was chosen. */
  readonly findings: readonly LabFinding[];
}

export interface Score {
  readonly rows: readonly ScoreRow[];
  readonly passed: number;
  readonly failed: number;
  readonly notObservable: number;
}

/** Every point, also those nothing was found out about: what was not tried is never left out, and never green. */
export function scoreOf(findings: readonly LabFinding[]): Score {
  const rows = LAB_POINTS.map((point) => {
    const mine = findings.filter((finding) => finding.point === point);
    return { point, verdict: worst(mine.map(({ verdict }) => verdict)), findings: mine };
  });
  const count = (verdict: LabVerdict) => rows.filter((row) => row.verdict === verdict).length;
  return { rows, passed: count("passed"), failed: count("failed"), notObservable: count("not_observable") };
}

/** "Passed 8 of 11 points, failed 2, 1 not observable". */
export function scoreText({ rows, passed, failed, notObservable }: Score): string {
  const rest = [failed > 0 && `failed ${failed}`, notObservable > 0 && `${notObservable} not observable`];
  return [`Passed ${passed} of ${rows.length} points`, ...rest.filter(Boolean)].join(", ");
}

/** By scenario, for the certificate: whether it went well as a whole. */
export function byScenario(
  findings: readonly LabFinding[],
  scenarios: readonly LabScenario[],
): readonly {
  readonly scenario: LabScenario;
  readonly verdict: LabVerdict;
  readonly findings: readonly LabFinding[];
}[] {
  return scenarios.map((scenario) => {
    const mine = findings.filter((finding) => finding.scenario === scenario);
    return { scenario, verdict: worst(mine.map(({ verdict }) => verdict)), findings: mine };
  });
}

export interface Timing {
  readonly requests: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** Of the requests that were answered; `null` when none was. Nearest rank. */
export function timingOf(
  requests: readonly { readonly status: number | null; readonly latencyMs: number }[],
): Timing | null {
  const latencies = requests.flatMap(({ status, latencyMs }) => (status === null ? [] : [latencyMs]));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.max(0, Math.ceil(latencies.length * share) - 1)] ?? 0;
  return latencies.length === 0 ? null : { requests: latencies.length, p95Ms: at(0.95), maxMs: at(1) };
}
