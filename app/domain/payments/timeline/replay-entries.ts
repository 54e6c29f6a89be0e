import { paths } from "~/lib/paths.ts";
import { deliveryStateWord } from "~/xendit/codes/status-words.ts";
import type { PaymentDelivery } from "../payment-replays.server.ts";
import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

/** Where this payment's webhooks were sent again, how each ended, and who ordered it. */
export function replayEntry(delivery: PaymentDelivery): TimelineEntry {
  const { deliveryId, replayId, kind, eventType, destination, orderedBy, orderedAt, state, outcome, tries } = delivery;
  const where =
    kind === "reprocess" ? "processed again here" : `sent again to ${destination ?? "a removed destination"}`;
  const { word, tone } = deliveryStateWord(state);
  const told = [outcome ?? word.toLowerCase(), tries > 1 ? `${tries} tries` : null, orderedBy && `by ${orderedBy}`];
  return timelineEntry({
    key: `replay-${deliveryId}`,
    kind: "replay",
    tone: tone === "good" ? "unknown" : tone,
    at: delivery.triedAt ?? orderedAt,
    title: `${eventType} ${where}`,
    detail: told.filter(Boolean).join(", "),
    link: { path: paths.replay(replayId), text: "Replay" },
  });
}
