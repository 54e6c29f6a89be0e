import type { Age } from "~/domain/reconciliation/exception.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";

interface Behind {
  readonly environment: Environment;
  readonly class?: string;
  readonly age?: Age;
  /** Both included, days of the accounting zone. */
  readonly from?: string;
  readonly to?: string;
  /** `all` where groups that call for no work are meant too. */
  readonly state?: "open" | "all";
}

/** The work list as the search params of a list, or of one exception opened from it, have it; from its beginning. */
export function exceptionList(search: string, environment: Environment): string {
  return `${paths.exceptions()}?${listParams(search, environment)}`;
}

/** One exception, with the list it is opened from: the way on and back is that list's. */
export function exceptionInList(groupKey: string, search: string, environment: Environment): string {
  return `${paths.exception(groupKey)}?${listParams(search, environment)}`;
}

function listParams(search: string, environment: Environment): URLSearchParams {
  const params = new URLSearchParams(search);
  params.delete("cursor");
  params.set("environment", environment);
  return params;
}

/** The exceptions behind a figure. */
export function exceptionsBehind({ environment, class: one, age, from, to, state }: Behind): string {
  return withParams(paths.exceptions(), { environment, state, class: one, age, from, to });
}
