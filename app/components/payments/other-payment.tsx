import { Link } from "@remix-run/react";
import { latestWord, type OtherPayment, type OtherWebhook } from "~/domain/payments/other-payment.ts";
import { formatMoney } from "~/lib/money.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Page } from "../ui/page.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** A payment of another channel: what its webhooks say, each for itself. Nothing here is folded, and it says so. */
export function OtherPaymentPage({ other }: { other: OtherPayment }) {
  const { latest, payments } = latestWord(other);
  const list = withParams(paths.payments(), { environment: other.environment });
  return (
    <Page title={other.id} back={<Link to={list}>Payments</Link>}>
      {latest && <Answer other={other} latest={latest} payments={payments} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <WebhooksPanel webhooks={other.webhooks} />
        {latest && <FactsPanel other={other} latest={latest} payments={payments} />}
      </div>
    </Page>
  );
}

interface Told {
  readonly other: OtherPayment;
  readonly latest: OtherWebhook;
  /** A reusable code has taken several; then the latest one's values are not the code's. */
  readonly payments: number;
}

function Answer({ other: { webhooks }, latest, payments }: Told) {
  const { told, status } = latest;
  return (
    <div className="mb-4 rounded-md border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {payments === 1 ? (
          <>
            <span className="text-xl font-semibold">
              <Money minor={told.amountMinor} raw={told.amountRaw} currency={told.currency} />
            </span>
            {status && <AsReceived status={status} />}
          </>
        ) : (
          <span className="text-xl font-semibold">{payments} payments</span>
        )}
      </div>
      <p className="mt-1" data-verdict="">
        {sentence(told.channel, payments === 1 ? [status, amountText(told)] : [`${payments} payments`])}
      </p>
      <p className="mt-0.5 text-sm text-muted">
        {webhooks.length === 1 ? "This is what its one webhook says." : "This is what its newest webhook says."} Paydesk
        works out the state of card payments only: of this one it keeps what came, and Xendit's dashboard has the last
        word.
      </p>
    </div>
  );
}

function sentence(channel: string | null, words: readonly (string | null)[]): string {
  return `Not a card payment: ${[channel ?? "a channel its webhooks do not name", ...words].filter(Boolean).join(", ")}.`;
}

function amountText({ amountMinor, amountRaw, currency }: OtherWebhook["told"]): string | null {
  if (amountMinor === null && amountRaw === null) return null;
  return formatMoney({ minor: amountMinor, raw: amountRaw, currency });
}

function WebhooksPanel({ webhooks }: Pick<OtherPayment, "webhooks">) {
  return (
    <Panel title="What its webhooks say" id="webhooks" flush>
      <ul className="divide-y divide-line text-sm" aria-label="Webhooks that name it">
        {webhooks.map((webhook) => (
          <li key={webhook.eventId} className="px-4 py-2">
            <WebhookLine webhook={webhook} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function WebhookLine({
  webhook: { eventId, eventType, status, told, receipts, ...webhook },
}: {
  webhook: OtherWebhook;
}) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <Link to={paths.webhook(eventId)} className="link font-medium">
          {eventType}
        </Link>
        {status && <AsReceived status={status} />}
        <span className="ml-auto">
          <Money minor={told.amountMinor} raw={told.amountRaw} currency={told.currency} />
        </span>
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
        arrived <Time at={webhook.firstReceivedAt} relative={false} seconds />
        {receipts > 1 && <span>{receipts} times</span>}
        {webhook.state !== "stored" && <StatusBadge kind="event" code={webhook.state} />}
      </p>
    </>
  );
}

function FactsPanel({ other: { environment, paymentRequestId, id }, latest: { told, paymentId }, payments }: Told) {
  const ofOne = [
    { label: "Payment", value: paymentId && <Id value={paymentId} kind="payment" whole /> },
    { label: "Happened", value: <Time at={told.at} relative={false} seconds /> },
  ];
  const all = withParams(paths.webhooks(), { environment, q: paymentRequestId ?? id });
  return (
    <Panel
      title="Facts"
      id="facts"
      actions={
        <Link to={all} className="link text-sm">
          Among webhooks
        </Link>
      }
    >
      <Facts
        items={[
          { label: "Channel", value: told.channel },
          { label: "Reference", value: told.referenceId },
          { label: "Payment request", value: paymentRequestId && <OwnPage id={paymentRequestId} asked={id} /> },
          ...(payments === 1 ? ofOne : []),
        ]}
      />
    </Panel>
  );
}

/** Asked for by its payment or capture, it leads to all that its payment request took. */
function OwnPage({ id, asked }: { id: string; asked: string }) {
  if (id === asked) return <Id value={id} kind="payment request" whole />;
  return (
    <Link to={paths.payment(id)} className="link font-mono break-all">
      {id}
    </Link>
  );
}

/** The word as Xendit sent it, in grey: no fold stands behind it. */
function AsReceived({ status }: { status: string }) {
  return (
    <Badge tone="unknown" icon={false} title="As received">
      {status}
    </Badge>
  );
}
