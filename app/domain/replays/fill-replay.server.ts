import { and, count, eq, isNotNull, sql } from "drizzle-orm";
import type { Database, ReplayState, Statement } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";
import { operatorFor } from "../operators/operator.ts";
import { deliveriesStatement } from "./delivery-rows.server.ts";
import { findTaker } from "./find-taker.server.ts";
import { closeCancelledStatement, finishReplayStatement } from "./finish-replay.server.ts";
import { readSelected, type SelectedEvent } from "./selected-events.server.ts";
import { readSelection } from "./selection.ts";

/** Long enough for few round trips, short enough that captures beside it notice nothing. */
export const FILL_SLICE = 500;

type Filling = Database["tables"]["replays"]["$inferSelect"] & { readonly fillAfter: number };

/**
 * Writes the next deliveries of a large order. Each slice moves the replay's mark in the same write, and only from where it
 * read it: a crash, or two runners, write no event twice and leave none out. True while there is more.
 */
export async function fillSlice(db: Database, replayId: string, now: number): Promise<boolean> {
  const replay = await findFilling(db, replayId);
  if (!replay) return false;
  const events = await nextEvents(db, replay);
  const last = events.at(-1);
  const isLast = last === undefined || events.length < FILL_SLICE;
  const written = await db.write([
    moveMark(db, replay, isLast ? null : last.observationId),
    ...(events.length > 0 ? [deliveriesStatement(db, events, { ...replay, now })] : []),
    ...(isLast ? endOfFilling(db, replayId, now) : []),
  ]);
  // Where the write did not fit, the replay was moved meanwhile: it is read again.
  return written.ok ? !isLast : true;
}

async function findFilling(db: Database, replayId: string): Promise<Filling | null> {
  const { replays } = db.tables;
  const [row] = await db.read
    .select()
    .from(replays)
    .where(and(eq(replays.replayId, replayId), isNotNull(replays.fillAfter)));
  return row && row.fillAfter !== null ? { ...row, fillAfter: row.fillAfter } : null;
}

async function nextEvents(db: Database, replay: Filling): Promise<readonly SelectedEvent[]> {
  const { selection, destinationId, includesDelivered, fillAfter, fillUpTo } = replay;
  const read = readSelection(selection ?? "", { zone: DEFAULT_ZONE, only: null });
  if ("problems" in read || fillUpTo === null) throw new Error(`The selection of ${replay.replayId} cannot be read`);
  const taker = destinationId === null ? null : await findTaker(db, destinationId);
  // Its destination was removed: what is left is written down all the same, and fails by name.
  const selected = { filters: read.filters, among: null, upTo: fillUpTo, taker, includesDelivered };
  const after = fillAfter === 0 ? null : fillAfter;
  return readSelected(db, await scopeOf(db, replay), selected, { after, limit: FILL_SLICE });
}

/** What whoever ordered it may see today, nothing once disabled: limits drawn since then hold for what is not written yet. */
async function scopeOf(db: Database, { orderedBy, kind }: Filling): Promise<Scope> {
  const { operators } = db.tables;
  const [row] = await db.read.select().from(operators).where(eq(operators.operatorId, orderedBy));
  if (!row || row.disabledAt !== null) return { environments: [], businessIds: [] };
  return operatorFor(row, kind === "reprocess" ? "webhooks:reprocess" : "replays:send").scope;
}

function moveMark(db: Database, { replayId, fillAfter, state }: Filling, to: number | null): Statement {
  const { replays } = db.tables;
  const next: ReplayState = state === "planned" ? "running" : state;
  const query = db.read
    .update(replays)
    .set({ fillAfter: to, state: next })
    .where(and(eq(replays.replayId, replayId), eq(replays.fillAfter, fillAfter), eq(replays.state, state)));
  return { query, rows: 1 };
}

/** The order counted what was there then; what was expunged or forgotten since is not in it. */
function endOfFilling(db: Database, replayId: string, now: number): readonly Statement[] {
  const { replays, deliveries } = db.tables;
  const written = db.read.select({ total: count() }).from(deliveries).where(eq(deliveries.replayId, replayId));
  const total = db.read
    .update(replays)
    .set({ total: sql`${written}` })
    .where(eq(replays.replayId, replayId));
  return [
    { query: total, rows: 1 },
    finishReplayStatement(db, replayId, now),
    closeCancelledStatement(db, replayId, now),
  ];
}
