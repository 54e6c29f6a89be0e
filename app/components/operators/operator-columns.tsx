import type { ColumnDef } from "@tanstack/react-table";
import { Badge } from "~/components/ui/badge.tsx";
import { Time } from "~/components/ui/time.tsx";
import type { OperatorRow } from "~/domain/operators/operator-queries.server.ts";
import { roleLabel } from "~/domain/operators/permissions.ts";
import { environmentLabel } from "~/lib/environment.ts";

export const operatorColumns: readonly ColumnDef<OperatorRow>[] = [
  { id: "email", header: "Email", cell: ({ row }) => row.original.email },
  { id: "role", header: "Role", cell: ({ row }) => roleLabel[row.original.role] },
  { id: "environments", header: "Environments", cell: ({ row }) => environmentsText(row.original) },
  { id: "businessIds", header: "Business ids", cell: ({ row }) => row.original.businessIds?.join(", ") ?? "All" },
  { id: "state", header: "State", cell: ({ row }) => <OperatorState disabledAt={row.original.disabledAt} /> },
  { id: "seen", header: "Last seen", cell: ({ row }) => <Time at={row.original.seenAt} /> },
  { id: "created", header: "Added", cell: ({ row }) => <Time at={row.original.createdAt} /> },
];

export function environmentsText({ environments }: Pick<OperatorRow, "environments">): string {
  return environments?.map((environment) => environmentLabel[environment]).join(", ") ?? "All";
}

export function OperatorState({ disabledAt }: Pick<OperatorRow, "disabledAt">) {
  return disabledAt === null ? <Badge tone="good">May sign in</Badge> : <Badge tone="unknown">Disabled</Badge>;
}
