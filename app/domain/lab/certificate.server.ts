import { sha256 } from "./lab-request.server.ts";

/** What a certificate stands for: everything that can be told about a run without telling what anybody answered. */
export interface CertifiedRun {
  readonly runId: string;
  readonly endpoint: string;
  readonly seed: number;
  readonly scenarios: readonly string[];
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly results: readonly {
    readonly scenario: string;
    readonly point: string;
    readonly verdict: string;
    readonly detail: string;
  }[];
  readonly requests: readonly {
    readonly sequence: number;
    readonly bodyDigest: string;
    readonly outcome: string;
    readonly latencyMs: number;
  }[];
}

/**
 * SHA-256 of a run as JSON, lists in a fixed order. The same rows give the same digest wherever they are read; one changed
 * verdict, status or body gives another.
 */
export function certificateDigest(run: CertifiedRun): string {
  const { runId, endpoint, seed, scenarios, startedAt, finishedAt } = run;
  const results = run.results
    .map(({ scenario, point, verdict, detail }) => [scenario, point, verdict, detail])
    .sort((a, b) => compare(a.join(" "), b.join(" ")));
  const requests = run.requests
    .map(({ sequence, bodyDigest, outcome, latencyMs }) => [sequence, bodyDigest, outcome, latencyMs] as const)
    .sort(([a], [b]) => a - b);
  return sha256(JSON.stringify({ runId, endpoint, seed, scenarios, startedAt, finishedAt, results, requests }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
