import type { Environment } from "~/lib/environment.ts";
import type { SettledFilters } from "../lists/list-request.server.ts";
import { parseWebhookFilters, WEBHOOK_CODES, type WebhookCode } from "../webhooks/webhook-filters.ts";

/** A filter of webhooks as a replay keeps it: one environment, instants instead of somebody's days. Pure. */
export type ReplayFilters = SettledFilters<WebhookCode>;

/** Where the webhooks list lives does not matter to its search params. */
const NOWHERE = "http://paydesk.invalid/";

/** Reads a filter; a list of what was not understood when there is anything: a replay must never be quietly wider. */
export function readSelection(
  search: string,
  { zone, only }: { zone: string; only: Environment | null },
): { readonly filters: ReplayFilters } | { readonly problems: readonly string[] } {
  const url = new URL(NOWHERE);
  url.search = search;
  // Which page of the list was open and in which order has nothing to do with what is replayed.
  for (const param of ["cursor", "sort", "view"]) url.searchParams.delete(param);
  const { filters, problems } = parseWebhookFilters(url, { zone });
  if (problems.length > 0)
    return { problems: problems.map(({ param, value, message }) => `${param}=${value} ${message}`) };
  const environment = filters.environment ?? only;
  if (environment === null) return { problems: ["environment is not given"] };
  return { filters: { ...filters, environment, sort: "oldest", cursor: null } };
}

/** The same filter as search params of the webhooks list that mean the same in every zone and on every day. */
export function writeSelection({ environment, codes, from, to, q }: ReplayFilters): string {
  const params = new URLSearchParams({ environment });
  for (const code of WEBHOOK_CODES) for (const value of codes[code] ?? []) params.append(code, value);
  if (from !== null) params.set("from", new Date(from).toISOString());
  if (to !== null) params.set("to", new Date(to).toISOString());
  if (q !== null) params.set("q", q);
  return params.toString();
}

/** Everything of an environment: what chosen webhooks are looked for in. */
export function allOf(environment: Environment): ReplayFilters {
  return {
    environment,
    codes: {},
    from: null,
    to: null,
    q: null,
    amountMin: null,
    amountMax: null,
    sort: "oldest",
    cursor: null,
  };
}
