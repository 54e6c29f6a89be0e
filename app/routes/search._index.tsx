import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SearchPage } from "~/components/search/search-page.tsx";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { answerSearch } from "~/domain/search/answer-search.server.ts";
import { type Destination, findDestination } from "~/domain/search/find-destination.server.ts";
import { listLookups, rememberLookup } from "~/domain/search/lookups.server.ts";
import { readLookup } from "~/domain/search/read-lookup.ts";
import { onlyTarget } from "~/domain/search/search-answer.ts";
import { environmentLabel, isEnvironment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

export const meta: MetaFunction = () => [{ title: "Search · Paydesk" }];

/** Leads on to the one thing a text can mean; else shows all that it may. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const { db, config } = context;
  const { scope, operatorId } = operator;
  const { searchParams } = new URL(request.url);
  const given = searchParams.get("environment");
  const environment = settleEnvironment(isEnvironment(given) ? given : null, scope, config.defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  const now = new Date();
  const lookup = readLookup(searchParams.get("q") ?? "", {
    zone: operator.preferences.zone ?? DEFAULT_ZONE,
    now: now.getTime(),
  });

  const landOn = async (landing: Destination) => {
    if (!isPrefetch(request)) await rememberLookup(db, scope, { operatorId, target: landing, now });
    if (landing.environment === environment) return redirect(landing.href);
    const text = `Found in ${environmentLabel[landing.environment]}, not in ${environmentLabel[environment]}.`;
    return redirectWithToast(landing.href, { tone: "look", text }, context);
  };

  const named = await findDestination(db, scope, { ids: lookup.ids, environment });
  if (named) throw await landOn(named);
  const answer = await answerSearch(db, { lookup, environment, operator, config });
  const only = onlyTarget(answer);
  if (only) throw await landOn(only);
  // A whole card number must not stay in the address.
  if (lookup.maskedCard !== null) throw redirect(withParams(paths.search(), { q: lookup.maskedCard, environment }));
  return { answer, environment, recent: lookup.text === "" ? await listLookups(db, scope, { operatorId }) : [] };
}

export default function Search() {
  return <SearchPage {...useLoaderData<typeof loader>()} />;
}

/** A page fetched in advance was not looked at. */
function isPrefetch({ headers }: Request): boolean {
  return ["purpose", "sec-purpose", "x-purpose"].some((name) => headers.get(name)?.includes("prefetch"));
}
