import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { GroupArrival, Refusal } from "~/domain/webhooks/webhook-setup.server.ts";
import { refusalText } from "~/domain/webhooks/webhook-setup.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Time } from "../ui/time.tsx";

/** When each group of events last arrived: a group that never did has no address at Xendit yet. */
export function ArrivalTable({ groups, environment }: { groups: readonly GroupArrival[]; environment: Environment }) {
  return (
    <SmallTable label="Last arrivals" head={["Events", "Last arrival", "Which"]}>
      {groups.map((group) => (
        <tr key={group.name} className="border-t border-line">
          <td className="px-4 py-2">{group.label}</td>
          <td className="px-4 py-2">{group.lastAt === null ? <Never /> : <Time at={group.lastAt} />}</td>
          <td className="px-4 py-2 break-all">
            {group.lastEvent && (
              <Link to={withParams(paths.webhooks(), { environment, type: group.lastEvent })} className="link">
                {group.lastEvent}
              </Link>
            )}
          </td>
        </tr>
      ))}
    </SmallTable>
  );
}

function Never() {
  return <span className="text-muted">never</span>;
}

/** Arrivals that were not let in: metadata only, neither body nor token is kept. */
export function RefusalTable({ refusals }: { refusals: readonly Refusal[] }) {
  if (refusals.length === 0) return <p className="px-4 py-3 text-muted">Nobody was turned away.</p>;
  return (
    <SmallTable label="Refused at the door" head={["When", "Why", "Size", "From"]}>
      {refusals.map((one) => (
        <tr key={one.refusalId} className="border-t border-line">
          <td className="px-4 py-2">
            <Time at={one.refusedAt} seconds />
          </td>
          <td className="px-4 py-2">{refusalText(one.reason)}</td>
          <td className="figures px-4 py-2 whitespace-nowrap">{one.size === null ? "–" : `${one.size} bytes`}</td>
          <td className="px-4 py-2 font-mono text-[12.5px] break-all">{one.address ?? "–"}</td>
        </tr>
      ))}
    </SmallTable>
  );
}

/** A short table that needs neither paging nor keys. */
export function SmallTable({ label, head, children }: { label: string; head: readonly string[]; children: ReactNode }) {
  return (
    <table aria-label={label} className="w-full text-sm">
      <thead>
        <tr className="text-left text-muted">
          {head.map((text) => (
            <th key={text} scope="col" className="px-4 py-2 font-medium">
              {text || <span className="sr-only">Actions</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
