import { newId } from "../../app/lib/ids.ts";
import type { Observation, StoredObservation } from "../../app/xendit/observation.ts";
import type { Arrival, Captured, Change } from "../database.ts";
import type { Engine } from "./engine.ts";
import { eventColumns } from "./event-columns.ts";
import type { Done } from "./jobs.ts";
import { digestOf, insertBody, insertObservation, readObservation } from "./observations.ts";
import { project } from "./project.ts";
import { refoldPaidWith } from "./refold.ts";
import { all, get, run } from "./statements.ts";

/** Takes one webhook in (DESIGN 3, RULES 3): masked, read, compared with those of its key, stored, projected. */
export function capture(engine: Engine, arrival: Arrival): Done<Captured> {
  const { bytes, masked } = engine.reading.maskBody(arrival.bytes);
  const { environment, webhookId } = arrival;
  const stored: StoredObservation = { environment, source: "webhook", subject: null, webhookId, masked, bytes };
  const observation = engine.reading.readObservation(stored);
  const sameKey = eventsOfKey(engine, observation);
  const equal = sameKey.find(({ contentDigest }) => contentDigest === observation.contentDigest);
  if (equal) return receiveAgain(engine, arrival, bytes, equal);
  const twin = eventOfSameContent(engine, observation);
  // Under another key too, what was expunged must not come back: it is one more arrival of the event it was.
  if (twin?.expungedAt != null) return receiveAgain(engine, arrival, bytes, twin);
  const firstOfKey = sameKey.find(({ expungedAt }) => expungedAt === null);
  return receiveFirst(engine, { arrival, stored, observation, firstOfKey, sameContentAs: twin?.eventId ?? null });
}

interface KeptEvent {
  readonly observationId: number;
  readonly eventId: string;
  readonly contentDigest: string;
  readonly bodyDigest: string;
  readonly expungedAt: number | null;
}

const keptColumns = `o.observation_id AS observationId, e.event_id AS eventId, o.content_digest AS contentDigest,
  b.digest AS bodyDigest, e.expunged_at AS expungedAt`;

function eventsOfKey({ connection }: Engine, { environment, dedupeKey }: Observation): KeptEvent[] {
  return all<KeptEvent>(
    connection,
    `SELECT ${keptColumns}
     FROM observations o JOIN events e ON e.observation_id = o.observation_id JOIN bodies b ON b.body_id = o.body_id
     WHERE o.environment = ? AND o.dedupe_key = ? ORDER BY o.observation_id`,
    environment,
    dedupeKey,
  );
}

function receiveAgain(engine: Engine, arrival: Arrival, bytes: Uint8Array, kept: KeptEvent): Done<Captured> {
  // The same content may be spelled otherwise (order of keys, an envelope's `created`); evidence is kept as it came.
  // Of what was expunged no bytes are kept again, however spelled.
  const isKnown = kept.expungedAt !== null || digestOf(bytes) === kept.bodyDigest;
  const bodyId = isKnown ? null : insertBody(engine, bytes);
  insertReceipt(engine, arrival, kept.eventId, "duplicate", bodyId);
  run(
    engine.connection,
    `UPDATE events SET receipts = receipts + 1, first_received_at = min(first_received_at, @at),
     last_received_at = max(last_received_at, @at) WHERE event_id = @eventId`,
    { at: arrival.receivedAt, eventId: kept.eventId },
  );
  return answer(engine, arrival, kept.eventId, true, []);
}

interface FirstArrival {
  readonly arrival: Arrival;
  readonly stored: StoredObservation;
  readonly observation: Observation;
  readonly firstOfKey: KeptEvent | undefined;
  readonly sameContentAs: string | null;
}

function receiveFirst(
  engine: Engine,
  { arrival, stored, observation, firstOfKey, sameContentAs }: FirstArrival,
): Done<Captured> {
  const drift = firstOfKey
    ? engine.reading.compareSameKey(readObservation(engine, firstOfKey.observationId), observation).drift
    : [];
  const observationId = insertObservation(engine, stored, observation, arrival.receivedAt);
  const eventId = newId("event");
  insertEvent(engine, { arrival, observation, observationId, eventId, drift, sameContentAs });
  insertReceipt(engine, arrival, eventId, "first", null);

  const changes = project(engine, arrival.environment, [observationId]);
  const refold = refoldPaidWith(engine, observation);
  return { ...answer(engine, arrival, eventId, false, [...changes, ...refold.changes]), refold: refold.left };
}

/** The oldest event that arrived with this very content under another key. */
function eventOfSameContent(
  { connection }: Engine,
  { environment, contentDigest }: Observation,
): KeptEvent | undefined {
  return get<KeptEvent>(
    connection,
    `SELECT ${keptColumns}
     FROM observations o JOIN events e ON e.observation_id = o.observation_id JOIN bodies b ON b.body_id = o.body_id
     WHERE o.environment = ? AND o.content_digest = ? ORDER BY o.observation_id LIMIT 1`,
    environment,
    contentDigest,
  );
}

interface NewEvent {
  readonly arrival: Arrival;
  readonly observation: Observation;
  readonly observationId: number;
  readonly eventId: string;
  readonly drift: readonly string[];
  readonly sameContentAs: string | null;
}

/** The state is the fold's to say, which comes next; until then it is what the event says of itself. */
function insertEvent({ connection }: Engine, event: NewEvent): void {
  const { arrival, observation } = event;
  run(
    connection,
    `INSERT INTO events (event_id, environment, observation_id, event_type, business_id, state, reason, same_content_as, drift,
       primary_id, payment_request_id, status, eci, cvn, avs, response, currency, headers, token_label, receipts,
       first_received_at, last_received_at)
     VALUES (@eventId, @environment, @observationId, @eventType, @businessId, @state, @reason, @sameContentAs, @drift,
       @primaryId, @paymentRequestId, @status, @eci, @cvn, @avs, @response, @currency, @headers, @tokenLabel, 1,
       @receivedAt, @receivedAt)`,
    {
      eventId: event.eventId,
      environment: arrival.environment,
      observationId: event.observationId,
      sameContentAs: event.sameContentAs,
      drift: JSON.stringify(event.drift),
      ...eventColumns(observation),
      state: observation.verdict.state,
      reason: observation.verdict.reason,
      paymentRequestId: observation.paymentRequestId,
      headers: JSON.stringify(arrival.headers),
      tokenLabel: arrival.tokenLabel,
      receivedAt: arrival.receivedAt,
    },
  );
}

function insertReceipt(
  { connection }: Engine,
  arrival: Arrival,
  eventId: string,
  kind: "first" | "duplicate",
  bodyId: number | null,
): void {
  run(
    connection,
    `INSERT INTO receipts (receipt_id, event_id, kind, received_at, body_id, address, replay_header)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    newId("receipt"),
    eventId,
    kind,
    arrival.receivedAt,
    bodyId,
    arrival.address,
    arrival.replayHeader,
  );
}

function answer(
  { connection }: Engine,
  { environment }: Arrival,
  eventId: string,
  duplicate: boolean,
  changes: readonly Change[],
): Done<Captured> {
  const event = get<{ state: string; businessId: string | null; paymentRequestId: string | null }>(
    connection,
    `SELECT state, business_id AS businessId, payment_request_id AS paymentRequestId FROM events WHERE event_id = ?`,
    eventId,
  );
  const { businessId = null, paymentRequestId = null } = event ?? {};
  return {
    value: { eventId, duplicate, quarantined: event?.state === "quarantined" },
    changes: [{ environment, businessId, paymentRequestId, paymentSessionId: null, eventId }, ...changes],
  };
}
