import { Link } from "@remix-run/react";
import type { ColumnDef } from "@tanstack/react-table";
import {
  isOpenReason,
  type QuarantineTab,
  readReason,
  reasonTitle,
  reasonWords,
} from "~/domain/quarantine/quarantine.ts";
import type { Mark, QuarantineRow } from "~/domain/quarantine/quarantine-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { stateReasonText } from "~/xendit/state-reasons.ts";
import { Card } from "../table/card-list.tsx";
import { CutId, Id } from "../ui/id.tsx";
import { Time } from "../ui/time.tsx";

type Column = ColumnDef<QuarantineRow>;

const event: Column = { id: "event", header: "Event", cell: ({ row }) => row.original.eventType };
const why: Column = { id: "why", header: "Why", cell: ({ row }) => <Why row={row.original} /> };
const payment: Column = {
  id: "payment",
  header: "Would belong to",
  cell: ({ row }) => <WouldBelongTo row={row.original} />,
};
const body: Column = { id: "body", header: "Body begins", cell: ({ row }) => <Excerpt text={row.original.excerpt} /> };
const receipts: Column = {
  id: "receipts",
  header: "Receipts",
  meta: { align: "right" },
  cell: ({ row }) => row.original.receipts,
};
const received: Column = {
  id: "received",
  header: "Received",
  meta: { sort: "time" },
  cell: ({ row }) => <Time at={row.original.firstReceivedAt} />,
};
const aside: Column = {
  id: "aside",
  header: "Set aside",
  cell: ({ row }) => <MarkCell mark={row.original.setAside} />,
};
const expunged: Column = {
  id: "expunged",
  header: "Expunged",
  cell: ({ row }) => <MarkCell mark={row.original.expunged} />,
};
const digest: Column = {
  id: "digest",
  header: "SHA-256 of what it was",
  cell: ({ row }) => <Id value={row.original.expunged?.digest ?? null} kind="digest" />,
};
const size: Column = {
  id: "size",
  header: "Bytes",
  meta: { align: "right" },
  cell: ({ row }) => row.original.expunged?.size.toLocaleString("en"),
};

export const quarantineColumns: Record<QuarantineTab, readonly Column[]> = {
  open: [event, why, payment, body, receipts, received],
  aside: [event, aside, why, payment, receipts, received],
  expunged: [event, expunged, digest, size, receipts, received],
};

const cell = "block py-2 whitespace-normal";

/** What is the matter in a sentence, and what would mend it. */
function Why({ row: { reason } }: { row: QuarantineRow }) {
  const known = readReason(reason);
  return (
    <span className={`${cell} w-[370px]`}>
      {known ? stateReasonText[known] : reasonTitle(reason)}
      {isOpenReason(reason) && <span className="mt-0.5 block text-muted">{reasonWords[reason].mend}</span>}
    </span>
  );
}

function WouldBelongTo({ row: { paymentRequestId, hasPayment, environment } }: { row: QuarantineRow }) {
  if (paymentRequestId === null) return <span className="text-faint">names none</span>;
  if (!hasPayment) {
    return (
      <>
        <Id value={paymentRequestId} kind="payment request" />
        <span className="block text-muted">not known otherwise</span>
      </>
    );
  }
  return (
    <Link to={withParams(paths.payment(paymentRequestId), { environment })} className="link font-mono text-[12.5px]">
      <CutId value={paymentRequestId} />
    </Link>
  );
}

function Excerpt({ text }: { text: string }) {
  if (text === "") return <span className="text-faint">empty</span>;
  return (
    <span
      className="line-clamp-3 w-[230px] font-mono text-[11.5px] break-all whitespace-normal text-muted"
      title={text}
    >
      {text}
    </span>
  );
}

function MarkCell({ mark }: { mark: Mark | null }) {
  if (!mark) return null;
  return (
    <span className={`${cell} w-[320px]`}>
      <span className="line-clamp-2 break-words" title={mark.reason}>
        {mark.reason}
      </span>
      <span className="mt-0.5 block text-muted">
        {mark.by ?? "somebody removed since"}, <Time at={mark.at} />
      </span>
    </span>
  );
}

/** Two lines, for 390 px. */
export function QuarantineCard({ row, tab }: { row: QuarantineRow; tab: QuarantineTab }) {
  const mark = tab === "aside" ? row.setAside : row.expunged;
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
          <span key="why" className="text-muted">
            {mark ? mark.reason : reasonTitle(row.reason)}
          </span>,
          row.receipts > 1 ? `${row.receipts} receipts` : null,
        ],
      ]}
    />
  );
}
