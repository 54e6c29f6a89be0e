import { eq } from "drizzle-orm";
import type { Database, ReplayKind, Statement } from "~/db.server.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { type PlannedEvent, planReplay, type ReplayPlan } from "./plan-replay.server.ts";
import { leftOutText, type ReplayRefusal } from "./replay.ts";

export interface OrderReplay {
  readonly eventIds: readonly string[];
  /** `null`: process again here. */
  readonly destinationId: string | null;
  /** Leave out what this destination already took. */
  readonly skipDelivered?: boolean;
  /** Made with the form: the same form sent twice is one replay. */
  readonly idempotencyKey: string;
  /** `scope` is already narrowed to the permission this is ordered under. */
  readonly operator: { readonly operatorId: string; readonly email: string; readonly scope: Scope };
  readonly now: Date;
}

export interface OrderedReplay {
  readonly replayId: string;
  readonly plan: ReplayPlan;
  /** False when this very form was ordered before. */
  readonly isNew: boolean;
}

/** Writes the order, its deliveries and its audit entry at once. Sending is the runner's business. */
export async function orderReplay(db: Database, order: OrderReplay): Promise<Result<OrderedReplay, ReplayRefusal>> {
  const planned = await planReplay(db, order.operator.scope, order);
  if (!planned.ok) return planned;
  const plan = order.skipDelivered ? withoutDelivered(planned.value) : planned.value;
  if (plan.events.some((event) => event.leftOut === "not_for_live")) return refused("destination_not_for_live");
  if (plan.events.every((event) => event.leftOut !== null)) return refused("nothing_to_send");

  const idempotencyKey = `${order.operator.operatorId}:${order.idempotencyKey}`;
  const replayId = newId("replay");
  const written = await db.write(statements(db, { ...order, idempotencyKey }, plan, replayId));
  if (written.ok) return ok({ replayId, plan, isNew: true });
  const before = await findByKey(db, idempotencyKey);
  return before ? ok({ replayId: before, plan, isNew: false }) : refused("not_in_that_state");
}

function withoutDelivered(plan: ReplayPlan): ReplayPlan {
  const events = plan.events.map((event) =>
    event.alreadyDelivered && !event.leftOut ? { ...event, leftOut: "already_delivered" as const } : event,
  );
  return { ...plan, events };
}

function statements(db: Database, order: OrderReplay, plan: ReplayPlan, replayId: string): readonly Statement[] {
  const { replays, deliveries } = db.tables;
  const now = order.now.getTime();
  const kind: ReplayKind = plan.destination ? "send" : "reprocess";
  const replay = {
    replayId,
    kind,
    environment: plan.environment,
    destinationId: plan.destination?.destinationId ?? null,
    state: "running" as const,
    total: plan.events.length,
    orderedBy: order.operator.operatorId,
    orderedAt: now,
    idempotencyKey: order.idempotencyKey,
  };
  return [
    { query: db.read.insert(replays).values(replay).onConflictDoNothing(), rows: 1 },
    {
      query: db.read.insert(deliveries).values(plan.events.map((event) => deliveryOf(event, replayId, now))),
      rows: plan.events.length,
    },
    auditStatement(db, {
      operator: order.operator,
      action: kind === "send" ? "replays:send" : "webhooks:reprocess",
      environment: plan.environment,
      subject: replayId,
      detail: { events: plan.events.length, destination: plan.destination?.name ?? null },
      now: order.now,
    }),
  ];
}

function deliveryOf({ eventId, leftOut }: PlannedEvent, replayId: string, now: number) {
  return {
    deliveryId: newId("delivery"),
    replayId,
    eventId,
    state: leftOut ? ("left_out" as const) : ("waiting" as const),
    attempts: 0,
    nextAttemptAt: leftOut ? null : now,
    outcome: leftOut ? leftOutText[leftOut] : null,
    updatedAt: now,
  };
}

async function findByKey(db: Database, idempotencyKey: string): Promise<string | null> {
  const { replays } = db.tables;
  const [row] = await db.read
    .select({ replayId: replays.replayId })
    .from(replays)
    .where(eq(replays.idempotencyKey, idempotencyKey));
  return row?.replayId ?? null;
}
