import type { ColumnDef } from "@tanstack/react-table";
import type { ImportRow } from "~/domain/reconciliation/import-queries.server.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { figure } from "../replays/counted.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { Empty } from "../ui/empty.tsx";
import { Time } from "../ui/time.tsx";
import { importStateWord, importTitle, kindText, rowsOf, shareOf } from "./import-words.ts";
import { ProgressBar } from "./progress-bar.tsx";

const columns: readonly ColumnDef<ImportRow>[] = [
  { id: "name", header: "Report", cell: ({ row }) => importTitle(row.original) },
  { id: "kind", header: "Kind", cell: ({ row }) => kindText(row.original) },
  { id: "state", header: "State", cell: ({ row }) => <State row={row.original} /> },
  count("rowsNew", "New"),
  count("rowsChanged", "Changed"),
  count("rowsSame", "Same"),
  {
    id: "rowsBad",
    header: "Bad",
    meta: { align: "right" },
    cell: ({ row: { original } }) => (
      <span className={original.rowsBad > 0 ? "font-medium text-bad" : undefined}>{figure(original.rowsBad)}</span>
    ),
  },
  { id: "by", header: "Imported by", cell: ({ row }) => row.original.orderedBy },
  { id: "at", header: "Begun", cell: ({ row }) => <Time at={row.original.createdAt} seconds /> },
];

function count(field: "rowsNew" | "rowsChanged" | "rowsSame", header: string): ColumnDef<ImportRow> {
  return { id: field, header, meta: { align: "right" }, cell: ({ row }) => figure(row.original[field]) };
}

interface ImportTableProps {
  readonly rows: readonly ImportRow[];
  readonly environment: Environment;
  readonly canImport: boolean;
  readonly isLimited: boolean;
}

export function ImportTable({ rows, environment, canImport, isLimited }: ImportTableProps) {
  return (
    <DataTable
      label="Imports"
      columns={columns}
      rows={rows}
      getRowId={(row) => row.importId}
      rowHref={(row) => paths.reconciliationImport(row.importId)}
      card={(row) => <ImportCard row={row} />}
      empty={
        <Empty kind="nothing-yet" title={`No report imported into ${environmentLabel[environment]} yet`}>
          {isLimited
            ? "Reports name no business, so they are shown to those who may see every business."
            : canImport
              ? "Upload a Transactions or Balance report from Xendit's dashboard, or pull a period from its API."
              : "Somebody in finance, or an administrator, can upload a report or pull a period."}
        </Empty>
      }
    />
  );
}

function State({ row }: { row: ImportRow }) {
  const { word, tone } = importStateWord(row);
  const share = shareOf(row);
  const isShown = share !== null && (row.state === "receiving" || row.state === "importing");
  return (
    <span className="flex items-center gap-2">
      <Badge tone={tone}>{word}</Badge>
      {isShown && (
        <span className="w-16">
          <ProgressBar share={share} label={word} />
        </span>
      )}
    </span>
  );
}

function ImportCard({ row }: { row: ImportRow }) {
  return (
    <Card
      lines={[
        [
          <span key="title" className="truncate font-medium">
            {importTitle(row)}
          </span>,
          <Time key="at" at={row.createdAt} />,
        ],
        [
          <State key="state" row={row} />,
          <span key="rows" className="figures">
            {figure(rowsOf(row))} rows{row.rowsBad > 0 && `, ${figure(row.rowsBad)} bad`}
          </span>,
        ],
      ]}
    />
  );
}
