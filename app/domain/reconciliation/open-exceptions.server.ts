import type { AppContext } from "~/context.server.ts";
import { settleEnvironment } from "../lists/settle-filters.ts";
import type { Operator } from "../operators/operator.ts";
import { readAccountingZone } from "./accounting-zone.server.ts";
import { countExceptions } from "./exception-counts.server.ts";
import { type ExceptionFilters, parseExceptionFilters } from "./exception-filters.ts";
import { listExceptions } from "./exception-list.server.ts";
import { findLastMatch } from "./last-match.server.ts";
import { listResolvers } from "./list-resolvers.server.ts";
import { readRules } from "./read-rules.server.ts";

interface Asked {
  readonly operator: Operator;
  readonly url: string;
  readonly now: number;
}

/** Everything the work list shows; `null` when the environment asked for is not theirs. */
export async function openExceptions({ db, config }: Pick<AppContext, "db" | "config">, { operator, url, now }: Asked) {
  const zone = await readAccountingZone(db);
  const { filters, problems } = parseExceptionFilters(url, { zone });
  const { scope, operatorId } = operator;
  const environment = settleEnvironment(filters.environment, scope, config.defaultEnvironment);
  if (environment === null) return null;
  const [page, counts, resolvers, rules, match] = await Promise.all([
    listExceptions(db, scope, { filters: { ...filters, environment }, operatorId, now }),
    countExceptions(db, scope, { environment, now }),
    listResolvers(db, environment),
    readRules(db, environment),
    findLastMatch(db, scope, { environment }),
  ]);
  return {
    page,
    counts,
    filters: { tab: filters.tab, classes: filters.classes, ages: filters.ages },
    isFiltered: isFiltered(filters),
    environment,
    problems,
    zone,
    now,
    operatorId,
    resolvers: resolvers.map(({ operatorId: id, email }) => ({ operatorId: id, email })),
    writeOffLimits: rules.writeOffLimits,
    /** Whether anything was ever laid side by side here. */
    isReconciled: match.run !== null,
    match,
    isLimited: scope.businessIds !== null,
    can: {
      resolve: operator.can("reconciliation:resolve", environment),
      writeOff: operator.can("reconciliation:write-off", environment),
      import: operator.can("reconciliation:import", environment),
      export: operator.can("export:csv", environment),
    },
  };
}

/** The tab aside: each has words of its own for having nothing in it. */
function isFiltered({ classes, currencies, notes, assignees, ages, from, to, q }: ExceptionFilters): boolean {
  const chosen = [classes, currencies, notes, assignees, ages];
  return chosen.some((values) => values.length > 0) || from !== null || to !== null || q !== null;
}
