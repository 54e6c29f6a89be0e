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

/** The exceptions behind a figure. */
export function exceptionsBehind({ environment, class: one, age, from, to, state }: Behind): string {
  return withParams(paths.exceptions(), { environment, state, class: one, age, from, to });
}
