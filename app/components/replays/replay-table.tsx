import type { ColumnDef } from "@tanstack/react-table";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Time } from "../ui/time.tsx";
import { figure } from "./counted.ts";
import { ReplayStateBadge } from "./replay-badges.tsx";
import { hasEnd, kindWord, replayTitle } from "./replay-words.ts";

const columns: readonly ColumnDef<ReplayRow>[] = [
  { id: "replay", header: "Replay", cell: ({ row }) => replayTitle(row.original) },
  { id: "kind", header: "Kind", cell: ({ row }) => kindWord[row.original.kind] },
  { id: "state", header: "State", cell: ({ row }) => <ReplayStateBadge replay={row.original} /> },
  { id: "progress", header: "Progress", cell: ({ row }) => <RowProgress row={row.original} /> },
  {
    id: "delivered",
    header: "Done",
    meta: { align: "right" },
    cell: ({ row }) => figure(row.original.counts.delivered),
  },
  {
    id: "failed",
    header: "Failed",
    meta: { align: "right" },
    cell: ({ row }) => <Failed count={row.original.counts.failed} />,
  },
  {
    id: "left_out",
    header: "Left out",
    meta: { align: "right" },
    cell: ({ row }) => figure(row.original.counts.left_out),
  },
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
      rowHref={(row) => withParams(paths.replay(row.replayId), { environment: row.environment })}
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

function Failed({ count }: { count: number }) {
  return <span className={count > 0 ? "font-medium text-bad" : undefined}>{figure(count)}</span>;
}

/** "812 of 1,204" beside a short bar; what has no end has no bar. */
function RowProgress({ row }: { row: ReplayRow }) {
  const { counts } = row;
  const ended = counts.delivered + counts.failed + counts.left_out;
  if (!hasEnd(row)) return <span className="figures text-muted">{figure(counts.waiting)} waiting</span>;
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="h-1.5 w-16 overflow-hidden rounded-sm bg-line">
        <span
          className="block h-full bg-accent"
          style={{ width: `${row.total === 0 ? 100 : (ended / row.total) * 100}%` }}
        />
      </span>
      <span className="figures text-muted">
        {figure(ended)} of {figure(row.total)}
      </span>
    </span>
  );
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
            {figure(row.counts.delivered)}
            {hasEnd(row) && ` of ${figure(row.total)}`} done
            {row.counts.failed > 0 && `, ${figure(row.counts.failed)} failed`}
          </span>,
        ],
      ]}
    />
  );
}
