import { type LabScenario, labScenarios } from "~/domain/lab/lab.ts";
import type { LabRequestRow } from "~/domain/lab/lab-queries.server.ts";
import { attemptWord } from "~/xendit/codes/status-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Panel } from "../ui/panel.tsx";

interface RequestListProps {
  readonly scenarios: readonly LabScenario[];
  readonly requests: readonly LabRequestRow[];
}

/** Every request of the run under its scenario, with what was answered. Answers are a stranger's text: shown as text. */
export function RequestList({ scenarios, requests }: RequestListProps) {
  return (
    <Panel title="What was sent and answered" id="requests" flush>
      <div className="divide-y divide-line">
        {scenarios.map((scenario) => (
          <ScenarioRequests
            key={scenario}
            scenario={scenario}
            requests={requests.filter((request) => request.scenario === scenario)}
          />
        ))}
      </div>
    </Panel>
  );
}

function ScenarioRequests({ scenario, requests }: { scenario: LabScenario; requests: readonly LabRequestRow[] }) {
  return (
    <section id={`scenario-${scenario}`} className="scroll-mt-16 px-4 py-2.5 target:bg-waiting-soft">
      <h3 className="font-medium">{labScenarios[scenario].label}</h3>
      <p className="text-sm text-muted">{labScenarios[scenario].about}</p>
      {requests.length === 0 ? (
        <p className="mt-1 text-sm text-faint">Nothing sent.</p>
      ) : (
        <ol className="mt-1.5 flex flex-col gap-1 text-sm">
          {requests.map((request) => (
            <Request key={request.sequence} request={request} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Request({ request }: { request: LabRequestRow }) {
  return (
    <li className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <span className="figures w-7 shrink-0 text-right text-faint">{request.sequence}</span>
        <Outcome outcome={request.outcome} />
        <span className="min-w-0">{request.about}</span>
        {request.outcome !== "held" && (
          <span className="figures text-muted">{request.latencyMs.toLocaleString("en")} ms</span>
        )}
        <code className="text-xs text-faint" title={`SHA-256 of the body: ${request.bodyDigest}`}>
          {request.bodyDigest.slice(0, 12)}
        </code>
      </div>
      {request.responseExcerpt !== null && (
        <details className="mt-0.5 ml-10">
          <summary className="inline text-muted underline decoration-dotted underline-offset-2">
            What it answered
          </summary>
          <pre className="mt-1 max-h-60 overflow-auto rounded-sm bg-sunken p-2 font-mono text-[12.5px] break-all whitespace-pre-wrap">
            {request.responseExcerpt}
          </pre>
        </details>
      )}
    </li>
  );
}

function Outcome({ outcome }: { outcome: string }) {
  if (outcome === "held") return <Badge tone="unknown">held back</Badge>;
  // Whether a 401 is good depends on what was asked; the scoreboard says it.
  const { word } = attemptWord(outcome);
  return (
    <Badge tone="unknown" icon={false} title={word === outcome ? undefined : outcome}>
      {word}
    </Badge>
  );
}
