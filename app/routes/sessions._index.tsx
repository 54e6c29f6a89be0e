import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ListView } from "~/components/lists/list-view.tsx";
import { NoSessions } from "~/components/sessions/no-sessions.tsx";
import { SessionCard, sessionColumns } from "~/components/sessions/session-columns.tsx";
import { SessionFilterBar } from "~/components/sessions/session-filter-bar.tsx";
import { ButtonLink } from "~/components/ui/button.tsx";
import { openList } from "~/domain/lists/open-list.server.ts";
import { parseSessionFilters } from "~/domain/sessions/session-filters.ts";
import { type SessionListRow, sessionList } from "~/domain/sessions/session-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";

export const meta: MetaFunction = () => [{ title: "Sessions · Paydesk" }];

export async function loader(args: LoaderFunctionArgs) {
  const { operator, data } = await openList(args, { name: "sessions", parse: parseSessionFilters, list: sessionList });
  return { ...data, canStart: operator.can("sessions:create", data.environment) };
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
      filterBar={<SessionFilterBar environment={data.environment} />}
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
