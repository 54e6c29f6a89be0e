import { Link } from "@remix-run/react";
import { diffPath } from "~/domain/webhooks/diff-path.ts";
import type { WebhookDetail } from "~/domain/webhooks/find-webhook.server.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Id } from "../ui/id.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** Every arrival. A duplicate is a second receipt of the same event. */
export function ReceiptsPanel({ detail: { event, receipts } }: { detail: WebhookDetail }) {
  const unlisted = event.receipts - receipts.length;
  return (
    <Panel title="Receipts" id="receipts" flush>
      <table className="plain-table" aria-label="Receipts">
        <thead>
          <tr>
            <th>Receipt</th>
            <th>Received</th>
            <th>From</th>
          </tr>
        </thead>
        <tbody>
          {receipts.map((receipt) => (
            <tr key={receipt.receiptId}>
              <td>
                <StatusBadge kind="receipt" code={receipt.kind} />
                {receipt.size !== null && (
                  <span className="block text-xs text-muted">
                    {receipt.size.toLocaleString("en")} bytes of its own, same content ·{" "}
                    <Link to={diffPath(event.eventId, receipt.receiptId)} className="link">
                      compare
                    </Link>
                  </span>
                )}
                {receipt.replayHeader && <span className="block text-xs text-look">one of our own replays</span>}
              </td>
              <td>
                <Time at={receipt.receivedAt} relative={false} seconds />
              </td>
              <td className="figures">{receipt.address ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unlisted > 0 && (
        <p className="px-4 py-2 text-sm text-muted">And {unlisted.toLocaleString("en")} later ones, not listed.</p>
      )}
    </Panel>
  );
}

/** As received. Secrets were never stored; the token is named by the label it matched. */
export function HeadersPanel({ event }: Pick<WebhookDetail, "event">) {
  return (
    <Panel title="Headers" id="headers">
      <dl className="grid grid-cols-[minmax(120px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 font-mono text-[12.5px]">
        <dt className="text-muted">x-callback-token</dt>
        <dd>
          <mark className="rounded-sm bg-look-soft px-1 text-look">[redacted]</mark>
          {event.tokenLabel && <span className="font-sans text-muted"> matched “{event.tokenLabel}”</span>}
        </dd>
        {event.headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice with one value
          <div key={index} className="contents">
            <dt className="break-all text-muted">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

export function KeyPanel({ detail: { event, body } }: { detail: WebhookDetail }) {
  return (
    <Panel title="Identity" id="identity">
      <Facts
        items={[
          { label: "Event id", value: <Id value={event.eventId} kind="event id" whole /> },
          { label: "Environment", value: event.environment },
          { label: "Token", value: event.tokenLabel && `“${event.tokenLabel}”` },
          { label: "webhook-id", value: <Id value={event.webhookId} kind="webhook-id" whole /> },
          { label: "Key", value: <Id value={event.dedupeKey} kind="key" whole /> },
          {
            label: "Bytes",
            value: `${new Intl.NumberFormat("en").format(body.size)}${body.isText ? "" : ", not UTF-8"}`,
          },
          { label: "SHA-256", value: <Id value={event.bodyDigest} kind="digest" whole /> },
        ]}
      />
    </Panel>
  );
}
