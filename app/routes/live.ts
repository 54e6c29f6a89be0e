import type { LoaderFunctionArgs } from "@remix-run/node";
import { changeStream } from "~/domain/live/change-stream.server.ts";
import { openStream } from "~/domain/live/open-streams.server.ts";
import { findOperator, requireOperator } from "~/domain/operators/require-operator.server.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const stream = changeStream(context.db, {
    scope: operator.scope,
    recheck: async () => (await findOperator({ request, context }, "payments:read"))?.scope ?? null,
    signal: openStream(operator.operatorId, request.signal),
  });
  return new Response(stream, {
    // `no-transform` keeps a compressing proxy, and our own compression, from holding events back.
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform" },
  });
}
