import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { toIso } from "~/lib/time.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { ForwardRefusal } from "./forward-form.ts";
import { STOPPED_TEXT } from "./forward-rules.ts";
import { type Forwarder, findForwardTarget, planForward } from "./plan-forward.server.ts";
import { findStandingOrders, newStandingOrderId, standingOrderStatement } from "./standing-orders.server.ts";

export interface TurnForwardOn {
  readonly destinationId: string;
  /** Begin with what was received since, in UTC milliseconds; `null` begins with what arrives next. */
  readonly from: number | null;
  /** The destination's name, where the plan asks for it. */
  readonly confirmation: string | null;
  readonly operator: Forwarder;
  readonly now: Date;
}

export interface TurnedOn {
  readonly name: string;
  /** Events that were stored already and are sent first. */
  readonly stored: number;
}

/** From now on every new event goes there. A missing confirmation says in its detail how many are stored already. The cursor, the standing orders and the audit entry are one write. */
export async function turnForwardOn(
  db: Database,
  { destinationId, from, confirmation, operator, now }: TurnForwardOn,
): Promise<Result<TurnedOn, ForwardRefusal>> {
  const found = await findForwardTarget(db, operator, destinationId);
  if (!found.ok) return found;
  const target = found.value;
  if (target.forwards) return refused("already_on");
  if (!target.isOn) return refused("is_off");
  if (target.environments.length === 0) return refused("nothing_to_take");
  if (from !== null && from > now.getTime()) return refused("in_the_future");
  const plan = await planForward(db, target, from);
  if (plan.needsConfirmation && confirmation?.trim() !== target.name) {
    return refused(confirmation === null ? "needs_confirmation" : "not_confirmed", String(plan.stored));
  }

  const { destinations } = db.tables;
  const orders = target.environments.map((environment) =>
    standingOrderStatement(db, {
      replayId: newStandingOrderId(),
      destinationId,
      environment,
      orderedBy: operator.operatorId,
      from,
      now: now.getTime(),
    }),
  );
  const written = await db.write([
    {
      query: db.read
        .update(destinations)
        .set({ forwards: true, forwardAfter: plan.cursor })
        .where(
          and(
            eq(destinations.destinationId, destinationId),
            eq(destinations.forwards, false),
            isNull(destinations.removedAt),
          ),
        ),
      rows: 1,
    },
    ...orders,
    auditStatement(db, {
      operator,
      action: "destinations:forward",
      subject: destinationId,
      detail: { turned: "on", destination: target.name, from: from === null ? null : toIso(from), stored: plan.stored },
      now,
    }),
  ]);
  return written.ok ? ok({ name: target.name, stored: plan.stored }) : refused("already_on");
}

export interface TurnForwardOff {
  readonly destinationId: string;
  /** What waits in the queue: still to be sent, or left out. */
  readonly waiting: "keep" | "leave_out";
  readonly operator: Forwarder;
  readonly now: Date;
}

/** Nothing more is put into its queue. A try that is under way ends by itself; its result is kept. */
export async function turnForwardOff(
  db: Database,
  { destinationId, waiting, operator, now }: TurnForwardOff,
): Promise<Result<{ name: string }, ForwardRefusal>> {
  const found = await findForwardTarget(db, operator, destinationId);
  if (!found.ok) return found;
  const { destinations } = db.tables;
  const written = await db.write([
    {
      query: db.read
        .update(destinations)
        .set({ forwards: false, forwardAfter: null })
        .where(and(eq(destinations.destinationId, destinationId), eq(destinations.forwards, true))),
      rows: 1,
    },
    ...(waiting === "leave_out" ? await leaveOutStatements(db, destinationId, now.getTime()) : []),
    auditStatement(db, {
      operator,
      action: "destinations:forward",
      subject: destinationId,
      detail: { turned: "off", destination: found.value.name, waiting },
      now,
    }),
  ]);
  return written.ok ? ok({ name: found.value.name }) : refused("already_off");
}

async function leaveOutStatements(db: Database, destinationId: string, now: number): Promise<readonly Statement[]> {
  const { deliveries, replays } = db.tables;
  const orders = await findStandingOrders(db, destinationId);
  const ids = orders.map(({ replayId }) => replayId);
  return [
    {
      query: db.read
        .update(deliveries)
        .set({ state: "left_out", nextAttemptAt: null, outcome: STOPPED_TEXT, updatedAt: now })
        .where(and(inArray(deliveries.replayId, ids), eq(deliveries.state, "waiting"))),
      rows: "any",
    },
    {
      query: db.read
        .update(replays)
        .set({ state: "finished", finishedAt: now })
        .where(and(inArray(replays.replayId, ids), inArray(replays.state, ["running", "paused"]))),
      rows: "any",
    },
  ];
}
