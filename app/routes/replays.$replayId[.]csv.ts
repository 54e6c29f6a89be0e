import type { LoaderFunctionArgs } from "@remix-run/node";
import { csvResponse } from "~/domain/lists/csv-response.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { readDeliveryFilter } from "~/domain/replays/delivery-filter.ts";
import { deliveryCsvColumns, exportDeliveries } from "~/domain/replays/delivery-queries.server.ts";
import { findReplay } from "~/domain/replays/replay-queries.server.ts";

/** What became of each event of a replay, as a file; `state` narrows it as on the page. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "export:csv");
  const { db } = context;
  const replay = await findReplay(db, operator.scope, params.replayId ?? "");
  if (!replay) throw new Response("Not found", { status: 404 });
  const { replayId, environment } = replay;
  const { state } = readDeliveryFilter(new URL(request.url).searchParams);
  const chunks = exportDeliveries(db, operator.scope, { replayId, state, signal: request.signal });
  return csvResponse({ name: `replay-${replayId}`, environment, columns: deliveryCsvColumns, chunks });
}
