import { MAX_REQUESTS } from "~/domain/lab/lab.ts";
import type { LabRun } from "~/domain/lab/lab-queries.server.ts";
import type { Timing } from "~/domain/lab/scoreboard.ts";
import { Copy } from "../ui/copy.tsx";
import { Id } from "../ui/id.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { LabStateBadge } from "./verdict-badge.tsx";

const bar =
  "h-1.5 min-w-0 flex-1 appearance-none overflow-hidden rounded-sm bg-line " +
  "[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent";

interface RunFactsProps {
  readonly run: LabRun;
  readonly timing: Timing | null;
  /** Origin and path; a query may hold a secret. */
  readonly probe: string | null;
}

export function RunFacts({ run, timing, probe }: RunFactsProps) {
  const done = new Set(run.findings.map(({ scenario }) => scenario)).size;
  const total = run.scenarios.length;
  return (
    <Panel title="Run" id="facts">
      <div className="mb-3 flex items-center gap-3">
        <LabStateBadge state={run.state} />
        <progress value={done} max={total} className={bar} aria-label={`${done} of ${total} scenarios played`} />
        <span className="figures text-sm text-muted">
          {done} of {total}
        </span>
      </div>
      <Facts
        items={[
          { label: "Endpoint", value: <span className="font-mono text-[12.5px] break-all">{run.endpoint}</span> },
          {
            label: "Probe",
            value: probe ? <span className="font-mono text-[12.5px] break-all">{probe}</span> : "none",
          },
          {
            label: "Seed",
            value: (
              <span className="inline-flex items-center gap-1">
                {run.seed}
                <Copy text={String(run.seed)} what="the seed" />
              </span>
            ),
          },
          { label: "Requests", value: `${run.requests.length} of ${MAX_REQUESTS} at most` },
          {
            label: "Answers",
            value: timing ? `95 % within ${timing.p95Ms} ms, slowest ${timing.maxMs} ms` : "none yet",
          },
          { label: "Ordered by", value: run.orderedBy },
          { label: "Started", value: <Time at={run.startedAt} seconds /> },
          { label: "Ended", value: <Time at={run.finishedAt} seconds /> },
          { label: "Run", value: <Id value={run.runId} kind="run" whole /> },
        ]}
      />
    </Panel>
  );
}
