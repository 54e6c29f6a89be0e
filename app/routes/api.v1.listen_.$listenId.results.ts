import type { ActionFunctionArgs } from "@remix-run/node";
import { findListen } from "~/domain/listen/find-listen.server.ts";
import { ListenResults } from "~/domain/listen/listen-api.ts";
import { readJson } from "~/domain/listen/read-json.server.ts";
import { recordResults } from "~/domain/listen/record-results.server.ts";
import { apiAnswer, apiError } from "~/domain/tokens/api-error.ts";
import { requireToken } from "~/domain/tokens/require-token.server.ts";

/** `POST /api/v1/listen/:id/results`: what became of events of a run. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { operator } = await requireToken({ request, context }, "replays:bulk");
  const listen = await findListen(context.db, operator, params.listenId ?? "");
  if (!listen) throw apiError("listen_not_found", "This run is not here.");
  const { results } = await readJson(ListenResults, request);
  const recorded = await recordResults(context.db, operator.scope, { listen, results, now: Date.now() });
  if (!recorded.ok) throw apiError(recorded.refusal, "A result is of a webhook that is not here. None was kept.");
  return apiAnswer({ recorded: results.length });
}

export function loader() {
  return apiError("method_not_allowed", "This address answers POST.", { Allow: "POST" });
}
