import { Link } from "@remix-run/react";
import type { PlannedEvent } from "~/domain/replays/plan-replay.server.ts";
import { leftOutText } from "~/domain/replays/replay.ts";
import { paths } from "~/lib/paths.ts";
import { Badge } from "../ui/badge.tsx";
import { Id } from "../ui/id.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** The chosen webhooks in the order they are sent in, and which of them stay here. */
export function PlannedEvents({ events }: { events: readonly PlannedEvent[] }) {
  return (
    <Panel title="Chosen webhooks" id="events" flush>
      <ul className="divide-y divide-line text-sm" aria-label="Chosen webhooks">
        {events.map((event) => (
          <li key={event.eventId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
            <div className="flex min-w-0 flex-wrap items-center gap-3">
              <Link to={paths.webhook(event.eventId)} className="link font-medium">
                {event.eventType}
              </Link>
              <Id value={event.paymentRequestId} kind="payment request" />
              {event.leftOut && <Badge tone="look">{leftOutText[event.leftOut]}</Badge>}
              {event.alreadyDelivered && <Badge tone="unknown">Delivered there before</Badge>}
            </div>
            <Time at={event.firstReceivedAt} seconds />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
