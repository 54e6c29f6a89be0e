import { Link, useNavigate } from "@remix-run/react";
import { AGES, type Age, ageSpan } from "~/domain/reconciliation/exception.ts";
import type { ExceptionCounts } from "~/domain/reconciliation/exception-counts.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { classText } from "~/xendit/reconcile/class-words.ts";
import { BarsByCode } from "../charts/bars-by-code.tsx";
import { Badge } from "../ui/badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { exceptionsBehind } from "./exception-links.ts";

interface OpenPanelProps {
  readonly counts: ExceptionCounts | null;
  readonly environment: Environment;
}

/** The older, the louder; beside its word every time. */
const colours: Record<Age, string> = {
  lt1d: "var(--color-unknown-mark)",
  "1to3d": "var(--color-waiting-mark)",
  "3to7d": "var(--color-look-mark)",
  gt7d: "var(--color-bad-mark)",
};

export function AgeingPanel({ counts, environment }: OpenPanelProps) {
  const navigate = useNavigate();
  if (!counts) return <NotCounted title="Open exceptions by age" />;
  const bars = AGES.map((age) => ({
    id: age,
    label: ageSpan[age].label,
    count: counts.ages[age],
    colour: colours[age],
  }));
  const open = (index: number) => {
    const age = AGES[index];
    if (age) navigate(exceptionsBehind({ environment, age }));
  };
  return (
    <Panel title="Open exceptions by age" id="ageing">
      {counts.open === 0 ? (
        <p className="text-sm text-muted">None is open.</p>
      ) : (
        <>
          <BarsByCode label="Open exceptions by age" unit="Exceptions" bars={bars} onOpen={open} />
          <details className="mt-2">
            <summary className="link w-fit text-sm">Show as a table</summary>
            <table className="plain-table mt-1" aria-label="Open exceptions by age">
              <tbody>
                {AGES.map((age) => (
                  <tr key={age}>
                    <th scope="row">{ageSpan[age].label}</th>
                    <td data-align="right">
                      <CountLink count={counts.ages[age]} to={exceptionsBehind({ environment, age })} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </Panel>
  );
}

export function OpenClassesPanel({ counts, environment }: OpenPanelProps) {
  if (!counts) return <NotCounted title="Open exceptions" />;
  return (
    <Panel title="Open exceptions" id="open" flush={counts.open > 0}>
      {counts.open === 0 ? (
        <p className="text-sm text-muted">None is open.</p>
      ) : (
        <table className="plain-table" aria-label="Open exceptions by class">
          <tbody>
            {counts.classes.map(({ class: one, count }) => (
              <tr key={one}>
                <th scope="row">
                  <Badge tone={classText[one].tone} title={classText[one].explanation}>
                    {classText[one].label}
                  </Badge>
                </th>
                <td data-align="right">
                  <CountLink count={count} to={exceptionsBehind({ environment, class: one })} />
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">All</th>
              <td data-align="right">
                <CountLink count={counts.open} to={exceptionsBehind({ environment })} />
              </td>
            </tr>
          </tbody>
        </table>
      )}
    </Panel>
  );
}

export function CountLink({ count, to }: { count: number; to: string }) {
  if (count === 0) return <span className="text-faint">0</span>;
  return (
    <Link to={to} className="link figures">
      {count.toLocaleString("en")}
    </Link>
  );
}

function NotCounted({ title }: { title: string }) {
  return (
    <Panel title={title}>
      <p className="text-sm text-look">They took too long to count. The list has them all.</p>
    </Panel>
  );
}
