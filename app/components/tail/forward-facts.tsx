import { Link } from "@remix-run/react";
import { cappedText, deliveredOf, type Forward, type ForwardQueue } from "~/domain/forward/forward.ts";
import { LATE_AFTER_MS } from "~/domain/forward/forward-rules.ts";
import { paths } from "~/lib/paths.ts";
import { formatDuration } from "~/lib/time.ts";
import { Badge } from "../ui/badge.tsx";
import { Facts } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** In a word: whether what arrives goes out. */
export function ForwardState({ forward }: { forward: Forward }) {
  if (!forward.forwards) {
    return forward.queues.length > 0 ? (
      <Badge tone="waiting">Sending what waits</Badge>
    ) : (
      <Badge tone="unknown">Off</Badge>
    );
  }
  if (!forward.isOn) return <Badge tone="look">Held: the destination is off</Badge>;
  if (forward.queues.some(({ state }) => state === "paused")) return <Badge tone="look">Paused</Badge>;
  return forward.isLate ? <Badge tone="look">Late</Badge> : <Badge tone="good">On</Badge>;
}

/** How one queue stands. */
export function QueueFacts({ queue }: { queue: ForwardQueue }) {
  const delivered = deliveredOf(queue);
  return (
    <Facts
      items={[
        { label: "Waiting", value: <WaitingWords queue={queue} /> },
        { label: "Last delivered", value: <LastDelivered queue={queue} /> },
        { label: "Delivered", value: delivered === null ? "not counted" : delivered.toLocaleString("en") },
        { label: "Failed", value: cappedText(queue.failed) },
        { label: "Left out", value: cappedText(queue.leftOut) },
        {
          label: "Since",
          value: (
            <>
              <Time at={queue.orderedAt} />
              {queue.from !== null && (
                <>
                  , with what arrived from <Time at={queue.from} relative={false} />
                </>
              )}
            </>
          ),
        },
        {
          label: "Deliveries",
          value: (
            <Link to={paths.replay(queue.replayId)} className="link">
              each with its tries
            </Link>
          ),
        },
      ]}
    />
  );
}

export function WaitingWords({ queue }: { queue: Pick<ForwardQueue, "waiting" | "oldestWaitingAt" | "lagMs"> }) {
  if (queue.waiting.count === 0 || queue.oldestWaitingAt === null) return "nothing";
  return (
    <span className={queue.lagMs > LATE_AFTER_MS ? "text-look" : undefined}>
      {cappedText(queue.waiting)}, the oldest for {formatDuration(queue.lagMs)}
    </span>
  );
}

function LastDelivered({ queue: { lastDelivered } }: { queue: ForwardQueue }) {
  if (!lastDelivered) return <span className="text-muted">nothing yet</span>;
  return (
    <>
      <Time at={lastDelivered.at} />, {formatDuration(lastDelivered.delayMs)} after it arrived
    </>
  );
}
