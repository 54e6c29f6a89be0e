import { labPoints, labScenarios } from "~/domain/lab/lab.ts";
import type { Score, ScoreRow } from "~/domain/lab/scoreboard.ts";
import { Panel } from "../ui/panel.tsx";
import { AwaitedBadge, VerdictBadge } from "./verdict-badge.tsx";

/** Points by verdicts, and behind each the scenarios that decided it. */
export function Scoreboard({ score, isRunning }: { score: Score; isRunning: boolean }) {
  return (
    <Panel title="Scoreboard" id="scoreboard" flush>
      <ul className="divide-y divide-line" aria-label="Points">
        {score.rows.map((row) => (
          <li key={row.point} className="grid gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[128px_minmax(0,1fr)]">
            <div className="pt-px">
              {isRunning && row.findings.length === 0 ? <AwaitedBadge /> : <VerdictBadge verdict={row.verdict} />}
            </div>
            <div className="min-w-0">
              <p className="font-medium">{labPoints[row.point].label}</p>
              <p className="text-sm text-muted">{labPoints[row.point].question}</p>
              <Findings row={row} isRunning={isRunning} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Findings({ row, isRunning }: { row: ScoreRow; isRunning: boolean }) {
  if (row.findings.length === 0) {
    const text = isRunning ? "Nothing found out yet." : "No scenario that tells it was run.";
    return <p className="mt-1 text-sm text-faint">{text}</p>;
  }
  // What passed is not read; what kept it from passing stands open.
  const deciding = row.verdict === "passed" ? [] : row.findings.filter(({ verdict }) => verdict === row.verdict);
  const others = row.findings.filter((finding) => !deciding.includes(finding));
  return (
    <>
      {deciding.length > 0 && <FindingList findings={deciding} />}
      {others.length > 0 && (
        <details className="mt-1 text-sm">
          <summary className="inline text-muted underline decoration-dotted underline-offset-2">
            {others.length} {deciding.length > 0 && "more "}
            {others.length === 1 ? "scenario" : "scenarios"}
          </summary>
          <FindingList findings={others} />
        </details>
      )}
    </>
  );
}

function FindingList({ findings }: { findings: ScoreRow["findings"] }) {
  return (
    <ul className="mt-1 flex flex-col gap-0.5 text-sm">
      {findings.map(({ scenario, detail }) => (
        <li key={scenario} className="break-words">
          <a href={`#scenario-${scenario}`} className="link underline">
            {labScenarios[scenario].label}
          </a>
          : {detail}
        </li>
      ))}
    </ul>
  );
}
