import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useLocation } from "@remix-run/react";
import { Download } from "lucide-react";
import { useRefresh } from "~/components/live/use-refresh.ts";
import { ImportFacts } from "~/components/reconciliation/import-facts.tsx";
import { ImportNotice } from "~/components/reconciliation/import-notice.tsx";
import { ImportProgress } from "~/components/reconciliation/import-progress.tsx";
import { importTitle, isMoving } from "~/components/reconciliation/import-words.ts";
import { ProblemTable } from "~/components/reconciliation/problem-table.tsx";
import { Pager } from "~/components/table/pager.tsx";
import { Button, buttonClass } from "~/components/ui/button.tsx";
import { Page } from "~/components/ui/page.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { readAccountingZone } from "~/domain/reconciliation/accounting-zone.server.ts";
import { ImportMoveForm, importRefusals } from "~/domain/reconciliation/import.ts";
import { findEarlier, findImport, listProblems } from "~/domain/reconciliation/import-queries.server.ts";
import { monthOf } from "~/domain/reconciliation/month.ts";
import { canRetry, isUnderWay, moveImport } from "~/domain/reconciliation/move-import.server.ts";
import { decodeCursor } from "~/lib/cursor.ts";
import { parseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { dayOf } from "~/lib/time.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? importTitle(data.row) : "Import"} · Paydesk` },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const { db } = context;
  const row = await findImport(db, operator.scope, params.importId ?? "");
  if (!row) throw new Response("Not found", { status: 404 });
  const cursor = decodeCursor(new URL(request.url).searchParams.get("cursor") ?? "");
  const canImport = operator.can("reconciliation:import", row.environment);
  const zone = await readAccountingZone(db);
  return {
    row,
    // What it tells of last, for the way on from here.
    month: row.to === null ? null : monthOf(dayOf(row.to, zone)),
    problems: await listProblems(db, { importId: row.importId, cursor }),
    earlier: await findEarlier(db, row),
    canCancel: canImport && isUnderWay(row),
    canRetry: canImport && (await canRetry(context, row)),
    canExport: operator.can("export:csv", row.environment),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:import");
  const form = parseForm(ImportMoveForm, await request.formData());
  if (!form.ok) throw new Response("This form was not understood.", { status: 400 });
  const importId = params.importId ?? "";
  const { intent: move } = form.value;
  const moved = await moveImport(context, { importId, move, operator, now: new Date() });
  const to = paths.reconciliationImport(importId);
  if (moved.ok) {
    const text = move === "cancel" ? "Import cancelled" : "Trying again";
    return redirectWithToast(to, { tone: move === "cancel" ? "good" : "waiting", text }, context);
  }
  if (moved.refusal === "not_found") throw new Response("Not found", { status: 404 });
  return redirectWithToast(to, { tone: "look", text: importRefusals[moved.refusal] }, context);
}

export default function ImportPage() {
  const { row, month, problems, earlier, canCancel, canRetry: mayRetry, canExport } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  const link = (cursor: string | null) => cursor && withParams(pathname, { cursor });
  useRefresh(isMoving(row));
  return (
    <Page
      title={importTitle(row)}
      back={<Link to={withParams(paths.reconciliationImports(), { environment: row.environment })}>Imports</Link>}
      environment={row.environment}
      actions={
        <>
          {canExport && row.rowsBad > 0 && (
            <a href={paths.reconciliationBadRows(row.importId)} download className={buttonClass({})}>
              <Download size={14} aria-hidden /> Bad rows as CSV
            </a>
          )}
          {row.state === "imported" && (
            <Link
              to={withParams(paths.reconciliation(), { environment: row.environment, month })}
              className={buttonClass({ tone: "primary" })}
            >
              See what it comes to
            </Link>
          )}
          {(canCancel || mayRetry) && (
            <Form method="post">
              {canCancel ? (
                <Button type="submit" name="intent" value="cancel">
                  Cancel import
                </Button>
              ) : (
                <Button type="submit" name="intent" value="retry" tone="primary">
                  Try again
                </Button>
              )}
            </Form>
          )}
        </>
      }
    >
      <ImportNotice row={row} earlier={earlier} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <ImportProgress row={row} />
          {row.rowsBad > 0 && (
            <div>
              <ProblemTable rows={problems.rows} isPull={row.kind === "pull"} />
              <Pager next={link(problems.next)} previous={link(problems.previous)} />
            </div>
          )}
        </div>
        <ImportFacts row={row} />
      </div>
    </Page>
  );
}
