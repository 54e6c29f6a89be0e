import { and, asc, eq, gt, gte, inArray, like, lt, lte, max, min, or, type SQL, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { toIso } from "~/lib/time.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { LeftOutReason } from "../replays/replay.ts";
import type { EventsPage, ListenedEvent } from "./listen-api.ts";

/** Events one answer looks at, whatever the filters: rare ones must not become long scans. */
export const LOOKED_AT = 2_000;
/** Bodies of one answer together; a single larger one comes alone. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

export interface AskedEvents {
  readonly environment: Environment;
  readonly after: number;
  /** UTC milliseconds of the first arrival; `until` is not included. */
  readonly since: number | null;
  readonly until: number | null;
  readonly types: readonly string[];
  readonly payment: string | null;
  readonly limit: number;
}

/**
 * Events after a cursor, in order of capture, each once: the cursor is the observation, which grows with the one writer.
 * What may not leave the desk is named with its reason and without its bytes.
 */
export async function readEvents(
  db: Database,
  scope: Scope,
  asked: AskedEvents,
): Promise<Omit<EventsPage, "is_paused">> {
  const window = await windowAfter(db, asked.after);
  if (window === null || !scope.environments.includes(asked.environment)) {
    const cursor = String(window?.last ?? asked.after);
    return { events: [], cursor, has_more: window?.isFull ?? false, left_out: 0 };
  }
  const found = await matchesIn(db, scope, asked, window.last);
  const taken = withinSize(found.slice(0, asked.limit));
  const isCut = taken.length < found.length;
  const bytes = await bytesOf(
    db,
    taken.filter((row) => leftOutOf(row) === null).map((row) => row.bodyId),
  );
  const last = isCut ? taken.at(-1)?.sequence : undefined;
  return {
    events: taken.map((row) => asListened(row, bytes.get(row.bodyId))),
    cursor: String(last ?? window.last),
    has_more: isCut || window.isFull,
    left_out: taken.filter((row) => leftOutOf(row) !== null).length,
  };
}

/** The newest there is: after it lies what is still to come. */
export async function newestCursor(db: Database): Promise<number> {
  const { events } = db.tables;
  const [found] = await db.read.select({ newest: max(events.observationId) }).from(events);
  return found?.newest ?? 0;
}

/** Just before the first event that arrived at or after an instant. Arrivals and captures may be in different orders. */
export async function cursorSince(
  db: Database,
  { environment, since }: { environment: Environment; since: number },
): Promise<number> {
  const { events } = db.tables;
  const [found] = await db
    .heavy()
    .select({ first: min(events.observationId) })
    .from(events)
    .where(and(alive, eq(events.environment, environment), gte(events.firstReceivedAt, since)));
  return typeof found?.first === "number" ? found.first - 1 : await newestCursor(db);
}

async function windowAfter(db: Database, after: number): Promise<{ last: number; isFull: boolean } | null> {
  const query = db.prepared("listen.window", (read, { events }) =>
    read
      .select({ sequence: events.observationId })
      .from(events)
      .where(gt(events.observationId, sql.placeholder("after")))
      .orderBy(asc(events.observationId))
      .limit(LOOKED_AT)
      .prepare(),
  );
  const rows = await query.execute({ after });
  const last = rows.at(-1)?.sequence;
  return last === undefined ? null : { last, isFull: rows.length === LOOKED_AT };
}

type Match = Awaited<ReturnType<typeof matchesIn>>[number];

async function matchesIn(db: Database, scope: Scope, asked: AskedEvents, upTo: number) {
  const { events, observations, bodies, receipts } = db.tables;
  // `+` and `coalesce` keep the planner on the observations' own index: the window is what bounds the work.
  return db.read
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      environment: events.environment,
      paymentRequestId: events.paymentRequestId,
      primaryId: events.primaryId,
      firstReceivedAt: events.firstReceivedAt,
      expungedAt: events.expungedAt,
      headers: events.headers,
      sequence: events.observationId,
      bodyId: observations.bodyId,
      masked: observations.masked,
      size: bodies.size,
      replayHeader: receipts.replayHeader,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .leftJoin(receipts, and(eq(receipts.eventId, events.eventId), eq(receipts.kind, "first")))
    .where(
      and(
        gt(events.observationId, asked.after),
        lte(events.observationId, upTo),
        eq(sql`coalesce(${events.environment}, '')`, asked.environment),
        inBusiness(events.businessId, scope),
        asked.since === null ? undefined : gte(sql`${events.firstReceivedAt} + 0`, asked.since),
        asked.until === null ? undefined : lt(sql`${events.firstReceivedAt} + 0`, asked.until),
        ofTypes(db, asked.types),
        asked.payment === null ? undefined : eq(sql`coalesce(${events.paymentRequestId}, '')`, asked.payment),
      ),
    )
    .orderBy(asc(events.observationId))
    .limit(asked.limit + 1);
}

/** Exactly, or by what it begins with: `payment.*`. */
function ofTypes({ tables: { events } }: Database, types: readonly string[]): SQL | undefined {
  if (types.length === 0) return undefined;
  const exact = types.filter((type) => !type.endsWith(".*"));
  const begins = types.filter((type) => type.endsWith(".*")).map((type) => type.slice(0, -1));
  const name = sql`coalesce(${events.eventType}, '')`;
  return or(
    exact.length > 0 ? inArray(name, exact) : undefined,
    ...begins.map((start) => like(name, sql`${`${start.replace(/[\\%_]/g, "\\$&")}%`} escape '\\'`)),
  );
}

function withinSize(rows: readonly Match[]): readonly Match[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => {
    bytes += row.size;
    return index > 0 && bytes > MAX_BODY_BYTES;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

async function bytesOf(db: Database, bodyIds: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
  if (bodyIds.length === 0) return new Map();
  const { bodies } = db.tables;
  const rows = await db.read
    .select({ bodyId: bodies.bodyId, bytes: bodies.bytes })
    .from(bodies)
    .where(inArray(bodies.bodyId, [...bodyIds]));
  return new Map(rows.map((row) => [row.bodyId, row.bytes]));
}

/** As for any replay: what is not the original's bytes stays, and so does what a replay brought. */
export function leftOutOf(row: {
  readonly expungedAt: number | null;
  readonly masked: boolean;
  readonly replayHeader: string | null;
}): LeftOutReason | null {
  if (row.expungedAt !== null) return "expunged";
  if (row.masked) return "masked";
  return row.replayHeader === null ? null : "came_from_a_replay";
}

const SENT_ON = new Set(["content-type", "webhook-id"]);

function asListened(row: Match, bytes: Uint8Array | undefined): ListenedEvent {
  const leftOut = leftOutOf(row);
  return {
    id: row.eventId,
    type: row.eventType,
    environment: row.environment,
    payment_request_id: row.paymentRequestId,
    primary_id: row.primaryId,
    first_received_at: toIso(row.firstReceivedAt),
    headers: row.headers.filter(([name]) => SENT_ON.has(name)),
    body_base64: leftOut === null && bytes ? Buffer.from(bytes).toString("base64") : null,
    left_out: leftOut ?? (bytes ? null : "expunged"),
  };
}
