import type { ColumnDef } from "@tanstack/react-table";
import type { ExceptionRow } from "~/domain/reconciliation/exception-list.server.ts";
import { classText } from "~/xendit/reconcile/class-words.ts";
import { Card } from "../table/card-list.tsx";
import { toneIcon } from "../ui/badge.tsx";
import { CutId, Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { textTone } from "../ui/tone.ts";
import { ExceptionAge } from "./exception-age.tsx";
import { ExceptionState } from "./exception-state.tsx";
import { SignedMoney } from "./signed-money.tsx";

export const exceptionColumns: readonly ColumnDef<ExceptionRow>[] = [
  { id: "class", header: "Class", cell: ({ row }) => <ClassWord row={row.original} /> },
  { id: "what", header: "Payment / reference", cell: ({ row }) => <What row={row.original} /> },
  {
    id: "captured",
    header: "Captured",
    meta: { align: "right" },
    cell: ({ row }) => <Side minor={row.original.captured} currency={row.original.currency} />,
  },
  {
    id: "reported",
    header: "Reported",
    meta: { align: "right" },
    cell: ({ row }) => <Side minor={row.original.reported} currency={row.original.currency} />,
  },
  {
    id: "difference",
    header: "Difference",
    meta: { align: "right" },
    cell: ({ row }) => <SignedMoney minor={row.original.difference} currency={row.original.currency} />,
  },
  {
    id: "age",
    header: "Age",
    meta: { sort: "time" },
    cell: ({ row }) => <ExceptionAge occurredAt={row.original.occurredAt} />,
  },
  { id: "assignee", header: "Assignee", cell: ({ row }) => <Assignee row={row.original} /> },
  { id: "state", header: "State", cell: ({ row }) => <ExceptionState of={row.original} /> },
];

/** Two lines, for 390 px. */
export function ExceptionCard({ row }: { row: ExceptionRow }) {
  return (
    <Card
      lines={[
        [
          <ClassWord key="class" row={row} />,
          <SignedMoney key="difference" minor={row.difference} currency={row.currency} />,
        ],
        [
          <span key="what" className="flex min-w-0 items-center gap-2 text-muted">
            <Id value={row.groupKey} />
            <ExceptionState of={row} />
          </span>,
          <ExceptionAge key="age" occurredAt={row.occurredAt} />,
        ],
      ]}
    />
  );
}

/** An icon and a word, plain: a column of pills would be louder than the figures. */
function ClassWord({ row }: { row: ExceptionRow }) {
  const { label, explanation, tone } = classText[row.class];
  const Icon = toneIcon[tone];
  return (
    <span className="inline-flex items-center gap-1.5" title={explanation}>
      <Icon size={14} aria-hidden className={`shrink-0 ${textTone[tone]}`} />
      {label}
    </span>
  );
}

function What({ row: { groupKey, reference } }: { row: ExceptionRow }) {
  return (
    <span className="inline-flex items-center gap-2">
      <Id value={groupKey} kind={groupKey.startsWith("pr-") ? "payment request" : "key"} />
      {reference !== null && reference !== groupKey && (
        <span className="max-w-[140px] truncate text-muted" title={reference}>
          {reference.length > 18 ? <CutId value={reference} /> : reference}
        </span>
      )}
    </span>
  );
}

function Side({ minor, currency }: { minor: number | null; currency: string | null }) {
  if (minor === null) return <span className="text-faint">–</span>;
  return <Money minor={minor} currency={currency} />;
}

function Assignee({ row: { assigneeId, assignee } }: { row: ExceptionRow }) {
  if (assigneeId === null) return <span className="text-faint">nobody</span>;
  return (
    <span className="inline-block max-w-[150px] truncate align-middle" title={assignee ?? undefined}>
      {assignee ?? "somebody removed since"}
    </span>
  );
}
