import { Form } from "@remix-run/react";
import type { ColumnDef } from "@tanstack/react-table";
import type { DestinationRow } from "~/domain/destinations/destination.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { Time } from "../ui/time.tsx";

const columns: readonly ColumnDef<DestinationRow>[] = [
  { id: "name", header: "Name", cell: ({ row }) => <span className="font-medium">{row.original.name}</span> },
  { id: "url", header: "URL", cell: ({ row }) => <span className="font-mono text-[12.5px]">{row.original.url}</span> },
  { id: "token", header: "Token", cell: ({ row }) => (row.original.hasToken ? "kept, sealed" : "none") },
  { id: "added", header: "Added", cell: ({ row }) => <Time at={row.original.createdAt} /> },
];
const withRemove: readonly ColumnDef<DestinationRow>[] = [
  ...columns,
  { id: "remove", header: "", cell: ({ row }) => <RemoveDestination destination={row.original} /> },
];

interface DestinationTableProps {
  readonly destinations: readonly DestinationRow[];
  readonly canRemove: boolean;
}

export function DestinationTable({ destinations, canRemove }: DestinationTableProps) {
  return (
    <DataTable
      label="Destinations"
      columns={canRemove ? withRemove : columns}
      rows={destinations}
      getRowId={(row) => row.destinationId}
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
              <Time key="added" at={row.createdAt} />,
            ],
            [
              <span key="url" className="font-mono text-[12.5px] break-all">
                {row.url}
              </span>,
              canRemove ? <RemoveDestination key="remove" destination={row} /> : null,
            ],
          ]}
        />
      )}
    />
  );
}

function RemoveDestination({ destination }: { destination: DestinationRow }) {
  return (
    <Dialog
      title={`Remove ${destination.name}?`}
      description="Nothing more can be sent to it, and its token is destroyed. Past replays keep its name."
      trigger={
        <Button size="sm" tone="quiet">
          Remove
        </Button>
      }
    >
      <Form method="post">
        <input type="hidden" name="intent" value="remove" />
        <input type="hidden" name="destinationId" value={destination.destinationId} />
        <DialogActions>
          <DialogClose asChild>
            <Button type="button">Keep it</Button>
          </DialogClose>
          <Button type="submit" tone="danger">
            Remove {destination.name}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
