import { eq } from "drizzle-orm";
import type { Database, ReplayKind, Statement } from "~/db.server.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { deliveriesStatement } from "./delivery-rows.server.ts";
import { finishReplayStatement } from "./finish-replay.server.ts";
import { type PreparedReplay, prepareReplay } from "./plan-replay.server.ts";
import type { ReplayRefusal } from "./replay.ts";
import type { AskedReplay, ReplayPlan } from "./replay-plan.ts";
import { readSelected } from "./selected-events.server.ts";
import { writeSelection } from "./selection.ts";

/** Up to so many deliveries are written with their order; more are written in slices, by the runner. */
export const WRITTEN_AT_ONCE = 500;

export interface OrderReplay extends AskedReplay {
  /** What was typed: the destination's name, or how many events are processed again. Needed when the plan says so. */
  readonly confirmation: string | null;
  /** Made with the form: the same form sent twice is one replay. */
  readonly idempotencyKey: string;
  /** `scope` is already narrowed to the permission this is ordered under. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope" | "can">;
  readonly now: Date;
}

export interface OrderedReplay {
  readonly replayId: string;
  /** False when this very form was ordered before. */
  readonly isNew: boolean;
}

/**
 * Plans again, then writes the order and its audit entry at once, with its deliveries when they are few. What was captured
 * after the order is never part of it. Sending is the runner's business: ring `deliveries`.
 */
export async function orderReplay(db: Database, order: OrderReplay): Promise<Result<OrderedReplay, ReplayRefusal>> {
  const idempotencyKey = `${order.operator.operatorId}:${order.idempotencyKey}`;
  const before = await findByKey(db, idempotencyKey);
  if (before) return ok({ replayId: before, isNew: false });

  const prepared = await prepareReplay(db, order.operator.scope, { ...order, now: order.now.getTime() });
  if (!prepared.ok) return prepared;
  const { plan } = prepared.value;
  if (plan.toSend === 0) return refused("nothing_to_send");
  if (plan.needsBulk && !order.operator.can("replays:bulk", plan.environment)) return refused("needs_bulk");
  if (plan.needsConfirmation && !isConfirmed(plan, order.confirmation)) return refused("not_confirmed");

  const replayId = newId("replay");
  const statements = await statementsOf(db, { ...order, idempotencyKey }, prepared.value, replayId);
  const written = await db.write(statements);
  if (written.ok) return ok({ replayId, isNew: true });
  const meanwhile = await findByKey(db, idempotencyKey);
  return meanwhile ? ok({ replayId: meanwhile, isNew: false }) : refused("not_in_that_state");
}

/** A name is typed as it is written, a number with or without its commas. */
export function isConfirmed({ destination, toSend }: ReplayPlan, typed: string | null): boolean {
  const text = typed?.trim() ?? "";
  return destination ? text === destination.name : text.replaceAll(/[\s,.]/g, "") === String(toSend);
}

async function statementsOf(
  db: Database,
  order: OrderReplay,
  { plan, selected }: PreparedReplay,
  replayId: string,
): Promise<readonly Statement[]> {
  const now = order.now.getTime();
  const kind: ReplayKind = plan.destination ? "send" : "reprocess";
  const destinationId = plan.destination?.destinationId ?? null;
  const isSliced = plan.selected > WRITTEN_AT_ONCE;
  const events = isSliced
    ? []
    : await readSelected(db, order.operator.scope, selected, { after: null, limit: WRITTEN_AT_ONCE });
  const replay = {
    replayId,
    kind,
    environment: plan.environment,
    destinationId,
    state: isSliced ? ("planned" as const) : ("running" as const),
    total: isSliced ? plan.selected : events.length,
    orderedBy: order.operator.operatorId,
    orderedAt: now,
    idempotencyKey: order.idempotencyKey,
    selection: selected.among === null ? writeSelection(selected.filters) : null,
    includesDelivered: order.includesDelivered,
    fillAfter: isSliced ? 0 : null,
    fillUpTo: isSliced ? selected.upTo : null,
  };
  const written = isSliced
    ? []
    : [
        deliveriesStatement(db, events, { replayId, destinationId, state: "running", now }),
        // A webhook may have been delivered or expunged between the count and the reading.
        finishReplayStatement(db, replayId, now),
      ];
  return [
    { query: db.read.insert(db.tables.replays).values(replay).onConflictDoNothing(), rows: 1 },
    ...written,
    auditStatement(db, {
      operator: order.operator,
      action: kind === "send" ? "replays:send" : "webhooks:reprocess",
      environment: plan.environment,
      subject: replayId,
      detail: { events: plan.toSend, destination: plan.destination?.name ?? null, selection: replay.selection },
      now: order.now,
    }),
  ];
}

async function findByKey(db: Database, idempotencyKey: string): Promise<string | null> {
  const { replays } = db.tables;
  const [row] = await db.read
    .select({ replayId: replays.replayId })
    .from(replays)
    .where(eq(replays.idempotencyKey, idempotencyKey));
  return row?.replayId ?? null;
}
