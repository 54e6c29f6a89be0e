import { Link } from "@remix-run/react";
import type { WebhookDetail } from "~/domain/webhooks/find-webhook.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { flagText } from "~/xendit/flags.ts";
import { CodeBadge } from "../codes/code-badge.tsx";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { type Fact, Facts, Panel } from "../ui/panel.tsx";

/** What this event says, and what its payment became of all that was said. */
export function ProjectedPanel({ detail: { event, payment } }: { detail: WebhookDetail }) {
  const context = { network: payment?.network, networkFrom: payment?.networkFrom, flow: payment?.threeDsFlow };
  const said: Fact[] = [
    { label: "Status", value: event.status && <code>{event.status}</code> },
    { label: "ECI", value: <CodeBadge kind="ECI" reading={decodeEci(event.eci, context)} /> },
    { label: "CVN", value: <CodeBadge kind="CVN" reading={decodeCvn(event.cvn)} /> },
    { label: "AVS", value: <CodeBadge kind="AVS" reading={decodeAvs(event.avs)} /> },
    { label: "Response", value: <CodeBadge kind="Response" reading={decodeResponse(event.response, context)} /> },
    { label: "Primary id", value: <Id value={event.primaryId} kind="primary id" whole /> },
    { label: "Business id", value: <Id value={event.businessId} kind="business id" whole /> },
  ];
  return (
    <Panel title="What was projected" id="projected">
      <h3 className="mb-1.5 text-sm text-muted">This event says</h3>
      <Facts items={said} />
      <h3 className="mt-4 mb-1.5 text-sm text-muted">Its payment, from everything known</h3>
      {payment ? <PaymentFacts event={event} payment={payment} /> : <NoPayment event={event} />}
    </Panel>
  );
}

function PaymentFacts({
  event,
  payment,
}: {
  event: WebhookDetail["event"];
  payment: NonNullable<WebhookDetail["payment"]>;
}) {
  const { environment } = event;
  return (
    <Facts
      items={[
        {
          label: "Payment request",
          value: (
            <Link
              to={withParams(paths.payment(payment.paymentRequestId), { environment })}
              className="link font-mono break-all"
            >
              {payment.paymentRequestId}
            </Link>
          ),
        },
        { label: "Status", value: <StatusBadge kind="payment" code={payment.status} /> },
        {
          label: "Amount",
          value: <Money minor={payment.amountMinor} raw={payment.amountRaw} currency={payment.currency} />,
        },
        ...(payment.flags.length > 0 ? [{ label: "Flags", value: <Flags flags={payment.flags} /> }] : []),
      ]}
    />
  );
}

function Flags({ flags }: { flags: NonNullable<WebhookDetail["payment"]>["flags"] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {flags.map((flag) => (
        <Badge key={flag} tone={flagText[flag].tone} title={flagText[flag].explanation}>
          {flagText[flag].label}
        </Badge>
      ))}
    </span>
  );
}

function NoPayment({ event }: { event: WebhookDetail["event"] }) {
  return (
    <p className="text-sm">
      {event.paymentRequestId ? (
        <>
          It names <Id value={event.paymentRequestId} kind="payment request" />, which is no card payment known here.
        </>
      ) : (
        "None: it names no payment request."
      )}
    </p>
  );
}
