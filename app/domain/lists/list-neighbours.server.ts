import type { Database } from "~/db.server.ts";
import { isDeadline } from "~/lib/is-deadline.ts";
import type { Scope } from "~/lib/scope.ts";
import { planList } from "./list-plan.server.ts";
import type { Plan, SettledFilters } from "./list-request.server.ts";
import type { ListDefinition, Position } from "./list-source.server.ts";
import { pageRows } from "./list-walk.server.ts";

/** How long a page waits for its way on. */
const DEADLINE_MS = 1_500;

/** `null` at the ends of the list. */
export interface ListNeighbours<Row> {
  readonly previous: Row | null;
  readonly next: Row | null;
}

/**
 * The rows of a list before and after a place, in its order. The place itself need not be in the list: what has just been
 * resolved has left the open ones, and the next of them is still wanted. Two nulls where the filters ask for more than
 * `DEADLINE_MS` of the store.
 */
export async function listNeighbours<Code extends string, Row>(
  db: Database,
  scope: Scope,
  list: ListDefinition<Code, Row>,
  filters: SettledFilters<Code>,
  place: Position,
): Promise<ListNeighbours<Row>> {
  if (!scope.environments.includes(filters.environment)) return { previous: null, next: null };
  const request = { source: list.source(db.tables), scope, filters, narrowings: await list.narrow(db, filters) };
  const plan = await planList(db, request);
  // With conditions besides the walk's own, even a few rows may be far apart.
  const quick: Plan<Code, Row> = { ...plan, heavy: plan.residual.length > 0 ? { deadlineMs: DEADLINE_MS } : null };
  const beside = async (direction: "previous" | "next") => {
    const [row = null] = await pageRows(db, quick, { ...filters, cursor: { direction, ...place } }, 1);
    return row;
  };
  try {
    const [previous, next] = await Promise.all([beside("previous"), beside("next")]);
    return { previous, next };
  } catch (error) {
    if (isDeadline(error)) return { previous: null, next: null };
    throw error;
  }
}
