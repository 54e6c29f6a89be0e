import type { ColumnDef } from "@tanstack/react-table";
import type { WebhookListRow } from "~/domain/webhooks/webhook-queries.server.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { stateReasonText } from "~/xendit/state-reasons.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { CodeCell } from "../lists/code-cell.tsx";
import { NetworkCell, WordCell } from "../lists/fact-cells.tsx";
import { Card } from "../table/card-list.tsx";
import { Id } from "../ui/id.tsx";
import { Time } from "../ui/time.tsx";

/**
 * The standard ones in the order outsiders rely on (DESIGN 7), then those an operator may add (list-columns.ts). Codes are
 * the event's own.
 */
export const webhookColumns: readonly ColumnDef<WebhookListRow>[] = [
  { id: "event", header: "Event", cell: ({ row }) => row.original.eventType },
  {
    id: "payment_request",
    header: "Payment request",
    cell: ({ row }) => <Id value={row.original.paymentRequestId} kind="payment request" />,
  },
  { id: "state", header: "State", cell: ({ row }) => <StatusBadge kind="event" code={row.original.state} /> },
  {
    id: "eci",
    header: "ECI",
    cell: ({ row }) => (
      <CodeCell kind="ECI" reading={decodeEci(row.original.eci, { ...row.original, flow: row.original.threeDsFlow })} />
    ),
  },
  { id: "cvn", header: "CVN", cell: ({ row }) => <CodeCell kind="CVN" reading={decodeCvn(row.original.cvn)} /> },
  { id: "avs", header: "AVS", cell: ({ row }) => <CodeCell kind="AVS" reading={decodeAvs(row.original.avs)} /> },
  { id: "receipts", header: "Receipts", meta: { align: "right" }, cell: ({ row }) => row.original.receipts },
  {
    id: "received",
    header: "Received",
    meta: { sort: "time" },
    cell: ({ row }) => <Time at={row.original.firstReceivedAt} />,
  },
  { id: "event_id", header: "Event id", cell: ({ row }) => <Id value={row.original.eventId} kind="event" /> },
  { id: "about", header: "About", cell: ({ row }) => <Id value={row.original.primaryId} kind="id" /> },
  { id: "status", header: "Status", cell: ({ row }) => <WordCell word={row.original.status} /> },
  {
    id: "response",
    header: "Response",
    cell: ({ row }) => <CodeCell kind="Response" reading={decodeResponse(row.original.response, row.original)} />,
  },
  { id: "network", header: "Network", cell: ({ row }) => <NetworkCell network={row.original.network} /> },
  {
    id: "reason",
    header: "Reason",
    cell: ({ row }) => <Reason reason={row.original.reason} />,
  },
  { id: "last_received", header: "Last received", cell: ({ row }) => <Time at={row.original.lastReceivedAt} /> },
];

function Reason({ reason }: { reason: string | null }) {
  const text = Object.entries(stateReasonText).find(([known]) => known === reason)?.[1] ?? reason;
  return <WordCell word={text} title={text ?? undefined} />;
}

export function WebhookCard({ row }: { row: WebhookListRow }) {
  return (
    <Card
      lines={[
        [
          <span key="type" className="font-medium">
            {row.eventType}
          </span>,
          <Time key="received" at={row.firstReceivedAt} />,
        ],
        [
          <span key="state" className="inline-flex items-center gap-2">
            <StatusBadge kind="event" code={row.state} />
            {row.paymentRequestId !== null && <Id value={row.paymentRequestId} kind="payment request" />}
          </span>,
          <span key="receipts">{row.receipts === 1 ? "1 receipt" : `${row.receipts} receipts`}</span>,
        ],
      ]}
    />
  );
}
