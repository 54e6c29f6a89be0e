import type { AppContext } from "~/context.server.ts";
import { settleEnvironment } from "../lists/settle-filters.ts";
import { requireOperator } from "../operators/require-operator.server.ts";
import { readTail } from "./read-tail.server.ts";
import { decodeTailCursor, parseTailFilters } from "./tail.ts";

/**
 * What the tail's page and its questions in between both answer: one way to be allowed to see an arrival. `after` is the
 * cursor of the last answer; without one, or with one that is not ours, it begins with the newest.
 */
export async function openTail({ request, context }: { request: Request; context: AppContext }) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const { filters, problems } = parseTailFilters(request.url);
  const environment = settleEnvironment(filters.environment, operator.scope, context.config.defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  const after = new URL(request.url).searchParams.get("after");
  const withRefusals = operator.can("settings:write");
  const page = await readTail(context.db, operator.scope, {
    environment,
    filters,
    after: after === null ? null : decodeTailCursor(after),
    withRefusals,
  });
  return { page, environment, problems, withRefusals, hasFilters: hasFilters(filters) };
}

function hasFilters({ types, states, q }: ReturnType<typeof parseTailFilters>["filters"]): boolean {
  return types.length > 0 || states.length > 0 || q !== null;
}
