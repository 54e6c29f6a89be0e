import { and, asc, count, desc, eq, inArray, isNull, notExists, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Database, DeliveryState } from "~/db.server.ts";
import { type Cursor, encodeCursor } from "~/lib/cursor.ts";
import type { Environment } from "~/lib/environment.ts";
import { redactPersonal } from "~/lib/pii.ts";
import type { Scope } from "~/lib/scope.ts";

const PAGE_SIZE = 50;

export type DeliveryCounts = Readonly<Record<DeliveryState, number>>;
export type ReplayRow = Awaited<ReturnType<typeof selectReplays>>[number] & { readonly counts: DeliveryCounts };

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
  const found = await selectReplays(db, and(eq(replays.environment, environment), inScope(db, scope), beyond), {
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
  const [environment = null, ...others] = scope.environments;
  if (environment === null) return null;
  const found = await selectReplays(
    db,
    and(eq(replays.replayId, replayId), inArray(replays.environment, [environment, ...others]), inScope(db, scope)),
    { backwards: false, limit: 1 },
  );
  const [row] = await withCounts(db, found);
  return row ?? null;
}

/**
 * Every delivery of a replay with its tries; at most as many as one replay takes. A destination may answer with what it
 * was sent, so nobody gets personal data out of an excerpt: it is on the webhook itself, by reveal.
 */
export async function listDeliveries(db: Database, replayId: string) {
  const { deliveries, events, attempts } = db.tables;
  const rows = await db.read
    .select({
      deliveryId: deliveries.deliveryId,
      eventId: deliveries.eventId,
      eventType: events.eventType,
      paymentRequestId: events.paymentRequestId,
      state: deliveries.state,
      outcome: deliveries.outcome,
      nextAttemptAt: deliveries.nextAttemptAt,
      updatedAt: deliveries.updatedAt,
    })
    .from(deliveries)
    .leftJoin(events, eq(events.eventId, deliveries.eventId))
    .where(eq(deliveries.replayId, replayId))
    .orderBy(asc(deliveries.deliveryId));
  const tries = await db.read
    .select()
    .from(attempts)
    .where(
      inArray(
        attempts.deliveryId,
        rows.map((row) => row.deliveryId),
      ),
    )
    .orderBy(asc(attempts.at), asc(attempts.attemptId));
  const shown = tries.map((attempt) => ({
    ...attempt,
    responseExcerpt: attempt.responseExcerpt && redactPersonal(attempt.responseExcerpt).text,
  }));
  return rows.map((row) => ({ ...row, attempts: shown.filter((attempt) => attempt.deliveryId === row.deliveryId) }));
}
export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>[number];

/** Where one event was replayed to, newest first: the panel on a webhook's page. The caller checked its scope. */
export async function listEventDeliveries(db: Database, eventId: string) {
  const { deliveries, replays, destinations } = db.tables;
  return db.read
    .select({
      deliveryId: deliveries.deliveryId,
      replayId: deliveries.replayId,
      kind: replays.kind,
      destination: destinations.name,
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

function selectReplays(db: Database, where: SQL | undefined, page: { backwards: boolean; limit: number }) {
  const { replays, destinations, operators } = db.tables;
  const direction = page.backwards ? asc : desc;
  return db.read
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
    })
    .from(replays)
    .leftJoin(destinations, eq(destinations.destinationId, replays.destinationId))
    .leftJoin(operators, eq(operators.operatorId, replays.orderedBy))
    .where(where)
    .orderBy(direction(replays.orderedAt), direction(replays.replayId))
    .limit(page.limit);
}

/** With business ids of their own, operators see only replays all of whose events are theirs. */
function inScope(db: Database, scope: Scope): SQL | undefined {
  if (scope.businessIds === null) return undefined;
  const { deliveries, events, replays } = db.tables;
  const foreign = db.read
    .select({ one: sql`1` })
    .from(deliveries)
    .leftJoin(events, eq(events.eventId, deliveries.eventId))
    .where(
      and(
        eq(deliveries.replayId, replays.replayId),
        or(isNull(events.businessId), notInArray(events.businessId, [...scope.businessIds])),
      ),
    );
  return notExists(foreign);
}

async function withCounts(
  db: Database,
  rows: Awaited<ReturnType<typeof selectReplays>>,
): Promise<readonly ReplayRow[]> {
  const { deliveries } = db.tables;
  const counted = await db.read
    .select({ replayId: deliveries.replayId, state: deliveries.state, count: count() })
    .from(deliveries)
    .where(
      inArray(
        deliveries.replayId,
        rows.map((row) => row.replayId),
      ),
    )
    .groupBy(deliveries.replayId, deliveries.state);
  const of = (replayId: string, state: DeliveryState) =>
    Number(counted.find((row) => row.replayId === replayId && row.state === state)?.count ?? 0);
  return rows.map((row) => ({
    ...row,
    counts: {
      waiting: of(row.replayId, "waiting"),
      delivered: of(row.replayId, "delivered"),
      failed: of(row.replayId, "failed"),
      left_out: of(row.replayId, "left_out"),
    },
  }));
}
