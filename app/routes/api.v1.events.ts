import type { LoaderFunctionArgs } from "@remix-run/node";
import { awaitEvents } from "~/domain/listen/await-events.server.ts";
import { EventsQuery, MAX_EVENTS_A_PAGE } from "~/domain/listen/listen-api.ts";
import { cursorSince, newestCursor } from "~/domain/listen/read-events.server.ts";
import { readQuery } from "~/domain/listen/read-json.server.ts";
import { settleListenEnvironment } from "~/domain/listen/start-listen.server.ts";
import { apiAnswer, apiError } from "~/domain/tokens/api-error.ts";
import { requireToken } from "~/domain/tokens/require-token.server.ts";
import { SECOND } from "~/lib/time.ts";

/** `GET /api/v1/events`: stored webhooks in order of capture, then those that arrive. `docs/listen.md` has its contract. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const holder = await requireToken({ request, context }, "replays:bulk");
  const query = readQuery(EventsQuery, request, ["type"]);
  const environment = settleListenEnvironment(query.environment, holder.operator, context.config);
  if (environment === null) throw apiError("not_found", "There is nothing here that this token may read.");
  const { since = null, until = null, payment = null, limit = MAX_EVENTS_A_PAGE, wait = 0, listen = null } = query;
  const beginning = () => (since === null ? newestCursor(context.db) : cursorSince(context.db, { environment, since }));
  const after = query.after ?? (await beginning());
  const asked = { environment, after, since, until, types: query.type, payment, limit };
  return apiAnswer(await awaitEvents({ request, context, holder, asked, listenId: listen, waitMs: wait * SECOND }));
}

export function action() {
  return apiError("method_not_allowed", "This address answers GET.", { Allow: "GET" });
}
