import { Link, useNavigate } from "@remix-run/react";
import { approvalRate, OUTCOMES, type Outcome, type Overview } from "~/domain/overview/overview.ts";
import { BarsOverTime } from "../charts/bars-over-time.tsx";
import { percent } from "../charts/rate-line.tsx";
import { Panel } from "../ui/panel.tsx";
import { figure, outcomeColour, outcomeWord } from "./outcome-words.ts";
import { paymentsBehind } from "./overview-links.ts";

const series = OUTCOMES.map((outcome) => ({
  key: outcome,
  label: outcomeWord[outcome],
  colour: outcomeColour[outcome],
}));

/** Payments over time by what became of them; every bar leads to its list. */
export function OutcomePanel({ overview, per }: { overview: Overview; per: string }) {
  const navigate = useNavigate();
  function open(index: number, key: string) {
    const bucket = overview.buckets[index];
    const outcome = OUTCOMES.find((one) => one === key);
    if (bucket && outcome) navigate(outcomeHref(overview, bucket, outcome));
  }
  return (
    <Panel title={`Payments by ${per} and outcome`} id="outcomes">
      <OutcomeLegend overview={overview} />
      <BarsOverTime
        label={`Payments by ${per} and outcome`}
        series={series}
        points={overview.buckets.map((bucket) => ({ label: bucket.label, values: bucket.counts }))}
        onOpen={open}
      />
      <details className="mt-2">
        <summary className="link w-fit text-sm">Show as a table</summary>
        <OutcomeTable overview={overview} per={per} />
      </details>
    </Panel>
  );
}

function OutcomeLegend({ overview }: { overview: Overview }) {
  return (
    <ul className="mb-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {OUTCOMES.map((outcome) => (
        <li key={outcome} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm" style={{ background: outcomeColour[outcome] }} />
          {overview.counts[outcome] > 0 ? (
            <Link to={outcomeHref(overview, overview, outcome)} className="hover:underline">
              {outcomeWord[outcome]}
            </Link>
          ) : (
            outcomeWord[outcome]
          )}
          <span className="figures text-muted">{figure(overview.counts[outcome])}</span>
        </li>
      ))}
    </ul>
  );
}

function OutcomeTable({ overview, per }: { overview: Overview; per: string }) {
  return (
    <div className="mt-2 max-h-[360px] overflow-auto">
      <table className="plain-table" aria-label={`Payments by ${per} and outcome`}>
        <thead>
          <tr>
            <th scope="col">From</th>
            {OUTCOMES.map((outcome) => (
              <th key={outcome} scope="col" data-align="right">
                {outcomeWord[outcome]}
              </th>
            ))}
            <th scope="col" data-align="right">
              All
            </th>
            <th scope="col" data-align="right">
              Approval rate
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.buckets.toReversed().map((bucket) => (
            <tr key={bucket.from}>
              <th scope="row">{bucket.label}</th>
              {OUTCOMES.map((outcome) => (
                <td key={outcome} data-align="right">
                  <CountLink count={bucket.counts[outcome]} to={outcomeHref(overview, bucket, outcome)} />
                </td>
              ))}
              <td data-align="right">
                <CountLink count={bucket.total} to={paymentsBehind(overview, bucket)} />
              </td>
              <td data-align="right">{rateText(approvalRate(bucket.counts))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CountLink({ count, to }: { count: number; to: string }) {
  if (count === 0) return <span className="text-faint">0</span>;
  return (
    <Link to={to} className="link">
      {figure(count)}
    </Link>
  );
}

export function rateText(rate: number | null): string {
  return rate === null ? "–" : percent(rate);
}

function outcomeHref(overview: Overview, span: { from: number; until: number }, outcome: Outcome): string {
  return paymentsBehind(overview, span, { status: overview.statuses[outcome] });
}
