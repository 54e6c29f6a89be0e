import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ListView } from "~/components/lists/list-view.tsx";
import { ReplayMatching } from "~/components/replays/replay-matching.tsx";
import { ReplaySelected } from "~/components/replays/replay-selected.tsx";
import { ButtonLink } from "~/components/ui/button.tsx";
import { DriftBanner } from "~/components/webhooks/drift-banner.tsx";
import { NoWebhooks } from "~/components/webhooks/no-webhooks.tsx";
import { WebhookCard, webhookColumns } from "~/components/webhooks/webhook-columns.tsx";
import { WebhookFilterBar } from "~/components/webhooks/webhook-filter-bar.tsx";
import { openList } from "~/domain/lists/open-list.server.ts";
import { parseWebhookFilters } from "~/domain/webhooks/webhook-filters.ts";
import { type WebhookListRow, webhookList } from "~/domain/webhooks/webhook-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";

export const meta: MetaFunction = () => [{ title: "Webhooks · Paydesk" }];

export async function loader(args: LoaderFunctionArgs) {
  const { operator, data } = await openList(args, { name: "webhooks", parse: parseWebhookFilters, list: webhookList });
  return { ...data, canReplay: operator.can("replays:send", data.environment) };
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
      actions={
        <>
          {data.canReplay && data.problems.length === 0 && !data.page.isTooLong && (
            <ReplayMatching environment={data.environment} count={data.page.count} isCounted={data.page.isCounted} />
          )}
          <ButtonLink to={withParams(paths.webhookTail(), { environment: data.environment })}>Live tail</ButtonLink>
        </>
      }
      filterBar={
        <>
          <DriftBanner />
          <WebhookFilterBar environment={data.environment} />
        </>
      }
      selectable={data.canReplay}
      selectionActions={(ids) => <ReplaySelected eventIds={ids} />}
      empty={<NoWebhooks environment={data.environment} />}
    />
  );
}
