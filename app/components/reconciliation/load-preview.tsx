import { Form, Link, useNavigation } from "@remix-run/react";
import type { ColumnDef } from "@tanstack/react-table";
import {
  confirmedText,
  type LoadPlan,
  type PlannedAct,
  type PlannedChange,
} from "~/domain/reconciliation/load-plan.ts";
import type { LoadProblem } from "~/domain/reconciliation/loaded-row.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";

interface LoadPreviewProps {
  readonly plan: LoadPlan;
  readonly fileName: string;
  readonly environment: Environment;
}

/** Exactly what a filled-in work list would change, what it would not, and why. */
export function LoadPreview({ plan, fileName, environment }: LoadPreviewProps) {
  const isBusy = useNavigation().formData?.get("intent") === "confirm";
  const { changes, changed, problems, same } = plan;
  const count = (all: number, one: string, many: string) => `${all.toLocaleString("en")} ${all === 1 ? one : many}`;
  return (
    <div className="flex flex-col gap-4">
      <Panel title="What would change" id="changes">
        <p className="mb-3 text-sm text-muted">
          <span className="break-words text-ink">{fileName}</span>:{" "}
          {count(changes.length, "row changes", "rows change")} something, {count(same, "asks", "ask")} for nothing new,{" "}
          {count(changed.length, "is", "are")} out of date, {count(problems.length, "is", "are")} not understood.
          Nothing has been changed yet.
        </p>
        {changes.length > 0 && (
          <Form method="post" encType="multipart/form-data" className="mb-3">
            <input type="hidden" name="intent" value="confirm" />
            <input type="hidden" name="rows" value={confirmedText(plan)} />
            <Button type="submit" tone="primary" disabled={isBusy}>
              Change {count(changes.length, "exception", "exceptions")} in {environmentLabel[environment]}
            </Button>
          </Form>
        )}
        <ChangeTable changes={changes} environment={environment} />
      </Panel>
      {changed.length > 0 && (
        <Panel title="Changed since the export" id="out-of-date">
          <ProblemRows rows={changed} label="Rows out of date" />
        </Panel>
      )}
      {problems.length > 0 && (
        <Panel title="Not understood" id="problems">
          <ProblemRows rows={problems} label="Rows not understood" />
        </Panel>
      )}
    </div>
  );
}

function ChangeTable({ changes, environment }: { changes: readonly PlannedChange[]; environment: Environment }) {
  return (
    <DataTable
      label="Changes"
      columns={changeColumns}
      rows={changes}
      getRowId={(change) => change.row.groupKey}
      rowHref={(change) => withParams(paths.exception(change.row.groupKey), { environment })}
      card={(change) => (
        <Card
          lines={[
            [
              <b key="line">Row {change.row.line.toLocaleString("en")}</b>,
              <Key key="key" text={change.row.groupKey} />,
            ],
            [<Acts key="acts" acts={change.acts} />, null],
          ]}
        />
      )}
      empty={<Empty kind="nothing-yet" title="Nothing would change" />}
    />
  );
}

const changeColumns: readonly ColumnDef<PlannedChange>[] = [
  { id: "line", header: "Row", cell: ({ row }) => row.original.row.line.toLocaleString("en") },
  { id: "key", header: "Exception", cell: ({ row }) => <Key text={row.original.row.groupKey} /> },
  { id: "acts", header: "Would become", cell: ({ row }) => <Acts acts={row.original.acts} /> },
];

function Key({ text }: { text: string }) {
  return <code className="font-mono text-[12.5px] break-all">{text}</code>;
}

function Acts({ acts }: { acts: readonly PlannedAct[] }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {acts.map((act) => (
        <li key={act.act} className="break-words whitespace-pre-wrap">
          {actText(act)}
        </li>
      ))}
    </ul>
  );
}

function actText(act: PlannedAct): string {
  switch (act.act) {
    case "assign":
      return `Assigned to ${act.after ?? "nobody"} instead of ${act.before ?? "nobody"}`;
    case "comment":
      return `Comment: ${act.text}`;
    case "accept":
      return `Accepted: ${act.reason}`;
    case "write_off":
      return `${act.amount} written off: ${act.reason}`;
  }
}

const problemColumns: readonly ColumnDef<LoadProblem>[] = [
  { id: "line", header: "Row", cell: ({ row }) => row.original.line.toLocaleString("en") },
  { id: "column", header: "Column", cell: ({ row }) => <code className="font-mono">{row.original.column}</code> },
  { id: "value", header: "What stands there", cell: ({ row }) => <Key text={row.original.value || "empty"} /> },
  { id: "message", header: "Why", cell: ({ row }) => row.original.message },
];

function ProblemRows({ rows, label }: { rows: readonly LoadProblem[]; label: string }) {
  return (
    <DataTable
      label={label}
      columns={problemColumns}
      rows={rows}
      getRowId={(row) => `${row.line} ${row.column}`}
      rowCopy={null}
      card={(row) => (
        <Card
          lines={[
            [<b key="line">Row {row.line.toLocaleString("en")}</b>, <code key="column">{row.column}</code>],
            [<span key="why">{row.message}</span>, <Key key="value" text={row.value || "empty"} />],
          ]}
        />
      )}
      empty={<Empty kind="nothing-yet" title="None" />}
    />
  );
}

/** What the columns mean, for whoever fills them in. */
export function LoadHelp({ environment }: { environment: Environment }) {
  const list = withParams(paths.exceptions(), { environment });
  return (
    <div className="text-sm text-muted">
      <p>
        Export the{" "}
        <Link to={list} className="link underline">
          work list
        </Link>{" "}
        as CSV or XLSX, fill in these columns, and load it back. You see what would change before it does; a row whose
        exception changed meanwhile is left alone.
      </p>
      <ul className="mt-2 list-disc pl-5">
        <li>
          <code className="font-mono">resolution</code>: accepted or written_off, with a{" "}
          <code className="font-mono">resolution_reason</code>
        </li>
        <li>
          <code className="font-mono">assignee</code>: a colleague's e-mail, or nobody; empty leaves it as it is
        </li>
        <li>
          <code className="font-mono">comment</code>: added to the exception
        </li>
      </ul>
      <p className="mt-2">
        <code className="font-mono">group_key</code> and <code className="font-mono">facts_digest</code> say which
        exception a row is about; the other columns are not read.
      </p>
    </div>
  );
}
