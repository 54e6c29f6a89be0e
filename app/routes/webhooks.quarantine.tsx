import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { ListCount } from "~/components/lists/list-count.tsx";
import { ListEnvironment } from "~/components/lists/list-environment.tsx";
import { useListLinks } from "~/components/lists/list-links.ts";
import { ParamProblems } from "~/components/lists/param-problems.tsx";
import { NoQuarantine } from "~/components/quarantine/no-quarantine.tsx";
import { ProcessAgainForm } from "~/components/quarantine/process-again-form.tsx";
import { ProcessedAgainNotice } from "~/components/quarantine/processed-again-notice.tsx";
import { QuarantineCard, quarantineColumns } from "~/components/quarantine/quarantine-columns.tsx";
import { quarantineFilterSpecs } from "~/components/quarantine/quarantine-filter-specs.ts";
import { QuarantineTabs } from "~/components/quarantine/quarantine-tabs.tsx";
import { ReasonList } from "~/components/quarantine/reason-list.tsx";
import { SelectedActions } from "~/components/quarantine/selected-actions.tsx";
import { DataTable } from "~/components/table/data-table.tsx";
import { FilterBar } from "~/components/table/filter-bar.tsx";
import { Pager } from "~/components/table/pager.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { changeQuarantine } from "~/domain/quarantine/change-quarantine.server.ts";
import { openQuarantine } from "~/domain/quarantine/open-quarantine.server.ts";
import type { QuarantineRow } from "~/domain/quarantine/quarantine-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Quarantine · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const opened = await openQuarantine(context, { operator, url: request.url });
  if (!opened) throw new Response("Not found", { status: 404 });
  return { ...opened, replayKey: crypto.randomUUID() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const isReading = form.get("intent") === "process-again";
  const operator = await requireOperator(
    { request, context },
    isReading ? "webhooks:reprocess" : "quarantine:set-aside",
  );
  const changed = await changeQuarantine(context, { form, operator, url: request.url, now: new Date() });
  if (!changed.ok) {
    if (changed.status === 404) throw new Response("Not found", { status: 404 });
    return data({ errors: changed.errors }, { status: changed.status });
  }
  return redirectWithToast(changed.to, changed.toast, context);
}

export default function QuarantinePage() {
  const { page, counts, filters, environment, problems, result, replayKey, can } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>()?.errors;
  const links = useListLinks(page);
  const { tab, reasons } = filters;
  const isFiltered = reasons.length > 0 || filters.from !== null || filters.to !== null;
  const matching = `${page.count.toLocaleString("en")}${page.isCounted ? "" : "+"}`;
  const isWhole = page.isCounted && page.count <= 100;
  return (
    <Page
      title="Quarantine"
      back={<Link to={withParams(paths.webhooks(), { environment })}>Webhooks</Link>}
      subtitle="Webhooks that are kept but were not taken into any payment. Nothing here is lost."
      actions={
        can.reprocess &&
        tab === "open" &&
        page.count > 0 && (
          <ProcessAgainForm
            eventIds={null}
            replayKey={replayKey}
            tone="primary"
            label={isWhole ? `Process all ${matching} again` : `Process the oldest 100 of ${matching} again`}
          />
        )
      }
    >
      {refused && <Notice tone="bad" title={Object.values(refused)[0] ?? "This form was not understood"} urgent />}
      <ParamProblems problems={problems} isTooLong={page.isTooLong} />
      {result && <ProcessedAgainNotice result={result} />}
      <QuarantineTabs tab={tab} counts={counts.tabs} isCapped={counts.isCapped} />
      <FilterBar filters={quarantineFilterSpecs[tab]} context={<ListEnvironment environment={environment} />} />
      {tab === "open" && counts.reasons.length > 0 && <ReasonList reasons={counts.reasons} chosen={reasons} />}
      <DataTable
        // What was chosen has been read again: nothing is chosen any more.
        key={`${tab} ${filters.replayId}`}
        label="Quarantine"
        columns={quarantineColumns[tab]}
        rows={page.rows}
        getRowId={getRowId}
        rowHref={(row) => withParams(paths.webhook(row.eventId), { environment: row.environment })}
        card={(row) => <QuarantineCard row={row} tab={tab} />}
        isWide
        selectable={tab !== "expunged" && (can.reprocess || can.setAside)}
        selectionActions={(ids) => <SelectedActions tab={tab} eventIds={ids} replayKey={replayKey} can={can} />}
        empty={page.isTooLong ? null : <NoQuarantine tab={tab} environment={environment} isFiltered={isFiltered} />}
      />
      <Pager next={links.next} previous={links.previous}>
        {page.count > 0 && <ListCount count={page.count} isCounted={page.isCounted} one="webhook" many="webhooks" />}
      </Pager>
    </Page>
  );
}

function getRowId(row: QuarantineRow): string {
  return row.eventId;
}
