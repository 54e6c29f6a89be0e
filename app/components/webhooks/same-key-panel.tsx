import { Link } from "@remix-run/react";
import { diffPath } from "~/domain/webhooks/diff-path.ts";
import type { WebhookDetail } from "~/domain/webhooks/find-webhook.server.ts";
import { paths } from "~/lib/paths.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

type SameKey = WebhookDetail["sameKey"][number];

/** Variants and conflicts (RULES 3): each other event of the key, with what it says otherwise, value beside value. */
export function SameKeyPanel({ detail: { event, sameKey } }: { detail: WebhookDetail }) {
  if (sameKey.length === 0) return null;
  const title = event.state === "conflict" ? "Conflicting events of this key" : "Other events of this key";
  return (
    <Panel title={title} id="same-key" flush>
      <ul className="divide-y divide-line">
        {sameKey.map((other) => (
          <li key={other.eventId} className="py-2">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 text-sm">
              <Link to={paths.webhook(other.eventId)} className="link font-mono break-all">
                {other.eventId}
              </Link>
              <StatusBadge kind="event" code={other.state} />
              <span className="text-muted">
                received <Time at={other.firstReceivedAt} relative={false} seconds />
              </span>
              <Link to={diffPath(event.eventId, other.eventId)} className="link">
                Compare the bodies
              </Link>
            </p>
            <Differences differences={other.differences} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Differences({ differences }: Pick<SameKey, "differences">) {
  if (differences === null) {
    return <p className="px-4 pt-1 text-sm text-muted">One of the two is not JSON: they cannot be set side by side.</p>;
  }
  if (differences.length === 0) {
    return <p className="px-4 pt-1 text-sm text-muted">Both say the same, value by value.</p>;
  }
  return (
    <table className="plain-table mt-1" aria-label="Values that differ">
      <thead>
        <tr>
          <th>Field</th>
          <th>Here</th>
          <th>There</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ path, left, right }) => (
          <tr key={path}>
            <td className="font-mono text-[12.5px] break-all">{path}</td>
            <td className="font-mono text-[12.5px] break-all">{left ?? <Absent />}</td>
            <td className="font-mono text-[12.5px] break-all">{right ?? <Absent />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Absent() {
  return <span className="font-sans text-muted">not there</span>;
}
