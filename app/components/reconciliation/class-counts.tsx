import type { ClassCount } from "~/domain/reconciliation/count-classes.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { classText } from "~/xendit/reconcile/class-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { CountLink } from "./ageing-panel.tsx";
import { exceptionsBehind } from "./exception-links.ts";

interface ClassCountsProps {
  readonly classes: readonly ClassCount[];
  readonly environment: Environment;
  readonly from: string;
  readonly to: string;
}

/** Every group of the period is in exactly one of these. */
export function ClassCounts({ classes, environment, from, to }: ClassCountsProps) {
  const total = (name: "groups" | "open") => classes.reduce((sum, one) => sum + one[name], 0);
  return (
    <Panel title="Classes" id="classes" flush={classes.length > 0}>
      {classes.length === 0 ? (
        <p className="text-sm text-muted">Nothing belongs here yet.</p>
      ) : (
        <table className="plain-table" aria-label="Classes">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" data-align="right">
                Groups
              </th>
              <th scope="col" data-align="right">
                Open
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.map(({ class: one, groups, open }) => (
              <tr key={one}>
                <td>
                  <Badge tone={classText[one].tone} title={classText[one].explanation}>
                    {classText[one].label}
                  </Badge>
                </td>
                <td data-align="right">
                  <CountLink
                    count={groups}
                    to={exceptionsBehind({ environment, class: one, from, to, state: "all" })}
                  />
                </td>
                <td data-align="right">
                  <CountLink count={open} to={exceptionsBehind({ environment, class: one, from, to })} />
                </td>
              </tr>
            ))}
            <tr>
              <td>All</td>
              <td data-align="right" className="figures">
                {total("groups").toLocaleString("en")}
              </td>
              <td data-align="right">
                <CountLink count={total("open")} to={exceptionsBehind({ environment, from, to })} />
              </td>
            </tr>
          </tbody>
        </table>
      )}
    </Panel>
  );
}
