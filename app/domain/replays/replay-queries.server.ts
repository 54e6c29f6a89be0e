import { and, asc, count, desc, eq, inArray, isNull, notExists, notInArray, or, type SQL, sql } from "drizzle-orm";
import { alive, type Database, type DeliveryState, type Reader } from "~/db.server.ts";
import { type Cursor, encodeCursor } from "~/lib/cursor.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { DeliveryCounts } from "./replay-plan.ts";

const PAGE_SIZE = 50;

export type ReplayRow = Awaited<ReturnType<typeof selectReplays>>[number] & {
  readonly counts: DeliveryCounts;
  /** Its deliveries are still being written down; `counts` are of those that are. */
  readonly isFilling: boolean;
};

/** Newest first. A replay is seen by those who may see every event of it. */
export async function listReplays(
  db: Database,
  scope: Scope,
  { environment, cursor }: { environment: Environment; cursor: Cursor | null },
): Promise<{ rows: readonly ReplayRow[]; next: string | null; previous: string | null }> {
  if (!scope.environments.includes(environment)) return { rows: [], next: null, previous: null };
  const { replays } = db.tables;
  const backwards = cursor?.direction === "previous";
  const beyond = cursor
    ? sql`(${replays.orderedAt}, ${replays.replayId}) ${backwards ? sql`>` : sql`<`} (${cursor.at}, ${cursor.id})`
    : undefined;
  const found = await selectReplays(db, scope, and(eq(replays.environment, environment), beyond), {
    backwards,
    limit: PAGE_SIZE + 1,
  });
  const more = found.length > PAGE_SIZE;
  const shown = found.slice(0, PAGE_SIZE);
  const rows = await withCounts(db, backwards ? shown.reverse() : shown);
  const edge = (direction: Cursor["direction"], row: ReplayRow | undefined, there: boolean) =>
    row && there ? encodeCursor({ direction, at: row.orderedAt, id: row.replayId }) : null;
  return {
    rows,
    next: edge("next", rows.at(-1), backwards || more),
    previous: edge("previous", rows[0], backwards ? more : cursor !== null),
  };
}

export async function findReplay(db: Database, scope: Scope, replayId: string): Promise<ReplayRow | null> {
  const { replays } = db.tables;
  if (scope.environments.length === 0) return null;
  const isIt = and(eq(replays.replayId, replayId), inArray(replays.environment, [...scope.environments]));
  const found = await selectReplays(db, scope, isIt, { backwards: false, limit: 1 });
  const [row] = await withCounts(db, found);
  return row ?? null;
}

/** Where one event was replayed to, newest first: the panel on a webhook's page. The caller checked its scope. */
export async function listEventDeliveries(db: Database, eventId: string) {
  const { deliveries, replays, destinations } = db.tables;
  return db.read
    .select({
      deliveryId: deliveries.deliveryId,
      replayId: deliveries.replayId,
      kind: replays.kind,
      // What listens is no destination of this desk: its own address is where it went.
      destination: sql<string | null>`coalesce(${destinations.name}, ${replays.targetUrl})`,
      state: deliveries.state,
      outcome: deliveries.outcome,
      updatedAt: deliveries.updatedAt,
    })
    .from(deliveries)
    .innerJoin(replays, eq(replays.replayId, deliveries.replayId))
    .leftJoin(destinations, eq(destinations.destinationId, replays.destinationId))
    .where(eq(deliveries.eventId, eventId))
    .orderBy(desc(deliveries.deliveryId))
    .limit(20);
}
export type EventDelivery = Awaited<ReturnType<typeof listEventDeliveries>>[number];

async function selectReplays(
  db: Database,
  scope: Scope,
  where: SQL | undefined,
  page: { backwards: boolean; limit: number },
) {
  const { replays, destinations, operators } = db.tables;
  const direction = page.backwards ? asc : desc;
  // Whether every event of a large replay is somebody's takes a look at each of them.
  const reader: Reader = scope.businessIds === null ? db.read : db.heavy();
  return reader
    .select({
      replayId: replays.replayId,
      kind: replays.kind,
      environment: replays.environment,
      destinationId: replays.destinationId,
      destination: destinations.name,
      state: replays.state,
      total: replays.total,
      orderedBy: operators.email,
      orderedAt: replays.orderedAt,
      finishedAt: replays.finishedAt,
      selection: replays.selection,
      includesDelivered: replays.includesDelivered,
      targetUrl: replays.targetUrl,
      fillAfter: replays.fillAfter,
    })
    .from(replays)
    .leftJoin(destinations, eq(destinations.destinationId, replays.destinationId))
    .leftJoin(operators, eq(operators.operatorId, replays.orderedBy))
    .where(and(where, await inScope(db, scope)))
    .orderBy(direction(replays.orderedAt), direction(replays.replayId))
    .limit(page.limit);
}

/** With business ids of their own, operators see only replays all of whose events are theirs. */
async function inScope(db: Database, scope: Scope): Promise<SQL | undefined> {
  if (scope.businessIds === null) return undefined;
  const { deliveries, events, replays } = db.tables;
  const foreign = db.read
    .select({ one: sql`1` })
    .from(deliveries)
    .leftJoin(events, eq(events.eventId, deliveries.eventId))
    .where(
      and(
        alive,
        eq(deliveries.replayId, replays.replayId),
        or(isNull(events.businessId), notInArray(events.businessId, [...scope.businessIds])),
      ),
    );
  // While it is written down, whose events it is of is known from who ordered it.
  const isKnown = or(
    isNull(replays.fillAfter),
    inArray(replays.orderedBy, await orderersWithin(db, scope.businessIds)),
  );
  return and(isKnown, notExists(foreign));
}

async function orderersWithin(db: Database, businessIds: readonly string[]): Promise<string[]> {
  const { operators } = db.tables;
  const rows = await db.read
    .select({ operatorId: operators.operatorId, businessIds: operators.businessIds })
    .from(operators);
  return rows
    .filter((row) => row.businessIds?.every((one) => businessIds.includes(one)) ?? false)
    .map((row) => row.operatorId);
}

/** Counts of replays that ended do not change any more; a page of large ones would count them all again. */
const settled = new WeakMap<Database, Map<string, DeliveryCounts>>();
const SETTLED_CAP = 1_000;

async function withCounts(
  db: Database,
  rows: Awaited<ReturnType<typeof selectReplays>>,
): Promise<readonly ReplayRow[]> {
  const known = settled.get(db) ?? new Map<string, DeliveryCounts>();
  settled.set(db, known);
  const unknown = rows.filter((row) => !known.has(row.replayId));
  const counted = await countDeliveries(
    db,
    unknown.map((row) => row.replayId),
  );
  return rows.map((row) => {
    const counts = known.get(row.replayId) ?? counted(row.replayId);
    if (row.state === "finished" && known.size < SETTLED_CAP) known.set(row.replayId, counts);
    return { ...row, counts, isFilling: row.fillAfter !== null };
  });
}

async function countDeliveries(db: Database, replayIds: readonly string[]) {
  const { deliveries } = db.tables;
  const counted = await db.read
    .select({ replayId: deliveries.replayId, state: deliveries.state, count: count() })
    .from(deliveries)
    .where(inArray(deliveries.replayId, [...replayIds]))
    .groupBy(deliveries.replayId, deliveries.state);
  return (replayId: string): DeliveryCounts => {
    const of = (state: DeliveryState) =>
      Number(counted.find((row) => row.replayId === replayId && row.state === state)?.count ?? 0);
    return { waiting: of("waiting"), delivered: of("delivered"), failed: of("failed"), left_out: of("left_out") };
  };
}
