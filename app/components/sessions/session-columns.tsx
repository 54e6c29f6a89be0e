import type { ColumnDef } from "@tanstack/react-table";
import type { SessionListRow } from "~/domain/sessions/session-queries.server.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { CodeCell } from "../lists/code-cell.tsx";
import { FlagsCell, FlowCell, MissingCell, NetworkCell } from "../lists/fact-cells.tsx";
import { ListTime } from "../lists/list-time.tsx";
import { Card } from "../table/card-list.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";

/** The standard ones in the order outsiders rely on (DESIGN 7), then those an operator may add (list-columns.ts). */
export const sessionColumns: readonly ColumnDef<SessionListRow>[] = [
  { id: "session", header: "Session", cell: ({ row }) => <Id value={row.original.paymentSessionId} kind="session" /> },
  { id: "payment_request", header: "Payment request", cell: ({ row }) => <PaymentRequest row={row.original} /> },
  { id: "reference", header: "Reference", cell: ({ row }) => <Id value={row.original.referenceId} kind="reference" /> },
  {
    id: "amount",
    header: "Amount",
    meta: { align: "right" },
    cell: ({ row }) => <SessionAmount row={row.original} />,
  },
  { id: "status", header: "Status", cell: ({ row }) => <StatusBadge kind="session" code={row.original.status} /> },
  {
    id: "eci",
    header: "ECI",
    cell: ({ row }) => (
      <CodeCell kind="ECI" reading={decodeEci(row.original.eci, { ...row.original, flow: row.original.threeDsFlow })} />
    ),
  },
  { id: "cvn", header: "CVN", cell: ({ row }) => <CodeCell kind="CVN" reading={decodeCvn(row.original.cvn)} /> },
  { id: "avs", header: "AVS", cell: ({ row }) => <CodeCell kind="AVS" reading={decodeAvs(row.original.avs)} /> },
  {
    id: "created",
    header: "Created",
    meta: { sort: "time" },
    cell: ({ row }) => <ListTime at={row.original.createdAt} sortAt={row.original.sortAt} />,
  },
  { id: "network", header: "Network", cell: ({ row }) => <NetworkCell network={row.original.network} /> },
  { id: "flow", header: "3DS flow", cell: ({ row }) => <FlowCell flow={row.original.threeDsFlow} /> },
  { id: "missing", header: "Webhook missing", cell: ({ row }) => <MissingCell missing={row.original.missing} /> },
  { id: "flags", header: "Flags", cell: ({ row }) => <FlagsCell flags={row.original.flags} /> },
  { id: "expires", header: "Expires", cell: ({ row }) => <Time at={row.original.expiresAt} /> },
];

export function SessionCard({ row }: { row: SessionListRow }) {
  return (
    <Card
      lines={[
        [<Id key="id" value={row.paymentSessionId} />, <SessionAmount key="amount" row={row} />],
        [
          <StatusBadge key="status" kind="session" code={row.status} />,
          <ListTime key="created" at={row.createdAt} sortAt={row.sortAt} />,
        ],
      ]}
    />
  );
}

function SessionAmount({ row }: { row: SessionListRow }) {
  return <Money minor={row.amountMinor} raw={row.amountRaw} currency={row.currency} />;
}

/** The request that stands for the session; a claim and further tries are said, not hidden. */
function PaymentRequest({ row }: { row: SessionListRow }) {
  const others = row.paymentRequestCount - 1;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Id value={row.paymentRequestId} kind="payment request" />
      {row.paymentRequestLink === "claimed" && (
        <span className="text-xs text-look" title="Only the browser's hand-back names it so far">
          claimed
        </span>
      )}
      {others > 0 && <span className="text-xs text-muted">+{others} more</span>}
    </span>
  );
}
