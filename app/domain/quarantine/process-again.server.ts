import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Signals } from "~/lib/signals.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";
import type { Operator } from "../operators/operator.ts";
import { awaitReplay } from "../replays/await-replay.server.ts";
import { orderReplay } from "../replays/order-replay.server.ts";
import type { ReplayRefusal } from "../replays/replay.ts";

/** A few events are done within this, and their result is told at once; more are followed as they go. */
const PATIENCE_MS = 1_500;

export interface ProcessAgain {
  readonly eventIds: readonly string[];
  readonly idempotencyKey: string;
  /** `scope` is already narrowed to `webhooks:reprocess`. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope" | "can">;
  readonly now: Date;
}

/** Orders that these events are read again, by the replay engine, and gives it a moment. */
export async function processAgain(
  { db, signals }: { readonly db: Database; readonly signals: Signals },
  order: ProcessAgain,
): Promise<Result<{ replayId: string }, ReplayRefusal>> {
  const { eventIds, ...by } = order;
  const ordered = await orderReplay(db, {
    ...by,
    selection: { kind: "events", eventIds },
    destinationId: null,
    includesDelivered: true,
    confirmation: null,
    zone: DEFAULT_ZONE,
  });
  if (!ordered.ok) return refused(ordered.refusal);
  const { replayId } = ordered.value;
  signals.ring("deliveries");
  await awaitReplay(db, order.operator.scope, { replayId, atMostMs: PATIENCE_MS });
  return ok({ replayId });
}
