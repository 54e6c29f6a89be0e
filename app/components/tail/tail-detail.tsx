import type { TailArrival } from "~/domain/tail/tail.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { stateReasonText } from "~/xendit/state-reasons.ts";
import { CodeBadge } from "../codes/code-badge.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Id } from "../ui/id.tsx";
import { Facts } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** An arrival opened in place: what its line has no room for, and where to go on. */
export function TailDetail({ arrival, environment }: { arrival: TailArrival; environment: Environment }) {
  const { reason, paymentRequestId } = arrival;
  const reasonText = Object.entries(stateReasonText).find(([known]) => known === reason)?.[1] ?? reason;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3 py-3">
      <Facts
        items={[
          { label: "Event", value: <Id value={arrival.eventId} kind="event" whole /> },
          { label: "About", value: <Id value={arrival.primaryId} whole /> },
          { label: "Payment request", value: <Id value={paymentRequestId} kind="payment request" whole /> },
        ]}
      />
      <Facts
        items={[
          { label: "Received", value: <Time at={arrival.at} relative={false} seconds /> },
          { label: "Reference", value: arrival.referenceId },
          {
            label: "Response",
            value: <CodeBadge kind="Response" reading={decodeResponse(arrival.response, arrival)} />,
          },
          ...(reasonText ? [{ label: "Why", value: reasonText }] : []),
        ]}
      />
      <div className="flex gap-2">
        <ButtonLink size="sm" to={withParams(paths.webhook(arrival.eventId), { environment })}>
          Open webhook
        </ButtonLink>
        {paymentRequestId !== null && (
          <ButtonLink size="sm" to={withParams(paths.payment(paymentRequestId), { environment })}>
            Open payment
          </ButtonLink>
        )}
      </div>
    </div>
  );
}
