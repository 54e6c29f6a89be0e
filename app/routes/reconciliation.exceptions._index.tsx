import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Download, FileUp } from "lucide-react";
import { ListCount } from "~/components/lists/list-count.tsx";
import { useListLinks } from "~/components/lists/list-links.ts";
import { ParamProblems } from "~/components/lists/param-problems.tsx";
import { useRefresh } from "~/components/live/use-refresh.ts";
import { AnswersNotice } from "~/components/reconciliation/answers-notice.tsx";
import { ExceptionCard, exceptionColumns } from "~/components/reconciliation/exception-columns.tsx";
import { ExceptionFilterBar } from "~/components/reconciliation/exception-filter-bar.tsx";
import { exceptionInList } from "~/components/reconciliation/exception-links.ts";
import { ExceptionTabs } from "~/components/reconciliation/exception-tabs.tsx";
import { NoExceptions } from "~/components/reconciliation/no-exceptions.tsx";
import { OpenAges, OpenClasses } from "~/components/reconciliation/open-figures.tsx";
import { SelectedExceptions } from "~/components/reconciliation/selected-exceptions.tsx";
import { StandingNotices } from "~/components/reconciliation/standing-notices.tsx";
import { DataTable } from "~/components/table/data-table.tsx";
import { Pager } from "~/components/table/pager.tsx";
import { ButtonLink, buttonClass } from "~/components/ui/button.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { permissionOf } from "~/domain/reconciliation/change-exception.server.ts";
import { changeExceptions } from "~/domain/reconciliation/change-exceptions.server.ts";
import type { ExceptionRow } from "~/domain/reconciliation/exception-list.server.ts";
import { openExceptions } from "~/domain/reconciliation/open-exceptions.server.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Exceptions · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const opened = await openExceptions(context, { operator, url: request.url, now: Date.now() });
  if (!opened) throw new Response("Not found", { status: 404 });
  return opened;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const operator = await requireOperator({ request, context }, permissionOf(form.get("intent")));
  const url = new URL(request.url);
  const asked = url.searchParams.get("environment");
  const { defaultEnvironment } = context.config;
  const environment = settleEnvironment(isEnvironment(asked) ? asked : null, operator.scope, defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  const now = new Date();
  const changed = await changeExceptions(context.db, { form, environment, operator, now });
  if (!changed.ok) return data({ errors: changed.errors, answers: null, verb: "", at: now.getTime() }, { status: 400 });
  const { answers, verb } = changed;
  if (answers.refused.length > 0) return data({ errors: null, answers, verb, at: now.getTime() }, { status: 409 });
  const text = `${answers.done.length.toLocaleString("en")} ${answers.done.length === 1 ? "exception" : "exceptions"} ${verb}`;
  return redirectWithToast(url.pathname + url.search, { tone: "good", text }, context);
}

export default function ExceptionsPage() {
  const opened = useLoaderData<typeof loader>();
  const { page, counts, filters, environment, problems, can } = opened;
  const answered = useActionData<typeof action>();
  const links = useListLinks(page);
  const { tab } = filters;
  useRefresh(opened.match.importing > 0 || opened.match.isUnderWay);
  return (
    <Page
      title="Exceptions"
      back={<Link to={withParams(paths.reconciliation(), { environment })}>Reconciliation</Link>}
      environment={environment}
      actions={
        <>
          {can.resolve && (
            <ButtonLink to={withParams(paths.loadExceptions(), { environment })} tone="quiet">
              <FileUp size={14} aria-hidden /> Load resolutions
            </ButtonLink>
          )}
          {can.export && !page.isTooLong && problems.length === 0 && <ExportLinks search={links.filters} />}
        </>
      }
    >
      {answered?.answers && (
        <AnswersNotice
          answers={answered.answers}
          verb={answered.verb}
          environment={environment}
          search={links.filters}
        />
      )}
      {answered?.errors && <Notice tone="bad" title={Object.values(answered.errors)[0] ?? "Not understood"} urgent />}
      <StandingNotices match={opened.match} isLimited={opened.isLimited} />
      <ParamProblems problems={problems} isTooLong={page.isTooLong} />
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-2 border-b border-line">
        <ExceptionTabs tab={tab} open={counts?.open ?? null} />
        {tab === "open" && <OpenAges counts={counts} chosen={filters.ages} />}
      </div>
      <ExceptionFilterBar {...opened} />
      {tab === "open" && <OpenClasses counts={counts} chosen={filters.classes} />}
      <DataTable
        label="Exceptions"
        columns={exceptionColumns}
        rows={page.rows}
        getRowId={getRowId}
        rowHref={(row) => exceptionInList(row.groupKey, links.filters, row.environment)}
        card={(row) => <ExceptionCard row={row} />}
        selectable={can.resolve}
        selectionActions={(ids) => (
          <SelectedExceptions
            rows={page.rows.filter((row) => ids.includes(row.groupKey))}
            environment={environment}
            resolvers={opened.resolvers}
            operatorId={opened.operatorId}
            writeOffLimits={opened.writeOffLimits}
            canWriteOff={can.writeOff}
            errors={answered?.errors ?? undefined}
            answeredAt={answered?.answers ? answered.at : null}
          />
        )}
        empty={
          page.isTooLong ? null : (
            <NoExceptions
              tab={tab}
              environment={environment}
              isFiltered={opened.isFiltered}
              isReconciled={opened.isReconciled}
              canImport={can.import}
            />
          )
        }
      />
      <Pager next={links.next} previous={links.previous}>
        {page.count > 0 && <ListCount count={page.count} isCounted={page.isCounted} one="group" many="groups" />}
      </Pager>
    </Page>
  );
}

/** The list as it is filtered, for a spreadsheet: filled in, it can be loaded back. */
function ExportLinks({ search }: { search: string }) {
  return (["csv", "xlsx"] as const).map((kind) => (
    <a key={kind} href={paths.exceptionFile(kind) + search} download className={buttonClass({})}>
      <Download size={14} aria-hidden /> {kind === "csv" ? "Export CSV" : "XLSX"}
    </a>
  ));
}

function getRowId(row: ExceptionRow): string {
  return row.groupKey;
}
