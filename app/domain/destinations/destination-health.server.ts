import { eq, type SQL, sql } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import { FAILURES_TO_OPEN, OPEN_FOR_MS, outcomeWeight } from "./breaker.ts";

export interface AttemptEnd {
  readonly delivered: boolean;
  /** The HTTP status as text, or timeout, refused, blocked. */
  readonly outcome: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/**
 * What one attempt does to its destination's health and breaker: `afterAttempt` of `breaker.ts`, as one update that reads
 * the row it changes, so that attempts which end together are each counted. Goes into the write that keeps the attempt.
 */
export function healthStatement(db: Database, destinationId: string, end: AttemptEnd): Statement {
  const { destinations } = db.tables;
  const last = end.delivered ? { lastDeliveredAt: end.at } : { lastFailedAt: end.at };
  const query = db.read
    .update(destinations)
    .set({ ...last, lastOutcome: end.outcome, ...breakerAfter(db, end) })
    .where(eq(destinations.destinationId, destinationId));
  return { query, rows: "any" };
}

function breakerAfter(db: Database, { outcome, at }: AttemptEnd) {
  const weight = outcomeWeight(outcome);
  if (weight === "none") return {};
  if (weight === "answer") return { failuresInRow: 0, breakerOpenedAt: null };
  const { failuresInRow, breakerOpenedAt } = db.tables.destinations;
  const isOpen = sql`${breakerOpenedAt} is not null and ${at} < ${breakerOpenedAt} + ${openFor(db)}`;
  const opens = sql`${failuresInRow} + 1 >= ${FAILURES_TO_OPEN}`;
  return {
    failuresInRow: sql`case when ${isOpen} then ${failuresInRow} else ${failuresInRow} + 1 end`,
    breakerOpenedAt: sql`case when ${isOpen} then ${breakerOpenedAt} when ${opens} then ${at} else null end`,
  };
}

/** `openForMs`, as the database says it. */
function openFor(db: Database): SQL {
  const { failuresInRow } = db.tables.destinations;
  const steps = OPEN_FOR_MS.map((ms, step) => sql`when ${failuresInRow} <= ${FAILURES_TO_OPEN + step} then ${ms}`);
  return sql`case ${sql.join(steps, sql` `)} else ${OPEN_FOR_MS.at(-1)} end`;
}
