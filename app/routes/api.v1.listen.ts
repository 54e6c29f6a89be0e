import type { ActionFunctionArgs } from "@remix-run/node";
import { StartListen } from "~/domain/listen/listen-api.ts";
import { readJson } from "~/domain/listen/read-json.server.ts";
import { settleListenEnvironment, startListen } from "~/domain/listen/start-listen.server.ts";
import { apiAnswer, apiError } from "~/domain/tokens/api-error.ts";
import { requireToken } from "~/domain/tokens/require-token.server.ts";

/** `POST /api/v1/listen`: begins a run, which stands under Replays from then on. */
export async function action({ request, context }: ActionFunctionArgs) {
  const holder = await requireToken({ request, context }, "replays:bulk");
  const asked = await readJson(StartListen, request);
  const environment = settleListenEnvironment(asked.environment, holder.operator, context.config);
  if (environment === null) throw apiError("not_found", "There is nothing here that this token may read.");
  return apiAnswer(await startListen(context.db, context.config, { asked, environment, holder, now: new Date() }), 201);
}

export function loader() {
  return apiError("method_not_allowed", "This address answers POST.", { Allow: "POST" });
}
