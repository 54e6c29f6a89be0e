import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { answerExcerpt } from "../destinations/answer-excerpt.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { attemptText, isDelivered, leftOutText } from "../replays/replay.ts";
import type { Listen } from "./find-listen.server.ts";
import type { ListenResult } from "./listen-api.ts";
import { leftOutOf } from "./read-events.server.ts";

interface Record {
  readonly listen: Listen;
  readonly results: readonly ListenResult[];
  readonly now: number;
}

/**
 * What the program says became of events, as deliveries and tries of its run. Said again after a lost answer it changes
 * nothing: each carries an id that the program made. One event that is not theirs, and none of it is kept.
 */
export async function recordResults(
  db: Database,
  scope: Scope,
  { listen, results, now }: Record,
): Promise<Result<null, "event_not_found">> {
  const events = await findEvents(db, scope, { listen, eventIds: results.map((result) => result.event_id) });
  const rows = results.map((result) => ({ result, event: events.get(result.event_id) }));
  const known = rows.flatMap(({ result, event }) => (event ? [{ result, event }] : []));
  if (known.length < rows.length) return refused("event_not_found");

  const statements = (each: readonly Known[]) => each.flatMap((one) => statementsOf(db, one, { listen, now }));
  const written = await db.write([...statements(known), countStatement(db, listen, known.length)]);
  if (written.ok) return ok(null);
  // Some of them are here already: each by itself, those stay as they are.
  for (const one of known) await db.write([...statements([one]), countStatement(db, listen, 1)]);
  return ok(null);
}

interface Known {
  readonly result: ListenResult;
  readonly event: FoundEvent;
}

function statementsOf(
  db: Database,
  { result, event }: Known,
  { listen, now }: Pick<Record, "listen" | "now">,
): readonly Statement[] {
  const { deliveries, attempts } = db.tables;
  const last = result.tries.at(-1);
  const tries = result.tries.map((one) => ({ ...one, ...resultOf(one) }));
  const ending = last ? resultOf(last) : null;
  const delivery = {
    deliveryId: result.id,
    replayId: listen.replayId,
    eventId: event.eventId,
    state: stateOf(ending),
    attempts: tries.length,
    nextAttemptAt: null,
    outcome: ending ? attemptText(ending) : leftOutText[leftOutOf(event) ?? "stopped"],
    updatedAt: now,
    destinationId: null,
    orderKey: event.paymentRequestId ?? event.primaryId,
    sequence: event.sequence,
  };
  return [
    { query: db.read.insert(deliveries).values(delivery).onConflictDoNothing(), rows: 1 },
    ...tries.map((one) => ({
      query: db.read
        .insert(attempts)
        .values({
          attemptId: one.id,
          deliveryId: result.id,
          // A clock on another machine may be ahead; nothing happened after it was told.
          at: Math.min(one.at, now),
          outcome: one.outcome,
          status: one.status,
          latencyMs: one.latencyMs,
          responseExcerpt: masked(one.response_excerpt),
          responseType: masked(one.response_type),
          error: masked(one.error),
        })
        .onConflictDoNothing(),
      rows: 1,
    })),
  ];
}

function resultOf({ outcome, latency_ms }: ListenResult["tries"][number]) {
  return { outcome, status: /^\d{3}$/.test(outcome) ? Number(outcome) : null, latencyMs: latency_ms };
}

function stateOf(ending: ReturnType<typeof resultOf> | null): "delivered" | "failed" | "left_out" {
  if (ending === null) return "left_out";
  return isDelivered(ending) ? "delivered" : "failed";
}

/** A stranger's text, twice removed: the program is not trusted to have taken card data out of it. */
function masked(text: string | null): string | null {
  return text === null ? null : answerExcerpt(new TextEncoder().encode(text), []);
}

function countStatement(db: Database, { replayId }: Listen, count: number): Statement {
  const { replays } = db.tables;
  const query = db.read
    .update(replays)
    .set({ total: sql`${replays.total} + ${count}` })
    .where(eq(replays.replayId, replayId));
  return { query, rows: 1 };
}

type FoundEvent = Awaited<ReturnType<typeof findEvents>> extends ReadonlyMap<string, infer Event> ? Event : never;

async function findEvents(
  db: Database,
  scope: Scope,
  { listen, eventIds }: { listen: Listen; eventIds: readonly string[] },
) {
  const { events, observations, receipts } = db.tables;
  const rows = await db.read
    .select({
      eventId: events.eventId,
      paymentRequestId: events.paymentRequestId,
      primaryId: events.primaryId,
      sequence: events.observationId,
      expungedAt: events.expungedAt,
      masked: observations.masked,
      replayHeader: receipts.replayHeader,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .leftJoin(receipts, and(eq(receipts.eventId, events.eventId), eq(receipts.kind, "first")))
    .where(
      and(
        inArray(events.eventId, [...eventIds]),
        eq(sql`coalesce(${events.environment}, '')`, listen.environment),
        inBusiness(events.businessId, scope),
      ),
    );
  return new Map(rows.map((row) => [row.eventId, row]));
}
