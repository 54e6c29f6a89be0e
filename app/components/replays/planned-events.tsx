import { Link } from "@remix-run/react";
import { leftOutText } from "~/domain/replays/replay.ts";
import type { ReplayPlan } from "~/domain/replays/replay-plan.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Badge } from "../ui/badge.tsx";
import { Id } from "../ui/id.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { eventsText } from "./counted.ts";

/** The first of the selected, in the order they are sent in, and which of them stay here. */
export function PlannedEvents({ plan: { sample, selected, environment } }: { plan: ReplayPlan }) {
  if (sample.length === 0) return null;
  const title = sample.length < selected ? `The first ${sample.length} of ${eventsText(selected)}` : "Events";
  return (
    <Panel title={title} id="events" flush>
      <ul className="divide-y divide-line text-sm" aria-label="Events of this plan">
        {sample.map((event) => (
          <li key={event.eventId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
            <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
              <Link to={withParams(paths.webhook(event.eventId), { environment })} className="link font-medium">
                {event.eventType}
              </Link>
              {event.paymentRequestId !== null && <Id value={event.paymentRequestId} kind="payment request" />}
              {event.leftOut && <span className="text-look">{leftOutText[event.leftOut]}</span>}
              {event.alreadyDelivered && !event.leftOut && <Badge tone="unknown">Delivered there before</Badge>}
            </div>
            <Time at={event.firstReceivedAt} seconds />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
