import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ListView } from "~/components/lists/list-view.tsx";
import { ReplaySelected } from "~/components/replays/replay-selected.tsx";
import { NoWebhooks } from "~/components/webhooks/no-webhooks.tsx";
import { WebhookCard, webhookColumns } from "~/components/webhooks/webhook-columns.tsx";
import { WebhookFilterBar } from "~/components/webhooks/webhook-filter-bar.tsx";
import { settleFilters } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parseWebhookFilters } from "~/domain/webhooks/webhook-filters.ts";
import { listWebhooks, type WebhookListRow } from "~/domain/webhooks/webhook-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

export const meta: MetaFunction = () => [{ title: "Webhooks · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const parsed = parseWebhookFilters(request.url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  const filters = settleFilters(parsed.filters, operator.scope, context.config.defaultEnvironment);
  const page = await listWebhooks(context.db, operator.scope, filters);
  return {
    page,
    problems: parsed.problems,
    environment: filters.environment,
    isFirstPage: filters.cursor === null && filters.sort === "newest",
    canExport: operator.can("export:csv", filters.environment),
    canReplay: operator.can("replays:send", filters.environment),
  };
}

// Constant, because the live view starts over whenever it changes.
const getRowId = (row: WebhookListRow) => row.eventId;

export default function WebhooksPage() {
  const data = useLoaderData<typeof loader>();
  return (
    <ListView
      title="Webhooks"
      noun={{ one: "webhook", many: "webhooks" }}
      data={data}
      columns={webhookColumns}
      getRowId={getRowId}
      rowHref={(row) => withParams(paths.webhook(row.eventId), { environment: row.environment })}
      card={(row) => <WebhookCard row={row} />}
      filterBar={<WebhookFilterBar />}
      selectable={data.canReplay}
      selectionActions={(ids) => <ReplaySelected eventIds={ids} />}
      empty={<NoWebhooks environment={data.environment} />}
    />
  );
}
