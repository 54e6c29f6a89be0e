import { paths } from "~/lib/paths.ts";
import type { Tone } from "~/xendit/codes/reading.ts";
import { STATE_REASONS } from "~/xendit/observation.ts";
import type { EventState } from "~/xendit/projection.ts";
import { stateReasonText } from "~/xendit/state-reasons.ts";
import type { PaymentDetail } from "../find-payment.server.ts";
import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

type PaymentEvent = PaymentDetail["events"][number];

const stateTone: Record<EventState, Tone> = {
  processed: "unknown",
  stored: "unknown",
  quarantined: "look",
  conflict: "bad",
};

/** One webhook with all its arrivals: a duplicate is one more arrival, never one more entry. */
export function webhookEntry(event: PaymentEvent): TimelineEntry {
  const { eventId, eventType, state, businessAt, firstReceivedAt, arrivals, receipts } = event;
  return timelineEntry({
    key: `webhook-${eventId}`,
    kind: "webhook",
    tone: stateTone[state],
    at: businessAt,
    arrivedAt: firstReceivedAt,
    title: eventType,
    detail: detailOf(event),
    ...(state === "conflict" && {
      link: { path: `${paths.webhook(eventId)}#same-key`, text: "Compare them value by value" },
    }),
    webhook: { eventId, state, count: receipts, arrivals: arrivals.map(({ receivedAt }) => receivedAt) },
  });
}

function detailOf({ state, status, reason, drift }: PaymentEvent): string | null {
  const known = STATE_REASONS.find((one) => one === reason);
  const differs = drift.length > 0 ? `differs from the first of its key in ${drift.join(", ")}` : null;
  if (state === "conflict") {
    return [status, differs ?? "another webhook of its key says something else"].filter(Boolean).join(", ");
  }
  const why = known && state !== "processed" ? stateReasonText[known] : null;
  return [status, differs, why].filter(Boolean).join(", ") || null;
}
