import type { AppContext } from "~/context.server.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";
import { settleEnvironment } from "../lists/settle-filters.ts";
import type { Operator } from "../operators/operator.ts";
import { readProcessedAgain } from "./processed-again.server.ts";
import { parseQuarantineFilters } from "./quarantine-filters.ts";
import { countQuarantine, listQuarantine } from "./quarantine-queries.server.ts";

/** Everything the work list shows; `null` when the environment asked for is not theirs. */
export async function openQuarantine(
  { db, config }: Pick<AppContext, "db" | "config">,
  { operator, url }: { readonly operator: Operator; readonly url: string },
) {
  const { filters, problems } = parseQuarantineFilters(url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  const environment = settleEnvironment(filters.environment, operator.scope, config.defaultEnvironment);
  if (environment === null) return null;
  const { replayId } = filters;
  const [page, counts, result] = await Promise.all([
    listQuarantine(db, operator.scope, { ...filters, environment }),
    countQuarantine(db, operator.scope, { environment }),
    replayId === null ? null : readProcessedAgain(db, operator.scope, { replayId }),
  ]);
  const can = {
    reprocess: operator.can("webhooks:reprocess", environment),
    setAside: operator.can("quarantine:set-aside", environment),
  };
  return { page, counts, filters, environment, problems, result, can };
}
