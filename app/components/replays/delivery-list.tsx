import { Link } from "@remix-run/react";
import type { DeliveryPage, DeliveryRow } from "~/domain/replays/delivery-queries.server.ts";
import { deliveryText } from "~/domain/replays/replay.ts";
import type { DeliveryCounts } from "~/domain/replays/replay-plan.ts";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Id } from "../ui/id.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { DeliveryPager, DeliveryTabs, type ShownFilter } from "./delivery-tabs.tsx";
import { DeliveryBadge } from "./replay-badges.tsx";

interface DeliveryListProps {
  readonly page: DeliveryPage;
  readonly replay: Pick<ReplayRow, "replayId" | "kind" | "destination" | "targetUrl" | "environment">;
  readonly counts: DeliveryCounts;
  readonly filter: ShownFilter;
}

/** One entry for each event, with every try: what was answered, how fast, and the beginning of what it said. */
export function DeliveryList({ page, replay, counts, filter }: DeliveryListProps) {
  return (
    <Panel title="Events" id="events" flush>
      <DeliveryTabs replay={replay} counts={counts} filter={filter} />
      {page.rows.length === 0 && <p className="px-4 py-6 text-sm text-muted">No event of this replay is here.</p>}
      <ul className="divide-y divide-line" aria-label="Events of this replay">
        {page.rows.map((delivery) => (
          <li key={delivery.deliveryId} className="px-4 py-3">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <div className="flex min-w-0 items-center gap-3">
                <DeliveryBadge kind={replay.kind} state={delivery.state} />
                <span>{sentence(delivery, replay)}</span>
              </div>
              <div className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
                <Link
                  to={withParams(paths.webhook(delivery.eventId), { environment: replay.environment })}
                  className="link"
                >
                  {delivery.eventType ?? "removed event"}
                </Link>
                <Id value={delivery.eventId} kind="event" />
                <Time at={delivery.updatedAt} seconds />
              </div>
            </div>
            {delivery.attempts.length > 0 && <Attempts attempts={delivery.attempts} />}
          </li>
        ))}
      </ul>
      <DeliveryPager replayId={replay.replayId} filter={filter} next={page.next} previous={page.previous} />
    </Panel>
  );
}

function sentence(delivery: DeliveryRow, replay: DeliveryListProps["replay"]): string {
  if (replay.kind === "reprocess") return delivery.outcome ?? "Waiting to be processed again";
  return deliveryText({ ...delivery, destination: replay.destination ?? replay.targetUrl });
}

function Attempts({ attempts }: { attempts: DeliveryRow["attempts"] }) {
  return (
    <ol className="mt-2 flex flex-col gap-2 border-l-2 border-line pl-4">
      {attempts.map((attempt, index) => (
        <li key={attempt.attemptId} className="text-sm">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-muted">Try {index + 1}</span>
            <StatusBadge kind="attempt" code={attempt.outcome} />
            <span className="figures">in {(attempt.latencyMs ?? 0).toLocaleString("en")} ms</span>
            <Time at={attempt.at} seconds />
            <Id value={attempt.attemptId} kind="attempt" />
          </div>
          {attempt.error && <p className="mt-1 text-bad">{attempt.error}</p>}
          {attempt.responseExcerpt !== null && (
            <details className="mt-1">
              <summary className="cursor-pointer text-muted">
                What it answered{attempt.responseType ? ` (${attempt.responseType})` : ""}
              </summary>
              <pre className="mt-1 max-h-60 overflow-auto rounded-sm bg-hover p-2 font-mono text-[12.5px] whitespace-pre-wrap break-all">
                {attempt.responseExcerpt}
              </pre>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}
