import { and, asc, count, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Database, DeliveryState, Reader } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { findTaker, waitsFor } from "./find-taker.server.ts";
import type { OutcomeCount, ReplayProgress } from "./replay-plan.ts";
import { findReplay } from "./replay-queries.server.ts";

/** The last deliveries to end tell the speed, as long as they ended lately. */
const LATELY = 300;
const LATELY_MS = 15_000;
/** Waiting deliveries are asked for their last try in the order they are sent: the tried ones come first. */
const FRONT = 1_000;
/** More rows than this are grouped by the heavy reader. */
const QUICK = 2_000;

/** How far a replay is, within the scope; `null` when it is not there. Cheap enough for every second. */
export async function readProgress(
  db: Database,
  scope: Scope,
  { replayId, now = Date.now() }: { readonly replayId: string; readonly now?: number },
): Promise<ReplayProgress | null> {
  const replay = await findReplay(db, scope, replayId);
  if (!replay) return null;
  const { state, total, counts, isFilling, destinationId } = replay;
  const isMoving = state === "running" || state === "planned";
  const [perSecond, errors, leftOut, retrying, taker] = await Promise.all([
    isMoving ? speedOf(db, replayId, now) : 0,
    outcomesOf(db, { replayId, state: "failed", rows: counts.failed }),
    reasonsOf(db, { replayId, rows: counts.left_out }),
    isMoving ? retryingOf(db, replayId) : [],
    isMoving && destinationId !== null ? findTaker(db, destinationId) : null,
  ]);
  const left = total - counts.delivered - counts.failed - counts.left_out;
  return {
    state,
    total,
    counts,
    isFilling,
    perSecond,
    errors,
    retrying,
    leftOut,
    expectedEndAt: isMoving && perSecond > 0 ? now + Math.ceil((left / perSecond) * 1_000) : null,
    waitsFor: taker && waitsFor(taker, now),
  };
}

async function speedOf(db: Database, replayId: string, now: number): Promise<number> {
  const { deliveries } = db.tables;
  const ended = await Promise.all(
    (["delivered", "failed"] as const).map((state) =>
      db.read
        .select({ at: deliveries.updatedAt })
        .from(deliveries)
        .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, state)))
        .orderBy(desc(deliveries.sequence))
        .limit(LATELY),
    ),
  );
  return perSecondOf(
    ended.flat().map(({ at }) => at),
    now,
  );
}

/** How many ended a second: of those of the last 15 s, or since the first of them. */
export function perSecondOf(endedAt: readonly number[], now: number): number {
  const lately = endedAt.filter((at) => at > now - LATELY_MS);
  if (lately.length === 0) return 0;
  const since = now - Math.min(...lately);
  return Math.round((lately.length / Math.max(since, 1_000)) * 10_000) / 10;
}

/** "500 in 41 ms", "refused after 3 ms (ECONNREFUSED)": three letters tell the kinds apart in any database. */
async function outcomesOf(
  db: Database,
  { replayId, state, rows }: { replayId: string; state: DeliveryState; rows: number },
): Promise<readonly OutcomeCount[]> {
  if (rows === 0) return [];
  const { deliveries } = db.tables;
  const where = and(eq(deliveries.replayId, replayId), eq(deliveries.state, state));
  const grouped = await grouping(reader(db, rows), db, sql<string>`substr(${deliveries.outcome}, 1, 3)`, where);
  return grouped.map(({ outcome, count }) => ({ outcome: kindOf(outcome), count }));
}

async function reasonsOf(
  db: Database,
  { replayId, rows }: { replayId: string; rows: number },
): Promise<readonly OutcomeCount[]> {
  if (rows === 0) return [];
  const { deliveries } = db.tables;
  const where = and(eq(deliveries.replayId, replayId), eq(deliveries.state, "left_out"));
  return grouping(reader(db, rows), db, sql<string>`coalesce(${deliveries.outcome}, '')`, where);
}

async function retryingOf(db: Database, replayId: string): Promise<readonly OutcomeCount[]> {
  const { deliveries } = db.tables;
  const front = await db.read
    .select({ attempts: deliveries.attempts, outcome: deliveries.outcome })
    .from(deliveries)
    .where(and(eq(deliveries.replayId, replayId), eq(deliveries.state, "waiting")))
    .orderBy(asc(deliveries.sequence))
    .limit(FRONT);
  const counts = new Map<string, number>();
  for (const { attempts, outcome } of front) {
    if (attempts === 0) continue;
    const kind = kindOf(outcome?.slice(0, 3) ?? "");
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([outcome, count]) => ({ outcome, count })).sort((a, b) => b.count - a.count);
}

function grouping(from: Reader, db: Database, outcome: SQL<string>, where: SQL | undefined) {
  return from
    .select({ outcome: outcome.as("kind"), count: count().as("times") })
    .from(db.tables.deliveries)
    .where(where)
    .groupBy(sql`kind`)
    .orderBy(desc(sql`times`));
}

const KINDS = ["timeout", "refused", "blocked"];

function kindOf(beginning: string): string {
  return KINDS.find((kind) => kind.startsWith(beginning) && beginning !== "") ?? beginning;
}

function reader(db: Database, rows: number): Reader {
  return rows > QUICK ? db.heavy() : db.read;
}
