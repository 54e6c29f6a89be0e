import { and, avg, desc, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { type Breaker, breakerState } from "../destinations/breaker.ts";
import { makersReach } from "../destinations/delivery-target.server.ts";
import type { Taker } from "./left-out.server.ts";

/** A destination as a plan needs it: everything of a `DeliveryTarget` but its secrets. */
export interface PlannedTaker extends Taker {
  readonly name: string;
  readonly url: string;
  readonly ratePerSecond: number | null;
  readonly concurrency: number;
  readonly isOn: boolean;
  readonly breaker: Breaker;
  /** What whoever added it may write destinations for; `environments` is within it. */
  readonly reach: readonly Environment[];
}

/** `null` when it was removed, or never there. */
export async function findTaker(db: Database, destinationId: string): Promise<PlannedTaker | null> {
  const { destinations, operators } = db.tables;
  const [found] = await db.read
    .select({ row: destinations, maker: operators })
    .from(destinations)
    .leftJoin(operators, eq(operators.operatorId, destinations.createdBy))
    .where(and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt)));
  if (!found) return null;
  const { row, maker } = found;
  const reach = makersReach(maker);
  const { name, url, ratePerSecond, concurrency, isOn, eventTypes, failuresInRow, breakerOpenedAt } = row;
  return {
    destinationId,
    name,
    url,
    ratePerSecond,
    concurrency,
    isOn,
    eventTypes,
    environments: reach.environments.filter((one) => row.environments === null || row.environments.includes(one)),
    businessIds: reach.businessIds,
    breaker: { failuresInRow, breakerOpenedAt },
    reach: reach.environments,
  };
}

/** Why nothing moves towards it for now, in a sentence; `null` when nothing holds it up. */
export function waitsFor({ name, isOn, breaker }: Pick<PlannedTaker, "name" | "isOn" | "breaker">, now: number) {
  if (!isOn) return `${name} is off. What waits for it is sent when it is on again.`;
  return breakerState(breaker, now) === "open"
    ? `${name} failed ${breaker.failuresInRow} times in a row, so nothing is sent to it for a while. Then one is tried.`
    : null;
}

const LATELY = 20;

/** What it took to answer lately, in milliseconds; `null` when nothing was delivered there yet. */
export async function latencyOf(db: Database, destinationId: string): Promise<number | null> {
  const { deliveries, attempts } = db.tables;
  const lately = db.read
    .select({ deliveryId: deliveries.deliveryId })
    .from(deliveries)
    .where(and(eq(deliveries.destinationId, destinationId), eq(deliveries.state, "delivered")))
    .orderBy(desc(deliveries.nextAttemptAt))
    .limit(LATELY)
    .as("lately");
  const [row] = await db.read
    .select({ latency: avg(attempts.latencyMs) })
    .from(lately)
    .innerJoin(attempts, eq(attempts.deliveryId, lately.deliveryId));
  return row?.latency == null ? null : Number(row.latency);
}
