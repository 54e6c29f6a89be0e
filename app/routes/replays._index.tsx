import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { ParamProblems } from "~/components/lists/param-problems.tsx";
import { useRefresh } from "~/components/live/use-refresh.ts";
import { ReplayTable } from "~/components/replays/replay-table.tsx";
import { hasEnd } from "~/components/replays/replay-words.ts";
import { Pager } from "~/components/table/pager.tsx";
import { Page } from "~/components/ui/page.tsx";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { listReplays } from "~/domain/replays/replay-queries.server.ts";
import { withParams } from "~/lib/paths.ts";
import { parseListParams } from "~/lib/search-params.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

export const meta: MetaFunction = () => [{ title: "Replays · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const zone = operator.preferences.zone ?? DEFAULT_ZONE;
  const { filters, problems } = parseListParams(request.url, { codes: [], zone });
  const environment = settleEnvironment(filters.environment, operator.scope, context.config.defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  const page = await listReplays(context.db, operator.scope, { environment, cursor: filters.cursor });
  return { page, problems, environment };
}

export default function ReplaysPage() {
  const { page, problems, environment } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  const link = (cursor: string | null) => cursor && withParams(pathname, { environment, cursor });
  useRefresh(page.rows.some((row) => hasEnd(row) && (row.state === "running" || row.state === "planned")));
  return (
    <Page
      title="Replays"
      subtitle="Stored webhooks that were processed again here, sent or forwarded to a destination, or listened to."
    >
      <ParamProblems problems={problems} isTooLong={false} />
      <ReplayTable rows={page.rows} environment={environment} />
      <Pager next={link(page.next)} previous={link(page.previous)} />
    </Page>
  );
}
