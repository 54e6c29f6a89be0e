import { and, desc, eq, inArray } from "drizzle-orm";
import type { Database, ReplayState, Statement } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { parseInstant, toIso } from "~/lib/time.ts";

/**
 * Forwarding is a replay that does not end: one for each environment of a destination, because environments are never
 * mixed in one list. Every event that arrives becomes one more delivery of it. It ends when forwarding is turned off.
 */
export interface StandingOrder {
  readonly replayId: string;
  readonly environment: Environment;
  readonly state: ReplayState;
  readonly orderedBy: string;
  readonly orderedAt: number;
  /** Everything ever put into it. */
  readonly total: number;
  /** Events received before this instant are not part of it; `null` where it began with what came next. */
  readonly from: number | null;
}

/** The open ones of a destination, newest first: the first of each environment is the one that events are added to. */
export async function findStandingOrders(db: Database, destinationId: string): Promise<readonly StandingOrder[]> {
  const { replays } = db.tables;
  const rows = await db.read
    .select({
      replayId: replays.replayId,
      environment: replays.environment,
      state: replays.state,
      orderedBy: replays.orderedBy,
      orderedAt: replays.orderedAt,
      total: replays.total,
      selection: replays.selection,
    })
    .from(replays)
    .where(
      and(
        // The index of states keeps this short: open orders are few, whatever was ordered over the years.
        inArray(replays.state, ["running", "paused"]),
        eq(replays.kind, "forward"),
        eq(replays.destinationId, destinationId),
      ),
    )
    .orderBy(desc(replays.orderedAt), desc(replays.replayId));
  return rows.map(({ selection, ...row }) => ({ ...row, from: fromOf(selection) }));
}

/** A new standing order. `from` is UTC milliseconds. */
export function standingOrderStatement(
  db: Database,
  order: {
    readonly replayId: string;
    readonly destinationId: string;
    readonly environment: Environment;
    readonly orderedBy: string;
    readonly from: number | null;
    readonly now: number;
  },
): Statement {
  const { replayId, destinationId, environment, orderedBy, from, now } = order;
  const query = db.read.insert(db.tables.replays).values({
    replayId,
    kind: "forward",
    environment,
    destinationId,
    state: "running",
    total: 0,
    orderedBy,
    orderedAt: now,
    idempotencyKey: `forward:${replayId}`,
    selection: selectionOf(environment, from),
  });
  return { query, rows: 1 };
}

export function newStandingOrderId(): string {
  return newId("replay");
}

/** In the search params of the webhooks list, as every selection. */
function selectionOf(environment: Environment, from: number | null): string {
  return new URLSearchParams({ environment, ...(from === null ? {} : { from: toIso(from) }) }).toString();
}

function fromOf(selection: string | null): number | null {
  return parseInstant(new URLSearchParams(selection ?? "").get("from") ?? "");
}
