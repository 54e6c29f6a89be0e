import type { ColumnDef } from "@tanstack/react-table";
import type { ProblemRow } from "~/domain/reconciliation/import-queries.server.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";

const columns: readonly ColumnDef<ProblemRow>[] = [
  { id: "line", header: "Line", cell: ({ row }) => row.original.line.toLocaleString("en") },
  { id: "column", header: "Column", cell: ({ row }) => row.original.column },
  { id: "reason", header: "Reason", cell: ({ row }) => row.original.reason },
  { id: "excerpt", header: "What stands there", cell: ({ row }) => <Excerpt text={row.original.excerpt} /> },
];

/** Bad rows in the order of the file. The head is line 1. */
export function ProblemTable({ rows, isPull }: { rows: readonly ProblemRow[]; isPull: boolean }) {
  return (
    <DataTable
      label={isPull ? "Transactions that could not be read" : "Bad rows"}
      columns={columns}
      rows={rows}
      getRowId={(row) => `${row.line} ${row.column}`}
      rowCopy={null}
      card={(row) => (
        <Card
          lines={[
            [<b key="line">Line {row.line.toLocaleString("en")}</b>, <span key="column">{row.column}</span>],
            [<span key="reason">{row.reason}</span>, <Excerpt key="excerpt" text={row.excerpt} />],
          ]}
        />
      )}
      empty={<Empty kind="nothing-yet" title="No bad row on this page" />}
    />
  );
}

function Excerpt({ text }: { text: string }) {
  return text ? <code className="font-mono text-sm break-all">{text}</code> : <span className="text-faint">empty</span>;
}
