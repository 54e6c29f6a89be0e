import type { ColumnDef } from "@tanstack/react-table";
import type { PaymentListRow } from "~/domain/payments/payment-queries.server.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { CodeCell } from "../lists/code-cell.tsx";
import { Card } from "../table/card-list.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";

/** In the order outsiders rely on (DESIGN 7). */
export const paymentColumns: readonly ColumnDef<PaymentListRow>[] = [
  {
    id: "payment_request",
    header: "Payment request",
    cell: ({ row }) => <Id value={row.original.paymentRequestId} kind="payment request" />,
  },
  { id: "reference", header: "Reference", cell: ({ row }) => <Id value={row.original.referenceId} kind="reference" /> },
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
  { id: "created", header: "Created", meta: { sort: "time" }, cell: ({ row }) => <Time at={row.original.createdAt} /> },
];

export function PaymentCard({ row }: { row: PaymentListRow }) {
  return (
    <Card
      lines={[
        [<Id key="id" value={row.paymentRequestId} />, <PaymentAmount key="amount" row={row} />],
        [<PaymentCodes key="codes" row={row} />, <Time key="created" at={row.createdAt} />],
      ]}
    />
  );
}

function PaymentCodes({ row }: { row: PaymentListRow }) {
  return (
    <>
      <StatusBadge kind="payment" code={row.status} />
      <Eci row={row} />
      <CodeCell kind="CVN" reading={decodeCvn(row.cvn)} />
      <CodeCell kind="AVS" reading={decodeAvs(row.avs)} />
    </>
  );
}

function PaymentAmount({ row }: { row: PaymentListRow }) {
  const captured = row.status === "SUCCEEDED" ? row.capturedMinor : null;
  return <Money minor={row.amountMinor} raw={row.amountRaw} currency={row.currency} captured={captured} />;
}

function Eci({ row }: { row: PaymentListRow }) {
  const { network, networkFrom, threeDsFlow: flow } = row;
  return <CodeCell kind="ECI" reading={decodeEci(row.eci, { network, networkFrom, flow })} />;
}
