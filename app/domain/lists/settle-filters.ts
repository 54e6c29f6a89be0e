import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { ListFilters } from "~/lib/search-params.ts";
import type { SettledFilters } from "./list-request.server.ts";

/**
 * The one environment a page is about: the one asked for, else the installation's, else the first this operator may see.
 * `null` when it is not theirs to see, which answers like a page that does not exist.
 */
export function settleEnvironment(
  asked: Environment | null,
  scope: Scope,
  defaultEnvironment: Environment,
): Environment | null {
  if (asked !== null) return scope.environments.includes(asked) ? asked : null;
  return scope.environments.includes(defaultEnvironment) ? defaultEnvironment : (scope.environments[0] ?? null);
}

export function settleFilters<Code extends string>(
  filters: ListFilters<Code>,
  scope: Scope,
  defaultEnvironment: Environment,
): SettledFilters<Code> {
  const environment = settleEnvironment(filters.environment, scope, defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  return { ...filters, environment };
}
