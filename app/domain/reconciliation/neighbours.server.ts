import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { listNeighbours } from "../lists/list-neighbours.server.ts";
import type { Operator } from "../operators/operator.ts";
import { parseExceptionFilters } from "./exception-filters.ts";
import { exceptionList } from "./exception-list.server.ts";

interface Asked {
  readonly operator: Pick<Operator, "operatorId" | "scope">;
  readonly environment: Environment;
  /** With the search params of the work list the exception was opened from; the open ones, newest first, without any. */
  readonly url: string;
  readonly zone: string;
  readonly now: number;
  readonly group: { readonly groupKey: string; readonly occurredAt: number };
}

/** Keys of the exceptions before and after this one in that list; `null` where there is none. */
export async function findNeighbours(db: Database, { operator, environment, url, zone, now, group }: Asked) {
  const { filters, problems } = parseExceptionFilters(url, { zone });
  // A filter that is not understood would silently be a wider list.
  if (problems.length > 0) return { previous: null, next: null };
  const { list, settled } = exceptionList({ ...filters, environment }, { operatorId: operator.operatorId, now });
  const place = { at: group.occurredAt, id: group.groupKey };
  const { previous, next } = await listNeighbours(db, operator.scope, list, settled, place);
  return { previous: previous?.groupKey ?? null, next: next?.groupKey ?? null };
}
