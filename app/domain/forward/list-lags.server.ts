import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { ENVIRONMENTS, type Environment } from "~/lib/environment.ts";
import type { CappedCount } from "./forward.ts";
import { LATE_AFTER_MS } from "./forward-rules.ts";
import { readQueueState } from "./queue-state.server.ts";

export interface ForwardLag {
  readonly destinationId: string;
  readonly name: string;
  readonly environment: Environment;
  readonly replayId: string;
  readonly waiting: CappedCount;
  readonly oldestWaitingAt: number | null;
  /** How long the oldest that waits has been kept waiting, in milliseconds; 0 when nothing waits. */
  readonly lagMs: number;
}

/** Every open queue of forwarded events whose destination is on, for metrics. */
export async function listForwardLags(
  db: Database,
  { environments = ENVIRONMENTS, now }: { environments?: readonly Environment[]; now: number },
): Promise<readonly ForwardLag[]> {
  const { replays, destinations } = db.tables;
  const orders = await db.read
    .select({
      destinationId: destinations.destinationId,
      name: destinations.name,
      environment: replays.environment,
      replayId: replays.replayId,
      orderedAt: replays.orderedAt,
    })
    .from(replays)
    .innerJoin(destinations, eq(destinations.destinationId, replays.destinationId))
    .where(
      and(
        inArray(replays.state, ["running", "paused"]),
        eq(replays.kind, "forward"),
        inArray(replays.environment, [...environments]),
        eq(destinations.isOn, true),
        isNull(destinations.removedAt),
      ),
    );
  return Promise.all(
    orders.map(async ({ orderedAt, ...order }) => {
      const { waiting, oldestWaitingAt, lagMs } = await readQueueState(db, { ...order, orderedAt }, now);
      return { ...order, waiting, oldestWaitingAt, lagMs };
    }),
  );
}

/** Those of one environment that call for somebody to look, latest first. */
export async function listLateForwards(
  db: Database,
  { environment, now }: { environment: Environment; now: number },
): Promise<readonly ForwardLag[]> {
  const lags = await listForwardLags(db, { environments: [environment], now });
  return lags.filter(({ lagMs }) => lagMs > LATE_AFTER_MS).sort((a, b) => b.lagMs - a.lagMs);
}
