import type { ActionFunctionArgs } from "@remix-run/node";
import { endListen } from "~/domain/listen/end-listen.server.ts";
import { findListen } from "~/domain/listen/find-listen.server.ts";
import { apiAnswer, apiError } from "~/domain/tokens/api-error.ts";
import { requireToken } from "~/domain/tokens/require-token.server.ts";

/** `POST /api/v1/listen/:id/end`: the program stops listening. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { operator } = await requireToken({ request, context }, "replays:bulk");
  const listen = await findListen(context.db, operator, params.listenId ?? "");
  if (!listen) throw apiError("listen_not_found", "This run is not here.");
  await endListen(context.db, listen, Date.now());
  return apiAnswer({ ended: true });
}

export function loader() {
  return apiError("method_not_allowed", "This address answers POST.", { Allow: "POST" });
}
