import type { ListName } from "~/db.server.ts";
import { type Environment, isEnvironment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { ParsedList } from "~/lib/search-params.ts";
import { parsePaymentFilters } from "../payments/payment-filters.ts";
import { parseSessionFilters } from "../sessions/session-filters.ts";
import { parseWebhookFilters } from "../webhooks/webhook-filters.ts";

/** Which page is shown, and by which view, is no part of a view. */
const NOT_KEPT = new Set(["cursor", "view", "environment", "index", "_data", "_routes"]);

const parsers: Record<ListName, (url: string, options: { zone: string }) => ParsedList<string>> = {
  payments: parsePaymentFilters,
  sessions: parseSessionFilters,
  webhooks: parseWebhookFilters,
};

/**
 * A list's filters as a view keeps them: always with the environment, without the page, in one order, so that two that
 * ask for the same are written the same.
 */
export function viewSearch(search: string | URLSearchParams, environment: Environment): string {
  const entries = [...new URLSearchParams(search)]
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== "" && !NOT_KEPT.has(name) && !(name === "sort" && value === "newest"));
  const lines = new Map([["environment", environment] as const, ...entries].map((entry) => [entry.join("="), entry]));
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, [name, value]]) => [name, value]);
  return new URLSearchParams(sorted).toString();
}

/** The filters of a list page as a view may keep them, or why it may not. */
export function keepableSearch(
  list: ListName,
  search: string,
  environment: Environment,
): Result<string, "not_understood"> {
  const kept = viewSearch(search, environment);
  const { problems } = parsers[list](`http://paydesk.invalid/?${kept}`, { zone: "UTC" });
  return problems.length > 0 ? refused("not_understood") : ok(kept);
}

export function environmentOfView({ search }: { readonly search: string }): Environment | null {
  const environment = new URLSearchParams(search).get("environment");
  return environment !== null && isEnvironment(environment) ? environment : null;
}
