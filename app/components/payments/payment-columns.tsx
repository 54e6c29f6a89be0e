import type { ColumnDef } from "@tanstack/react-table";
import type { PaymentListRow } from "~/domain/payments/payment-queries.server.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { referenceStem } from "~/xendit/reference.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { CodeCell } from "../lists/code-cell.tsx";
import { FailureCell, FlagsCell, FlowCell, MissingCell, NetworkCell } from "../lists/fact-cells.tsx";
import { ListTime } from "../lists/list-time.tsx";
import { Card } from "../table/card-list.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";

/** The standard ones in the order outsiders rely on (DESIGN 7), then those an operator may add (list-columns.ts). */
export const paymentColumns: readonly ColumnDef<PaymentListRow>[] = [
  {
    id: "payment_request",
    header: "Payment request",
    cell: ({ row }) => <Id value={row.original.paymentRequestId} kind="payment request" />,
  },
  { id: "reference", header: "Reference", cell: ({ row }) => <Reference row={row.original} /> },
  {
    id: "amount",
    header: "Amount",
    meta: { align: "right" },
    cell: ({ row }) => <PaymentAmount row={row.original} />,
  },
  { id: "status", header: "Status", cell: ({ row }) => <StatusBadge kind="payment" code={row.original.status} /> },
  { id: "eci", header: "ECI", cell: ({ row }) => <Eci row={row.original} /> },
  { id: "cvn", header: "CVN", cell: ({ row }) => <CodeCell kind="CVN" reading={decodeCvn(row.original.cvn)} /> },
  { id: "avs", header: "AVS", cell: ({ row }) => <CodeCell kind="AVS" reading={decodeAvs(row.original.avs)} /> },
  {
    id: "response",
    header: "Response",
    cell: ({ row }) => <CodeCell kind="Response" reading={decodeResponse(row.original.response, row.original)} />,
  },
  {
    id: "created",
    header: "Created",
    meta: { sort: "time" },
    cell: ({ row }) => <ListTime at={row.original.createdAt} sortAt={row.original.sortAt} />,
  },
  { id: "failure", header: "Failure", cell: ({ row }) => <FailureCell code={row.original.failureCode} /> },
  { id: "network", header: "Network", cell: ({ row }) => <NetworkCell network={row.original.network} /> },
  { id: "flow", header: "3DS flow", cell: ({ row }) => <FlowCell flow={row.original.threeDsFlow} /> },
  {
    id: "captured",
    header: "Captured",
    meta: { align: "right" },
    cell: ({ row }) => <Money minor={row.original.capturedMinor} currency={row.original.currency} />,
  },
  { id: "captured_at", header: "Captured at", cell: ({ row }) => <Time at={row.original.capturedAt} /> },
  {
    id: "refunded",
    header: "Refunded",
    meta: { align: "right" },
    cell: ({ row }) => <Refunded row={row.original} />,
  },
  { id: "anomaly", header: "Anomaly", cell: ({ row }) => <FlagsCell flags={row.original.flags} /> },
  { id: "missing", header: "Webhook missing", cell: ({ row }) => <MissingCell missing={row.original.missing} /> },
  { id: "payment", header: "Payment", cell: ({ row }) => <Id value={row.original.paymentId} kind="payment" /> },
  { id: "session", header: "Session", cell: ({ row }) => <Id value={row.original.paymentSessionId} kind="session" /> },
];

export function PaymentCard({ row }: { row: PaymentListRow }) {
  return (
    <Card
      lines={[
        [<Id key="id" value={row.paymentRequestId} />, <PaymentAmount key="amount" row={row} />],
        [<PaymentCodes key="codes" row={row} />, <ListTime key="created" at={row.createdAt} sortAt={row.sortAt} />],
      ]}
    />
  );
}

/** Without a column's head over it, "not sent" would not say what was not. */
function PaymentCodes({ row }: { row: PaymentListRow }) {
  return (
    <>
      <StatusBadge kind="payment" code={row.status} />
      {row.eci !== null && <Eci row={row} />}
      {row.cvn !== null && <CodeCell kind="CVN" reading={decodeCvn(row.cvn)} />}
      {row.avs !== null && <CodeCell kind="AVS" reading={decodeAvs(row.avs)} />}
    </>
  );
}

/** The merchant's own part: what Xendit adds to it for each try would push that out of the column. */
function Reference({ row: { referenceId } }: { row: PaymentListRow }) {
  return <Id value={referenceId && referenceStem(referenceId)} kind="reference" />;
}

function PaymentAmount({ row }: { row: PaymentListRow }) {
  const captured = row.status === "SUCCEEDED" ? row.capturedMinor : null;
  return <Money minor={row.amountMinor} raw={row.amountRaw} currency={row.currency} captured={captured} />;
}

function Refunded({ row }: { row: PaymentListRow }) {
  if (row.refundedMinor === 0) return <span className="text-faint">–</span>;
  return <Money minor={row.refundedMinor} currency={row.currency} />;
}

function Eci({ row }: { row: PaymentListRow }) {
  const { network, networkFrom, threeDsFlow: flow } = row;
  return <CodeCell kind="ECI" reading={decodeEci(row.eci, { network, networkFrom, flow })} />;
}
