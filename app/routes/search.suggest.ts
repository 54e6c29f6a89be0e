import type { LoaderFunctionArgs } from "@remix-run/node";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { answerSearch } from "~/domain/search/answer-search.server.ts";
import { listLookups } from "~/domain/search/lookups.server.ts";
import { readLookup } from "~/domain/search/read-lookup.ts";
import type { Suggestions } from "~/domain/search/search-answer.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

/** What the search box shows while somebody types: results, or the recent look-ups while it is empty. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const { db, config } = context;
  const { scope, operatorId, preferences } = operator;
  const { searchParams } = new URL(request.url);
  const given = searchParams.get("environment");
  const environment = settleEnvironment(isEnvironment(given) ? given : null, scope, config.defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  const lookup = readLookup(searchParams.get("q") ?? "", { zone: preferences.zone ?? DEFAULT_ZONE, now: Date.now() });
  const isEmpty = lookup.text === "";
  const suggestions: Suggestions = {
    answer: isEmpty ? null : await answerSearch(db, { lookup, environment, operator, config }),
    recent: isEmpty ? await listLookups(db, scope, { operatorId }) : [],
  };
  return Response.json(suggestions, { headers: { "Cache-Control": "no-store" } });
}
