import type { Config } from "~/env.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { settleEnvironment } from "../lists/settle-filters.ts";
import type { Operator } from "../operators/operator.ts";

/** The one environment a page of reconciliation is about; what is not theirs to see answers as absent. */
export function askedEnvironment(
  request: Request,
  operator: Pick<Operator, "scope">,
  { defaultEnvironment }: Pick<Config, "defaultEnvironment">,
): Environment {
  const asked = new URL(request.url).searchParams.get("environment");
  const environment = settleEnvironment(isEnvironment(asked) ? asked : null, operator.scope, defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  return environment;
}
