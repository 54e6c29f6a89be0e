import type { AppContext } from "~/context.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import type { Operator } from "../operators/operator.ts";
import { findException } from "./find-exception.server.ts";
import { listResolvers, maySee } from "./list-resolvers.server.ts";
import { findNeighbours } from "./neighbours.server.ts";

interface Asked {
  readonly operator: Operator;
  readonly environment: Environment;
  readonly groupKey: string;
  /** Its page's own, with the filters of the work list it was opened from. */
  readonly url: string;
  readonly now: number;
}

export type OpenedException = NonNullable<Awaited<ReturnType<typeof openException>>>;

/** Everything the page of one exception shows, and what this operator may do there; `null` when absent or not theirs. */
export async function openException({ db }: Pick<AppContext, "db">, asked: Asked) {
  const { operator, environment, groupKey } = asked;
  const [found, resolvers] = await Promise.all([
    findException(db, operator.scope, { environment, groupKey }),
    listResolvers(db, environment),
  ]);
  if (!found) return null;
  const neighbours = await findNeighbours(db, { ...asked, group: found.group, zone: found.zone });
  return {
    ...found,
    neighbours,
    operatorId: operator.operatorId,
    resolvers: resolvers
      .filter((one) => maySee(one, found.group))
      .map(({ operatorId, email }) => ({ operatorId, email })),
    /** The id a new comment will have: a form that is sent twice adds one. */
    commentId: newId("comment"),
    can: {
      resolve: operator.can("reconciliation:resolve", environment),
      writeOff: operator.can("reconciliation:write-off", environment),
      comment: operator.can("notes:write", environment),
      import: operator.can("reconciliation:import", environment),
    },
  };
}
