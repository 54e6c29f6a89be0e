import { Link } from "@remix-run/react";
import type { LatestDelivery } from "~/domain/destinations/latest-deliveries.server.ts";
import { paths } from "~/lib/paths.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** The last few, each with its event and the replay it belongs to. */
export function LatestDeliveriesPanel({ deliveries }: { deliveries: readonly LatestDelivery[] }) {
  return (
    <Panel title="Latest deliveries" id="deliveries" flush>
      {deliveries.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          Nothing was sent here yet. Choose webhooks in their list, then send them to this destination.
        </p>
      ) : (
        <ul aria-label="Latest deliveries" className="divide-y divide-line text-sm">
          {deliveries.map((delivery) => (
            <li key={delivery.deliveryId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
              <span className="w-24">
                <StatusBadge kind="delivery" code={delivery.state} />
              </span>
              <Link to={paths.webhook(delivery.eventId)} className="link">
                {delivery.eventType}
              </Link>
              <span className="min-w-0 flex-1 text-muted">{delivery.outcome ?? "not tried yet"}</span>
              <Link to={paths.replay(delivery.replayId)} className="link">
                its replay
              </Link>
              <Time at={delivery.updatedAt} seconds />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
