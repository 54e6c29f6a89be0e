import { Link } from "@remix-run/react";
import { deliveryText } from "~/domain/replays/replay.ts";
import type { EventDelivery } from "~/domain/replays/replay-queries.server.ts";
import { paths } from "~/lib/paths.ts";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { DeliveryBadge } from "./replay-badges.tsx";

/** Where this webhook was replayed to: a panel of its page. */
export function EventReplays({ deliveries }: { deliveries: readonly EventDelivery[] }) {
  return (
    <Panel title="Replays" id="replays" flush={deliveries.length > 0}>
      {deliveries.length === 0 ? (
        <p className="text-sm text-muted">Never replayed.</p>
      ) : (
        <ul className="divide-y divide-line text-sm">
          {deliveries.map((delivery) => (
            <li key={delivery.deliveryId} className="flex flex-col gap-1 px-4 py-2">
              <div className="flex items-center justify-between gap-2">
                <DeliveryBadge kind={delivery.kind} state={delivery.state} />
                <Time at={delivery.updatedAt} />
              </div>
              <Link to={paths.replay(delivery.replayId)} className="link">
                {delivery.kind === "reprocess" ? (delivery.outcome ?? "Processing again") : deliveryText(delivery)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
