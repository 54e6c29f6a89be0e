import type { ColumnDef } from "@tanstack/react-table";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Time } from "../ui/time.tsx";
import { ReplayStateBadge } from "./replay-badges.tsx";

const columns: readonly ColumnDef<ReplayRow>[] = [
  { id: "replay", header: "Replay", cell: ({ row }) => replayTitle(row.original) },
  { id: "state", header: "State", cell: ({ row }) => <ReplayStateBadge replay={row.original} /> },
  { id: "total", header: "Events", meta: { align: "right" }, cell: ({ row }) => row.original.total },
  { id: "delivered", header: "Done", meta: { align: "right" }, cell: ({ row }) => row.original.counts.delivered },
  {
    id: "failed",
    header: "Failed",
    meta: { align: "right" },
    cell: ({ row }) => <Failed count={row.original.counts.failed} />,
  },
  { id: "left_out", header: "Left out", meta: { align: "right" }, cell: ({ row }) => row.original.counts.left_out },
  { id: "by", header: "Ordered by", cell: ({ row }) => row.original.orderedBy ?? "somebody removed since" },
  { id: "at", header: "Ordered", cell: ({ row }) => <Time at={row.original.orderedAt} seconds /> },
];

export function ReplayTable({ rows, environment }: { rows: readonly ReplayRow[]; environment: Environment }) {
  return (
    <DataTable
      label="Replays"
      columns={columns}
      rows={rows}
      getRowId={(row) => row.replayId}
      rowHref={(row) => paths.replay(row.replayId)}
      card={(row) => <ReplayCard row={row} />}
      empty={
        <Empty
          kind="nothing-yet"
          title={`No replay in ${environment} yet`}
          action={<ButtonLink to={withParams(paths.webhooks(), { environment })}>Choose a webhook</ButtonLink>}
        >
          Open a webhook and process it again here, or send it to a destination.
        </Empty>
      }
    />
  );
}

/** "To staging", "Processed here". */
export function replayTitle(replay: Pick<ReplayRow, "kind" | "destination">): string {
  if (replay.kind === "reprocess") return "Processed again here";
  return `To ${destinationName(replay)}`;
}

export function destinationName({ destination }: Pick<ReplayRow, "destination">): string {
  return destination ?? "a destination";
}

function Failed({ count }: { count: number }) {
  return <span className={count > 0 ? "font-medium text-bad" : undefined}>{count}</span>;
}

function ReplayCard({ row }: { row: ReplayRow }) {
  return (
    <Card
      lines={[
        [
          <span key="title" className="font-medium">
            {replayTitle(row)}
          </span>,
          <Time key="at" at={row.orderedAt} />,
        ],
        [
          <ReplayStateBadge key="state" replay={row} />,
          <span key="done">
            {row.counts.delivered} of {row.total} done{row.counts.failed > 0 && `, ${row.counts.failed} failed`}
          </span>,
        ],
      ]}
    />
  );
}
