import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { ColumnDef } from "@tanstack/react-table";
import { DataTable } from "~/components/table/data-table.tsx";
import { Pager } from "~/components/table/pager.tsx";
import { Empty } from "~/components/ui/empty.tsx";
import { Id } from "~/components/ui/id.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Time } from "~/components/ui/time.tsx";
import { type AuditRow, listAudit } from "~/domain/operators/audit-queries.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";

export const meta: MetaFunction = () => [{ title: "Audit · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "audit:read");
  const cursor = new URL(request.url).searchParams.get("cursor");
  const page = await listAudit(context.db, operator.scope, { cursor });
  return { page, isFirst: cursor === null };
}

export default function AuditPage() {
  const { page, isFirst } = useLoaderData<typeof loader>();
  const { next } = page;
  return (
    <Page title="Audit" subtitle="Who did what here, newest first. Entries are never changed.">
      <DataTable
        label="Audit"
        columns={auditColumns}
        rows={page.rows}
        getRowId={(entry) => entry.auditId}
        rowCopy={null}
        card={(entry) => <AuditCard entry={entry} />}
        empty={<Empty kind="nothing-yet" title="Nothing was done yet" />}
      />
      <Pager
        next={next && withParams(paths.audit(), { cursor: next })}
        // Entries only ever come on top, so the way back is the first page.
        previous={isFirst ? null : paths.audit()}
      />
    </Page>
  );
}

const auditColumns: readonly ColumnDef<AuditRow>[] = [
  { id: "at", header: "When", cell: ({ row }) => <Time at={row.original.at} seconds /> },
  { id: "actor", header: "Who", cell: ({ row }) => row.original.actor },
  { id: "action", header: "What", cell: ({ row }) => <span className="font-mono">{row.original.action}</span> },
  {
    id: "environment",
    header: "Environment",
    cell: ({ row }) => (row.original.environment ? environmentLabel[row.original.environment] : "–"),
  },
  {
    id: "subject",
    header: "To what",
    cell: ({ row }) => (row.original.subject ? <Id value={row.original.subject} /> : "–"),
  },
  { id: "reason", header: "Reason", cell: ({ row }) => row.original.reason ?? "–" },
  { id: "detail", header: "Detail", cell: ({ row }) => <AuditDetail detail={row.original.detail} /> },
];

function AuditDetail({ detail }: Pick<AuditRow, "detail">) {
  const entries = Object.entries(detail).filter(([, value]) => value !== null);
  if (entries.length === 0) return "–";
  const text = entries.map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return <span className="block min-w-[220px] text-sm whitespace-normal text-muted">{text.join(" · ")}</span>;
}

function AuditCard({ entry }: { entry: AuditRow }) {
  return (
    <div className="flex flex-col gap-1">
      <span>
        <span className="font-mono">{entry.action}</span> by {entry.actor}
      </span>
      <span className="text-sm text-muted">
        <Time at={entry.at} seconds /> {entry.reason}
      </span>
    </div>
  );
}
