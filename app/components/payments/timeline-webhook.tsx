import { Link } from "@remix-run/react";
import type { TimelineEntry } from "~/domain/payments/timeline/timeline-entry.ts";
import { paths } from "~/lib/paths.ts";
import { formatDuration } from "~/lib/time.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Time } from "../ui/time.tsx";

interface WebhookProps {
  readonly entry: TimelineEntry;
  readonly webhook: NonNullable<TimelineEntry["webhook"]>;
}

export function WebhookTitle({ entry, webhook: { eventId, state, count } }: WebhookProps) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Link to={paths.webhook(eventId)} className="link min-w-0 font-medium break-words">
        {entry.title}
      </Link>
      {state !== "processed" && <StatusBadge kind="event" code={state} />}
      {count > 1 && (
        <span className="figures text-muted" title={`Received ${count} times`}>
          ×{count}
        </span>
      )}
    </span>
  );
}

/** When it arrived, and how long after; a duplicate's further arrivals one click away. */
export function WebhookArrivals({ entry, webhook: { arrivals, count } }: WebhookProps) {
  const first = entry.arrivedAt;
  const further = arrivals.filter((_, index) => index > 0);
  return (
    <div className="text-xs text-muted">
      arrived <Time at={first} relative={false} seconds />
      {entry.at !== null && first !== null && first > entry.at && `, ${formatDuration(first - entry.at)} after`}
      {count > 1 && (
        <details className="mt-0.5">
          <summary className="w-fit cursor-pointer">
            {count - 1 === 1 ? "and once more" : `and ${count - 1} times more`}
          </summary>
          <ul className="figures mt-0.5 flex flex-col pl-4">
            {further.map((at, index) => (
              // Two arrivals may share a millisecond, and none ever moves.
              // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
              <li key={`${at} ${index}`}>
                <Time at={at} relative={false} seconds />
              </li>
            ))}
            {further.length < count - 1 && <li>and {count - 1 - further.length} more: see the webhook</li>}
          </ul>
        </details>
      )}
    </div>
  );
}

/** A flood of likewise webhooks: one line each, behind one summary. */
export function FoldedWebhooks({ entries }: { entries: readonly TimelineEntry[] }) {
  const last = entries.at(-1);
  return (
    <details className="mt-0.5">
      <summary className="w-fit cursor-pointer text-muted">
        Show all {entries.length}, the last <Time at={last?.at ?? last?.arrivedAt ?? null} relative={false} seconds />
      </summary>
      <ol className="mt-1 flex flex-col gap-1">
        {entries.map((entry) => (
          <li key={entry.key} id={entry.key} className="scroll-mt-20 border-l border-line pl-2">
            {entry.webhook && <WebhookTitle entry={entry} webhook={entry.webhook} />}
            {entry.detail && <p className="break-words text-muted">{entry.detail}</p>}
            {entry.webhook && <WebhookArrivals entry={entry} webhook={entry.webhook} />}
          </li>
        ))}
      </ol>
    </details>
  );
}
