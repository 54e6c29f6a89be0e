import type { Environment } from "../../app/lib/environment.ts";
import type { Change } from "../database.ts";
import { findCluster } from "./cluster.ts";
import type { Engine } from "./engine.ts";
import { correctEventColumns } from "./event-columns.ts";
import type { Done } from "./jobs.ts";
import { namesOf, readAgain } from "./observations.ts";
import { project } from "./project.ts";
import { get } from "./statements.ts";
import { NOTHING, writeProjection } from "./write-projection.ts";

/** "Process again here": stored bytes through today's reading and fold. Counts the events whose state changed. */
export function reprocess(engine: Engine, eventIds: readonly string[]): Done<{ processed: number }> {
  const changes: Change[] = [];
  let processed = 0;
  for (const eventId of eventIds) {
    const before = findEvent(engine, eventId);
    if (!before) continue;
    changes.push(...readAndProject(engine, before));
    const after = findEvent(engine, eventId);
    if (!after || (after.state === before.state && after.reason === before.reason)) continue;
    processed += 1;
    const { environment, businessId, paymentRequestId } = after;
    changes.push({ environment, businessId, paymentRequestId, paymentSessionId: null, eventId });
  }
  return { value: { processed }, changes };
}

interface EventRow {
  readonly environment: Environment;
  readonly observationId: number;
  readonly businessId: string | null;
  readonly paymentRequestId: string | null;
  readonly state: string;
  readonly reason: string | null;
}

function findEvent({ connection }: Engine, eventId: string): EventRow | undefined {
  return get<EventRow>(
    connection,
    `SELECT environment, observation_id AS observationId, business_id AS businessId, payment_request_id AS paymentRequestId,
       state, reason FROM events WHERE event_id = ?`,
    eventId,
  );
}

/** Reads one observation anew and folds again whatever it belonged to or belongs to now. */
export function readAndProject(
  engine: Engine,
  { environment, observationId }: Pick<EventRow, "environment" | "observationId">,
): Change[] {
  const old = findCluster(engine, environment, observationId);
  const names = namesOf(engine, observationId).sort().join("\n");
  correctEventColumns(engine, observationId, readAgain(engine, observationId));
  if (namesOf(engine, observationId).sort().join("\n") === names) return project(engine, environment, [observationId]);
  // It names other ids now, so what was one cluster may be several: all of it is made anew.
  const gone = writeProjection(engine, environment, old.links, NOTHING);
  return [...gone, ...project(engine, environment, old.observationIds)];
}
