import { Link } from "@remix-run/react";
import type { WebhookDetail } from "~/domain/webhooks/find-webhook.server.ts";
import { paths } from "~/lib/paths.ts";
import { STATE_REASONS } from "~/xendit/observation.ts";
import type { EventState } from "~/xendit/projection.ts";
import { stateReasonText } from "~/xendit/state-reasons.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Time } from "../ui/time.tsx";

const stateText: Record<EventState, string> = {
  processed: "Read and taken into its payment or session.",
  stored: "Kept as it came; it tells of no card payment that is known here.",
  quarantined: "Kept, but not taken into any payment: somebody should look at it.",
  conflict: "Another event under the same key says something else. All of them count, and the payment is flagged.",
};

/** State and reason in words, and how often it came. */
export function EventSummary({ detail }: { detail: WebhookDetail }) {
  const { event, sameContent } = detail;
  const reason = STATE_REASONS.find((one) => one === event.reason);
  return (
    <div className="mb-4 rounded-md border border-line bg-surface px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge kind="event" code={event.state} />
        <span className="text-sm text-muted">
          received <Time at={event.firstReceivedAt} relative={false} seconds />
          {event.receipts > 1 && (
            <>
              , {event.receipts} times, last <Time at={event.lastReceivedAt} relative={false} seconds />
            </>
          )}
        </span>
      </p>
      <p className="mt-1">
        {event.expungedAt === null && stateText[event.state]} {reason ? stateReasonText[reason] : event.reason}
      </p>
      {event.masked && (
        <p className="mt-1 text-sm text-bad">
          Card data was masked before it was stored. These bytes are not what was sent, and go to no destination.
        </p>
      )}
      {event.drift.length > 0 && (
        <p className="mt-1 text-sm">
          Differs from the first event under its key in {event.drift.map((name) => `“${name}”`).join(", ")}.
        </p>
      )}
      {sameContent && (
        <p className="mt-1 text-sm">
          Same content as{" "}
          <Link to={paths.webhook(sameContent.eventId)} className="link">
            {sameContent.eventType}
          </Link>{" "}
          received <Time at={sameContent.firstReceivedAt} /> under another key.
        </p>
      )}
    </div>
  );
}
