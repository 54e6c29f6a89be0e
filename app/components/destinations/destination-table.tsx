import type { ColumnDef } from "@tanstack/react-table";
import type { DestinationRow } from "~/domain/destinations/destination.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { Time } from "../ui/time.tsx";
import { DestinationStateBadge } from "./destination-state-badge.tsx";

const columns: readonly ColumnDef<DestinationRow>[] = [
  { id: "name", header: "Name", cell: ({ row }) => <span className="font-medium">{row.original.name}</span> },
  { id: "state", header: "State", cell: ({ row }) => <DestinationStateBadge destination={row.original} /> },
  {
    id: "url",
    header: "URL",
    cell: ({ row }) => (
      <span className="block max-w-[44ch] truncate font-mono text-[12.5px]" title={row.original.url}>
        {row.original.url}
      </span>
    ),
  },
  { id: "environments", header: "Gets", cell: ({ row }) => <Takes destination={row.original} /> },
  { id: "token", header: "Token", cell: ({ row }) => (row.original.hasToken ? "kept, sealed" : "none") },
  { id: "delivered", header: "Last delivered", cell: ({ row }) => <LastDelivered at={row.original.lastDeliveredAt} /> },
  { id: "added", header: "Added", cell: ({ row }) => <Time at={row.original.createdAt} /> },
];

export function DestinationTable({ destinations }: { destinations: readonly DestinationRow[] }) {
  return (
    <DataTable
      label="Destinations"
      columns={columns}
      rows={destinations}
      getRowId={(row) => row.destinationId}
      rowHref={(row) => paths.destination(row.destinationId)}
      rowCopy={(row) => row.url}
      empty={
        <Empty kind="nothing-yet" title="No destination yet">
          Add the address of a system that should receive webhooks again. Nothing is sent until somebody asks for it.
        </Empty>
      }
      card={(row) => (
        <Card
          lines={[
            [
              <span key="name" className="font-medium">
                {row.name}
              </span>,
              <DestinationStateBadge key="state" destination={row} />,
            ],
            [
              <span key="url" className="font-mono text-[12.5px] break-all">
                {row.url}
              </span>,
              null,
            ],
          ]}
        />
      )}
    />
  );
}

/** "Sandbox, Test", and how many types when not every one. */
function Takes({ destination: { environments, eventTypes, forwards } }: { destination: DestinationRow }) {
  if (environments.length === 0) return <span className="text-muted">nothing</span>;
  const types = eventTypes === null ? "" : `, ${eventTypes.length} ${eventTypes.length === 1 ? "type" : "types"}`;
  return (
    <>
      {environmentsText(environments)}
      {types}
      {forwards && <span className="text-muted"> as it arrives</span>}
    </>
  );
}

export function environmentsText(environments: readonly Environment[]): string {
  return environments.map((one) => environmentLabel[one]).join(", ");
}

function LastDelivered({ at }: { at: number | null }) {
  return at === null ? <span className="text-muted">never</span> : <Time at={at} />;
}
