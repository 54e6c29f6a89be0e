import type { Environment } from "../../app/lib/environment.ts";
import type { Change, Expunged } from "../database.ts";
import type { Engine } from "./engine.ts";
import type { Done, ExpungeJob } from "./jobs.ts";
import { readObservation } from "./observations.ts";
import { refoldPaidWith } from "./refold.ts";
import { readAndProject } from "./reprocess.ts";
import { all, get, inSavepoint, run } from "./statements.ts";
import { writeList } from "./write-list.ts";

/**
 * Takes a body that held a secret out of the store: its own bytes, those of its receipts, and those of every observation of
 * the same content. What was read of them goes with the fold. Digest and size stay, so that a retry is recognised. The
 * writer's connection overwrites what it frees with zeros.
 */
export function expunge(engine: Engine, { also, ...order }: ExpungeJob): Done<Expunged> {
  const event = findEvent(engine, order.eventId);
  if (!event) return { value: { outcome: "absent" }, changes: [] };
  if (event.expungedAt !== null) return { value: { outcome: "already" }, changes: [] };

  let refold = false;
  const changes: Change[] = [];
  try {
    inSavepoint(engine.connection, "expunge", () => {
      if (!writeList(engine, also).value.ok) throw new Misfit();
      for (const observationId of observationsOfContent(engine, event)) {
        const before = readObservation(engine, observationId);
        emptyBodies(engine, observationId);
        markEvent(engine, observationId, order);
        forgetCopies(engine, observationId, order.at);
        changes.push(...readAndProject(engine, { environment: event.environment, observationId }));
        const paidWith = refoldPaidWith(engine, before);
        changes.push(...paidWith.changes);
        refold ||= paidWith.left;
      }
    });
  } catch (error) {
    engine.recent.clear();
    if (error instanceof Misfit) return { value: { outcome: "misfit" }, changes: [] };
    throw error;
  }
  const eventIds = eventsOfContent(engine, event).toSorted((a, b) => rank(a, order) - rank(b, order));
  return { value: { outcome: "expunged", eventIds }, changes: [...changes, ...changesOf(event, eventIds)], refold };
}

class Misfit extends Error {}

interface EventRow {
  readonly environment: Environment;
  readonly businessId: string | null;
  readonly paymentRequestId: string | null;
  readonly contentDigest: string;
  readonly expungedAt: number | null;
}

function findEvent({ connection }: Engine, eventId: string): EventRow | undefined {
  return get<EventRow>(
    connection,
    `SELECT e.environment, business_id AS businessId, payment_request_id AS paymentRequestId,
       content_digest AS contentDigest, expunged_at AS expungedAt
     FROM events e JOIN observations USING (observation_id) WHERE event_id = ?`,
    eventId,
  );
}

function observationsOfContent({ connection }: Engine, { environment, contentDigest }: EventRow): number[] {
  return all<{ id: number }>(
    connection,
    "SELECT observation_id AS id FROM observations WHERE environment = ? AND content_digest = ? ORDER BY observation_id",
    environment,
    contentDigest,
  ).map(({ id }) => id);
}

function eventsOfContent({ connection }: Engine, { environment, contentDigest }: EventRow): string[] {
  return all<{ eventId: string }>(
    connection,
    `SELECT event_id AS eventId FROM observations o JOIN events USING (observation_id)
     WHERE o.environment = ? AND o.content_digest = ? ORDER BY event_id`,
    environment,
    contentDigest,
  ).map(({ eventId }) => eventId);
}

function emptyBodies({ connection, recent }: Engine, observationId: number): void {
  recent.delete(observationId);
  run(
    connection,
    `UPDATE bodies SET bytes = x'' WHERE body_id IN (
       SELECT body_id FROM observations WHERE observation_id = @observationId
       UNION SELECT body_id FROM receipts JOIN events USING (event_id)
         WHERE observation_id = @observationId AND body_id IS NOT NULL)`,
    { observationId },
  );
}

