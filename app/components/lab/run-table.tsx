import type { ColumnDef } from "@tanstack/react-table";
import type { LabRunRow } from "~/domain/lab/lab-queries.server.ts";
import { scoreOf } from "~/domain/lab/scoreboard.ts";
import { paths } from "~/lib/paths.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { Time } from "../ui/time.tsx";
import { LabStateBadge } from "./verdict-badge.tsx";

const columns: readonly ColumnDef<LabRunRow>[] = [
  { id: "endpoint", header: "Endpoint", cell: ({ row }) => <Endpoint value={row.original.endpoint} /> },
  { id: "state", header: "State", cell: ({ row }) => <LabStateBadge state={row.original.state} /> },
  {
    id: "passed",
    header: "Passed",
    meta: { align: "right" },
    cell: ({ row }) => scoreOf(row.original.findings).passed,
  },
  { id: "failed", header: "Failed", meta: { align: "right" }, cell: ({ row }) => <Failed row={row.original} /> },
  {
    id: "not_observable",
    header: "Not observable",
    meta: { align: "right" },
    cell: ({ row }) => scoreOf(row.original.findings).notObservable,
  },
  { id: "seed", header: "Seed", meta: { align: "right" }, cell: ({ row }) => row.original.seed },
  { id: "started", header: "Started", cell: ({ row }) => <Time at={row.original.startedAt} /> },
];

export function RunTable({ runs }: { runs: readonly LabRunRow[] }) {
  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={runs}
      getRowId={(row) => row.runId}
      rowHref={(row) => paths.labRun(row.runId)}
      card={(row) => <RunCard row={row} />}
      empty={
        <Empty kind="nothing-yet" title="No run yet">
          Choose a destination and run the scenarios against it. Nothing real is sent: payments of the lab never were.
        </Empty>
      }
    />
  );
}

function Endpoint({ value }: { value: string }) {
  return <span className="font-mono text-[12.5px]">{value}</span>;
}

function Failed({ row }: { row: LabRunRow }) {
  const { failed } = scoreOf(row.findings);
  return <span className={failed > 0 ? "font-medium text-bad" : undefined}>{failed}</span>;
}

function RunCard({ row }: { row: LabRunRow }) {
  const { passed, failed, rows } = scoreOf(row.findings);
  return (
    <Card
      lines={[
        [
          <span key="endpoint" className="min-w-0 truncate font-mono text-[12.5px]">
            {row.endpoint}
          </span>,
          <LabStateBadge key="state" state={row.state} />,
        ],
        [
          <span key="score">
            {passed} of {rows.length} passed{failed > 0 && `, ${failed} failed`}
          </span>,
          <Time key="started" at={row.startedAt} />,
        ],
      ]}
    />
  );
}
