import { and, asc, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { alive, type Database, type DeliveryState, type Reader } from "~/db.server.ts";
import type { CsvColumn } from "~/lib/csv.ts";
import { type Cursor, encodeCursor } from "~/lib/cursor.ts";
import { redactPersonal } from "~/lib/pii.ts";
import type { Scope } from "~/lib/scope.ts";
import { findReplay } from "./replay-queries.server.ts";

const PAGE_SIZE = 50;
const EXPORT_CHUNK = 1_000;

interface AskedDeliveries {
  readonly replayId: string;
  /** `null`: in any state. */
  readonly state: DeliveryState | null;
  /** An HTTP status, or timeout, refused, blocked: those whose last try ended so. */
  readonly outcome?: string | null;
  readonly cursor: Cursor | null;
}

export interface DeliveryPage {
  readonly rows: readonly DeliveryRow[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** What became of each event of a replay, in order of capture, with every try. `null` when the replay is not there. */
export async function listDeliveries(
  db: Database,
  scope: Scope,
  { replayId, state, outcome = null, cursor }: AskedDeliveries,
): Promise<DeliveryPage | null> {
  if (!(await findReplay(db, scope, replayId))) return null;
  const { deliveries } = db.tables;
  const backwards = cursor?.direction === "previous";
  // In one state they lie in the index by order of capture, all together in the order they were written down.
  const at = state === null ? sql`0` : deliveries.sequence;
  const edge = sql`(${at}, ${deliveries.deliveryId})`;
  const beyond = cursor ? sql`${edge} ${backwards ? sql`<` : sql`>`} (${cursor.at}, ${cursor.id})` : undefined;
  const direction = backwards ? desc : asc;
  const orderBy = [...(state === null ? [] : [direction(deliveries.sequence)]), direction(deliveries.deliveryId)];
  const where = and(outcome === null ? undefined : alive, ofReplay(db, { replayId, state, outcome }), beyond);
  // One kind of outcome may be rare among many: no index finds it.
  const reader = outcome === null ? db.read : db.heavy();
  const found = await selectDeliveries(reader, db, { where, orderBy, limit: PAGE_SIZE + 1 });
  const more = found.length > PAGE_SIZE;
  const shown = found.slice(0, PAGE_SIZE);
  const rows = await withAttempts(db, backwards ? shown.reverse() : shown);
  const cursorAt = (direction: Cursor["direction"], row: DeliveryRow | undefined, there: boolean) =>
    row && there ? encodeCursor({ direction, at: state === null ? 0 : row.sequence, id: row.deliveryId }) : null;
  return {
    rows,
    next: cursorAt("next", rows.at(-1), backwards || more),
    previous: cursorAt("previous", rows[0], backwards ? more : cursor !== null),
  };
}

/**
 * A destination may answer with what it was sent, so nobody gets personal data out of an excerpt: it is on the webhook
 * itself, by reveal.
 */
async function withAttempts(db: Database, rows: Awaited<ReturnType<typeof selectDeliveries>>) {
  const { attempts } = db.tables;
  const ids = rows.map((row) => row.deliveryId);
  const tries = await db.read
    .select()
    .from(attempts)
    .where(inArray(attempts.deliveryId, ids))
    .orderBy(asc(attempts.at), asc(attempts.attemptId));
  const shown = tries.map((attempt) => ({
    ...attempt,
    responseExcerpt: attempt.responseExcerpt && redactPersonal(attempt.responseExcerpt).text,
  }));
  return rows.map((row) => ({ ...row, attempts: shown.filter((attempt) => attempt.deliveryId === row.deliveryId) }));
}
export type DeliveryRow = Awaited<ReturnType<typeof withAttempts>>[number];

function selectDeliveries(
  reader: Reader,
  db: Database,
  { where, ...page }: { where: SQL | undefined; orderBy: SQL[]; limit: number },
) {
  const { deliveries, events } = db.tables;
  return reader
    .select({
      deliveryId: deliveries.deliveryId,
      eventId: deliveries.eventId,
      eventType: events.eventType,
      paymentRequestId: events.paymentRequestId,
      firstReceivedAt: events.firstReceivedAt,
      state: deliveries.state,
      outcome: deliveries.outcome,
      nextAttemptAt: deliveries.nextAttemptAt,
      updatedAt: deliveries.updatedAt,
      sequence: deliveries.sequence,
    })
    .from(deliveries)
    .leftJoin(events, eq(events.eventId, deliveries.eventId))
    .where(where)
    .orderBy(...page.orderBy)
    .limit(page.limit);
}

export interface ExportedDelivery {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly eventType: string | null;
  readonly paymentRequestId: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly outcome: string | null;
  readonly firstReceivedAt: number | null;
  readonly updatedAt: number;
}

/** Every delivery of a replay in chunks by keyset, through the heavy reader: for the CSV. Nothing when it is not there. */
export async function* exportDeliveries(
  db: Database,
  scope: Scope,
  { replayId, state, signal }: { replayId: string; state: DeliveryState | null; signal: AbortSignal },
): AsyncGenerator<readonly ExportedDelivery[], void, void> {
  if (!(await findReplay(db, scope, replayId))) return;
  let after = "";
  for (;;) {
    const rows = await exportChunk(
      db,
      and(alive, ofReplay(db, { replayId, state }), gt(db.tables.deliveries.deliveryId, after)),
      signal,
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < EXPORT_CHUNK || signal.aborted) return;
    after = last.deliveryId;
  }
}

export const deliveryCsvColumns: readonly CsvColumn<ExportedDelivery>[] = [
  { name: "event_id", kind: "text", value: (row) => row.eventId },
  { name: "event_type", kind: "text", value: (row) => row.eventType },
  { name: "payment_request_id", kind: "text", value: (row) => row.paymentRequestId },
  { name: "state", kind: "text", value: (row) => row.state },
  { name: "attempts", kind: "number", value: (row) => row.attempts },
  { name: "outcome", kind: "text", value: (row) => row.outcome },
  { name: "received_at_utc", kind: "instant", value: (row) => row.firstReceivedAt },
  { name: "updated_at_utc", kind: "instant", value: (row) => row.updatedAt },
  { name: "delivery_id", kind: "text", value: (row) => row.deliveryId },
];

function exportChunk(db: Database, where: SQL | undefined, signal: AbortSignal) {
  const { deliveries, events } = db.tables;
  return db
    .heavy({ signal })
    .select({
      deliveryId: deliveries.deliveryId,
      eventId: deliveries.eventId,
      eventType: events.eventType,
      paymentRequestId: events.paymentRequestId,
      state: deliveries.state,
      attempts: deliveries.attempts,
      outcome: deliveries.outcome,
      firstReceivedAt: events.firstReceivedAt,
      updatedAt: deliveries.updatedAt,
    })
    .from(deliveries)
    .leftJoin(events, eq(events.eventId, deliveries.eventId))
    .where(where)
    .orderBy(asc(deliveries.deliveryId))
    .limit(EXPORT_CHUNK);
}

function ofReplay(
  db: Database,
  { replayId, state, outcome = null }: { replayId: string; state: DeliveryState | null; outcome?: string | null },
): SQL | undefined {
  const { deliveries } = db.tables;
  return and(
    eq(deliveries.replayId, replayId),
    state === null ? undefined : eq(deliveries.state, state),
    // Outcomes begin with their kind: "500 in 41 ms", "refused after 3 ms".
    outcome === null ? undefined : sql`substr(${deliveries.outcome}, 1, ${outcome.length}) = ${outcome}`,
  );
}
