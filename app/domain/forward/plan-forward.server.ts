import { and, count, eq, gte, inArray, isNull, max, min } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { mayChange } from "../destinations/destination.ts";
import type { Operator } from "../operators/operator.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { type ForwardRefusal, UNCONFIRMED_EVENTS } from "./forward-form.ts";
import type { Wanted } from "./forward-rules.ts";
import { wantedBy } from "./forwarding-destinations.server.ts";

/** Who may turn forwarding on and off, with the scope of `destinations:write`. */
export type Forwarder = Pick<Operator, "operatorId" | "email" | "scope" | "can">;

export interface ForwardTarget extends Wanted {
  readonly destinationId: string;
  readonly name: string;
  readonly forwards: boolean;
  readonly isOn: boolean;
}

/** A destination this operator may forward to: in every environment and of every business that it would get webhooks of. */
export async function findForwardTarget(
  db: Database,
  operator: Forwarder,
  destinationId: string,
): Promise<Result<ForwardTarget, ForwardRefusal>> {
  const { destinations, operators } = db.tables;
  const [found] = await db.read
    .select({ row: destinations, maker: operators })
    .from(destinations)
    .leftJoin(operators, eq(operators.operatorId, destinations.createdBy))
    .where(and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt)));
  if (!found) return refused("not_found");
  const { row, maker } = found;
  const wanted = wantedBy(row, maker);
  const { businessIds } = operator.scope;
  const seesAll = businessIds === null || (wanted.businessIds?.every((one) => businessIds.includes(one)) ?? false);
  const writesAll = wanted.environments.every((one) => operator.can("destinations:write", one));
  if (!mayChange(operator, row) || !writesAll || !seesAll) return refused("not_yours");
  return ok({ destinationId, name: row.name, forwards: row.forwards, isOn: row.isOn, ...wanted });
}

export interface ForwardPlan {
  /** Observations after this one go into the queue. */
  readonly cursor: number;
  /** Stored already, and sent first; some may still be held back, each with its reason. */
  readonly stored: number;
  readonly needsConfirmation: boolean;
}

/** Where the queue would begin, and what it would hold at once. `from` is UTC milliseconds; `null` is with what comes next. */
export async function planForward(db: Database, target: Wanted, from: number | null): Promise<ForwardPlan> {
  const takesLive = target.environments.includes("live");
  const latest = await lastObservation(db);
  if (from === null) return { cursor: latest, stored: 0, needsConfirmation: takesLive };
  const counted = await Promise.all(target.environments.map((one) => countSince(db, target, one, from)));
  const stored = counted.reduce((sum, one) => sum + one.stored, 0);
  const first = counted.flatMap((one) => (one.first === null ? [] : [one.first - 1]));
  return {
    cursor: Math.min(latest, ...first),
    stored,
    needsConfirmation: takesLive || stored > UNCONFIRMED_EVENTS,
  };
}

async function countSince(db: Database, target: Wanted, environment: Environment, from: number) {
  const { events } = db.tables;
  const scope = { environments: target.environments, businessIds: target.businessIds };
  const [row] = await db
    .heavy()
    .select({ first: min(events.observationId), stored: count() })
    .from(events)
    .where(
      and(
        alive,
        eq(events.environment, environment),
        gte(events.firstReceivedAt, from),
        target.eventTypes === null ? undefined : inArray(events.eventType, [...target.eventTypes]),
        inBusiness(events.businessId, scope),
      ),
    );
  return { first: row?.first ?? null, stored: Number(row?.stored ?? 0) };
}

async function lastObservation(db: Database): Promise<number> {
  const { observations } = db.tables;
  const [row] = await db.read.select({ last: max(observations.observationId) }).from(observations);
  return row?.last ?? 0;
}
