import { approvalRate, type Overview } from "~/domain/overview/overview.ts";
import { RateLine } from "../charts/rate-line.tsx";
import { Panel } from "../ui/panel.tsx";
import { rateText } from "./outcome-panel.tsx";
import { figure } from "./outcome-words.ts";

/** The rate with what it is a rate of; a rate without its definition is an argument waiting to happen. */
export function ApprovalPanel({ overview }: { overview: Overview }) {
  const { approved, failed, waiting, ended } = overview.counts;
  return (
    <Panel title="Approval rate" id="approval">
      <p className="figures text-lg font-semibold">{rateText(approvalRate(overview.counts))}</p>
      <p className="figures mb-2 text-sm text-muted">
        {figure(approved)} of {figure(approved + failed)} decided payments
      </p>
      <RateLine
        label="Approval rate over time"
        name="Approval rate"
        points={overview.buckets.map((bucket) => ({ label: bucket.label, rate: approvalRate(bucket.counts) }))}
      />
      <details className="mt-2">
        <summary className="link w-fit text-sm">Show as a table</summary>
        <ApprovalTable overview={overview} />
      </details>
      <p className="mt-2 text-sm text-muted">
        Paid or held, out of paid, held or failed. A payment request counts once, by its status now, in the hour it was
        created. Left out: {figure(waiting)} waiting and {figure(ended)} voided, expired or of another status.
      </p>
    </Panel>
  );
}

/** The line's points, newest first, each rate with what it is a rate of. */
function ApprovalTable({ overview }: { overview: Overview }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
    <div tabIndex={0} className="mt-2 max-h-[240px] overflow-auto">
      <table className="plain-table" aria-label="Approval rate over time">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col" data-align="right">
              Approved
            </th>
            <th scope="col" data-align="right">
              Decided
            </th>
            <th scope="col" data-align="right">
              Rate
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.buckets.toReversed().map(({ from, label, counts }) => (
            <tr key={from}>
              <th scope="row">{label}</th>
              <td data-align="right">{figure(counts.approved)}</td>
              <td data-align="right">{figure(counts.approved + counts.failed)}</td>
              <td data-align="right" className="whitespace-nowrap">
                {rateText(approvalRate(counts))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
