import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import type { Forward, ForwardQueue } from "./forward.ts";
import { LATE_AFTER_MS } from "./forward-rules.ts";
import { wantedBy } from "./forwarding-destinations.server.ts";
import { readQueueState } from "./queue-state.server.ts";
import { findStandingOrders } from "./standing-orders.server.ts";

/** How a destination's forwarding stands, for those who may send to it; `null` when it is gone. */
export async function readForward(
  db: Database,
  scope: Scope,
  destinationId: string,
  now = Date.now(),
): Promise<Forward | null> {
  const { destinations, operators } = db.tables;
  const [found] = await db.read
    .select({ row: destinations, maker: operators })
    .from(destinations)
    .leftJoin(operators, eq(operators.operatorId, destinations.createdBy))
    .where(and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt)));
  if (!found) return null;
  const { row, maker } = found;
  const { environments, eventTypes } = wantedBy(row, maker);
  const queues = await readQueues(db, scope, destinationId, now);
  return {
    destinationId,
    name: row.name,
    forwards: row.forwards,
    isOn: row.isOn,
    inOrder: row.inOrder,
    environments: environments.filter((one) => scope.environments.includes(one)),
    eventTypes,
    queues,
    isLate: row.isOn && queues.some((queue) => queue.lagMs > LATE_AFTER_MS),
  };
}

async function readQueues(
  db: Database,
  scope: Scope,
  destinationId: string,
  now: number,
): Promise<readonly ForwardQueue[]> {
  const orders = await findStandingOrders(db, destinationId);
  const seen = orders.filter((order) => scope.environments.includes(order.environment));
  const states = await Promise.all(seen.map((order) => readQueueState(db, order, now)));
  return seen.flatMap(({ orderedBy: _, ...order }, place) => {
    const state = states[place];
    return state ? [{ ...order, ...state }] : [];
  });
}
