import { clsx } from "clsx";
import { CircleCheck, CircleX } from "lucide-react";
import type { LastMatch, MatchRun } from "~/domain/reconciliation/last-match.server.ts";
import { formatDuration } from "~/lib/time.ts";
import { Badge } from "../ui/badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { amountText, counted, currencyText } from "./amount-text.ts";
import { ScrollBox } from "./scroll-box.tsx";

/** The last whole match and its check, figure by figure: a green sign alone would have to be believed. */
export function MatchPanel({ match }: { match: LastMatch }) {
  const { run } = match;
  if (!run) {
    return (
      <Panel title="Last match" id="match">
        <p className="text-sm text-muted">
          {match.isUnderWay
            ? "The first match is under way: its check follows."
            : "Nothing was matched here yet. It is done after every import, and on request."}
        </p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Last match"
      id="match"
      actions={run.check.isWhole ? <Badge tone="good">Adds up</Badge> : <Badge tone="bad">Does not add up</Badge>}
    >
      <p className="text-sm">
        <Time at={run.finishedAt} />, in {formatDuration(run.finishedAt - run.startedAt)}:{" "}
        {counted(run.groups, "group")} of {counted(run.rows, "report row")}.{" "}
        <span className="text-muted">{sinceText(match)}</span>
      </p>
      <Check run={run} />
    </Panel>
  );
}

function Check({ run: { check } }: { run: MatchRun }) {
  const lines = [
    { key: "rows", label: "Report rows in exactly one class", ...check.rows, currency: null },
    { key: "payments", label: "Payments that moved money, in exactly one class", ...check.payments, currency: null },
    ...check.captured.map((one) => ({
      ...one,
      key: `captured-${one.currency}`,
      label: "Captured, all classes together",
    })),
    ...check.reported.map((one) => ({
      ...one,
      key: `reported-${one.currency}`,
      label: "Reported, all classes together",
    })),
  ];
  return (
    <ScrollBox className="mt-2 overflow-x-auto" label="Check of the last match">
      <table className="plain-table figures" aria-label="Check of the last match">
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col" data-align="right">
              There are
            </th>
            <th scope="col" data-align="right">
              In classes
            </th>
            <th scope="col">
              <span className="sr-only">Outcome</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, label, expected, found, currency }) => (
            <tr key={key}>
              <td className="min-w-[180px]">
                {label}
                {currency !== null && `, ${currencyText(currency)}`}
              </td>
              <td data-align="right">{checkText(expected, currency)}</td>
              <td data-align="right">{checkText(found, currency)}</td>
              <td>
                <Outcome isSame={expected === found} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Outcome({ isSame }: { isSame: boolean }) {
  const Icon = isSame ? CircleCheck : CircleX;
  return (
    <span className={clsx("inline-flex items-center gap-1", isSame ? "text-good" : "font-medium text-bad")}>
      <Icon size={14} aria-hidden />
      {isSame ? "same" : "differs"}
    </span>
  );
}

function checkText(figure: string, currency: string | null): string {
  return currency === null ? BigInt(figure).toLocaleString("en") : amountText(BigInt(figure), currency);
}

/** What this match does not know, or learnt only one by one. */
function sinceText({ since, importing }: LastMatch): string {
  const parts = [
    importing > 0 && `${counted(importing, "report")} on the way in`,
    since.imports > 0 && `${counted(since.imports, "report")} read`,
    since.unmatchedRows > 0 && `${counted(since.unmatchedRows, "row")} not matched yet`,
    since.isRuleChanged && "the rules changed",
    since.payments > 0 && `${counted(since.payments, "payment")}, each matched as it came`,
  ].filter(Boolean);
  return parts.length === 0 ? "Nothing changed since." : `Since then: ${parts.join("; ")}.`;
}