/** Of headers only the names stay. Type and business stay when they look like what they should be; else they may be it. */
function markEvent({ connection }: Engine, observationId: number, order: Omit<ExpungeJob, "also">): void {
  const event = get<{ eventType: string; businessId: string | null; headers: string }>(
    connection,
    "SELECT event_type AS eventType, business_id AS businessId, headers FROM events WHERE observation_id = ?",
    observationId,
  );
  if (!event) return;
  run(
    connection,
    `UPDATE events SET expunged_at = @at, expunged_by = @by, expunged_reason = @reason, drift = '[]', headers = @headers,
       event_type = @eventType, business_id = @businessId WHERE observation_id = @observationId`,
    {
      observationId,
      at: order.at,
      by: order.by,
      reason: order.reason,
      headers: withoutValues(event.headers),
      eventType: eventName.test(event.eventType) ? event.eventType : "(no event)",
      businessId: event.businessId !== null && objectId.test(event.businessId) ? event.businessId : null,
    },
  );
}

const eventName = /^([a-z_]{1,40}(\.[a-z_]{1,40}){0,3}|\((no event|unreadable)\))$/;
const objectId = /^[0-9a-f]{24}$/;
/** By these an arrival is told from another; the sender's `webhook-id` is its key. */
const keptHeaders: ReadonlySet<string> = new Set(["webhook-id", "content-length"]);

function withoutValues(headers: string): string {
  const pairs = JSON.parse(headers) as readonly (readonly [string, string])[];
  return JSON.stringify(pairs.map(([name, value]) => [name, keptHeaders.has(name) ? value : "[expunged]"]));
}

/** What a destination answered may repeat what it was sent. What still waits to be sent stays here. */
function forgetCopies({ connection }: Engine, observationId: number, at: number): void {
  const mine = "event_id IN (SELECT event_id FROM events WHERE observation_id = @observationId)";
  run(
    connection,
    `UPDATE attempts SET response_excerpt = NULL WHERE response_excerpt IS NOT NULL
     AND delivery_id IN (SELECT delivery_id FROM deliveries WHERE ${mine})`,
    { observationId },
  );
  run(
    connection,
    `UPDATE lab_requests SET response_excerpt = NULL WHERE response_excerpt IS NOT NULL AND body_digest IN
     (SELECT digest FROM observations JOIN bodies USING (body_id) WHERE observation_id = @observationId)`,
    { observationId },
  );
  run(
    connection,
    `UPDATE deliveries SET state = 'left_out', next_attempt_at = NULL, updated_at = @at, outcome = @outcome
     WHERE state = 'waiting' AND ${mine}`,
    { observationId, at, outcome: "Left out: its body was expunged" },
  );
  // Names of its fields, which a secret may have been.
  run(connection, `DELETE FROM drift_notices WHERE ${mine}`, { observationId });
  run(connection, `DELETE FROM field_sightings WHERE path <> '' AND first_${mine}`, { observationId });
  run(
    connection,
    `UPDATE attempts SET error = NULL, response_type = NULL WHERE (error IS NOT NULL OR response_type IS NOT NULL)
     AND delivery_id IN (SELECT delivery_id FROM deliveries WHERE ${mine})`,
    { observationId },
  );
  // The payment it named, or an id of no known shape.
  run(connection, `UPDATE deliveries SET order_key = NULL WHERE order_key IS NOT NULL AND ${mine}`, { observationId });
  run(
    connection,
    `UPDATE replays SET state = 'finished', finished_at = @at WHERE state = 'running' AND kind IN ('send', 'reprocess')
     AND coalesce(fill_after, 0) >= coalesce(fill_up_to, 0)
     AND replay_id IN (SELECT replay_id FROM deliveries WHERE ${mine})
     AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.replay_id = replays.replay_id AND d.state = 'waiting')`,
    { observationId, at },
  );
  run(
    connection,
    `DELETE FROM lookups WHERE target IN (SELECT event_id FROM events WHERE observation_id = @observationId)`,
    {
      observationId,
    },
  );
}

function changesOf({ environment, businessId, paymentRequestId }: EventRow, eventIds: readonly string[]): Change[] {
  return eventIds.map((eventId) => ({ environment, businessId, paymentRequestId, paymentSessionId: null, eventId }));
}

/** The one asked for comes first. */
function rank(eventId: string, { eventId: asked }: Pick<ExpungeJob, "eventId">): number {
  return eventId === asked ? 0 : 1;
}
