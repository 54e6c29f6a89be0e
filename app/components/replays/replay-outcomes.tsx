import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { OutcomeCount, ReplayProgress } from "~/domain/replays/replay-plan.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { figure } from "./counted.ts";

interface ReplayOutcomesProps {
  readonly replayId: string;
  readonly progress: ReplayProgress;
}

/** What went wrong, by kind: what failed for good, what is tried again, what stayed here. Each leads to its deliveries. */
export function ReplayOutcomes({ replayId, progress: { errors, retrying, leftOut } }: ReplayOutcomesProps) {
  if (errors.length + retrying.length + leftOut.length === 0) return null;
  const linkTo = (state: string, outcome?: string) =>
    `${withParams(paths.replay(replayId), { state, outcome })}#events`;
  const attempt = ({ outcome }: OutcomeCount) => <StatusBadge kind="attempt" code={outcome} />;
  return (
    <Panel title={errors.length + retrying.length > 0 ? "Errors by kind" : "Left out by kind"} id="errors" flush>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">What becomes of it</th>
            <th scope="col" data-align="right">
              Events
            </th>
          </tr>
        </thead>
        <tbody>
          {errors.map((row) => (
            <Row key={row.outcome} name={attempt(row)} fate="failed" to={linkTo("failed", row.outcome)} {...row} />
          ))}
          {retrying.map((row) => (
            <Row
              key={row.outcome}
              name={attempt(row)}
              fate="tried again"
              to={linkTo("waiting", row.outcome)}
              {...row}
            />
          ))}
          {leftOut.map((row) => (
            <Row
              key={row.outcome}
              name={row.outcome.replace(/^Left out: /, "")}
              fate="left out"
              to={linkTo("left_out")}
              {...row}
            />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Row({ name, fate, count, to }: { name: ReactNode; fate: string; count: number; to: string }) {
  return (
    <tr>
      <td className="break-words">{name}</td>
      <td className="text-muted">{fate}</td>
      <td data-align="right">
        <Link to={to} className="link figures">
          {figure(count)}
        </Link>
      </td>
    </tr>
  );
}
