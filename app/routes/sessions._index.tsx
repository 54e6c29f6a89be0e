import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ListView } from "~/components/lists/list-view.tsx";
import { NoSessions } from "~/components/sessions/no-sessions.tsx";
import { SessionCard, sessionColumns } from "~/components/sessions/session-columns.tsx";
import { SessionFilterBar } from "~/components/sessions/session-filter-bar.tsx";
import { ButtonLink } from "~/components/ui/button.tsx";
import { settleFilters } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parseSessionFilters } from "~/domain/sessions/session-filters.ts";
import { listSessions, type SessionListRow } from "~/domain/sessions/session-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

export const meta: MetaFunction = () => [{ title: "Sessions · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const parsed = parseSessionFilters(request.url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  const filters = settleFilters(parsed.filters, operator.scope, context.config.defaultEnvironment);
  const page = await listSessions(context.db, operator.scope, filters);
  return {
    page,
    problems: parsed.problems,
    environment: filters.environment,
    isFirstPage: filters.cursor === null && filters.sort === "newest",
    canExport: operator.can("export:csv", filters.environment),
    canStart: operator.can("sessions:create", filters.environment),
  };
}

// Constant, because the live view starts over whenever it changes.
const getRowId = (row: SessionListRow) => row.paymentSessionId;

export default function SessionsPage() {
  const data = useLoaderData<typeof loader>();
  return (
    <ListView
      title="Sessions"
      noun={{ one: "session", many: "sessions" }}
      data={data}
      columns={sessionColumns}
      getRowId={getRowId}
      rowHref={(row) => withParams(paths.session(row.paymentSessionId), { environment: row.environment })}
      card={(row) => <SessionCard row={row} />}
      filterBar={<SessionFilterBar />}
      empty={<NoSessions environment={data.environment} />}
      actions={
        data.canStart && (
          <ButtonLink tone="primary" to={withParams(paths.newSession(), { environment: data.environment })}>
            New test session
          </ButtonLink>
        )
      }
    />
  );
}
