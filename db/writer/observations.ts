import { createHash } from "node:crypto";
import type { Environment } from "../../app/lib/environment.ts";
import type { Expunged, Observation, StoredObservation } from "../../app/xendit/observation.ts";
import type { ObservationSource } from "../../app/xendit/projection.ts";
import type { Engine } from "./engine.ts";
import { all, get, insert, run } from "./statements.ts";

/** Enough for the clusters that are arriving now; a body read is a few KiB. */
const RECENT = 2_000;

export const PAID_WITH = "paid-with:";
export const TELLS = "tells:";

export function insertBody({ connection }: Engine, bytes: Uint8Array): number {
  return insert(
    connection,
    "INSERT INTO bodies (digest, bytes, size) VALUES (?, ?, ?)",
    digestOf(bytes),
    bytes,
    bytes.byteLength,
  );
}

export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Stores masked bytes with what was read of them, and what they name. */
export function insertObservation(
  engine: Engine,
  stored: StoredObservation,
  observation: Observation,
  receivedAt: number,
): number {
  const observationId = insert(
    engine.connection,
    `INSERT INTO observations (environment, source, subject, webhook_id, dedupe_key, content_digest, body_id, masked, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    stored.environment,
    stored.source,
    stored.subject,
    stored.webhookId,
    observation.dedupeKey,
    observation.contentDigest,
    insertBody(engine, stored.bytes),
    stored.masked ? 1 : 0,
    receivedAt,
  );
  insertNames(engine, observationId, observation);
  remember(engine, observationId, observation);
  return observationId;
}

export function readStored(engine: Engine, observationId: number): StoredObservation {
  const row = get<StoredRow>(
    engine.connection,
    `SELECT environment, source, subject, webhook_id AS webhookId, masked, bytes, size
     FROM observations JOIN bodies USING (body_id) WHERE observation_id = ?`,
    observationId,
  );
  if (!row) throw new Error(`Observation ${observationId} is gone`);
  const { size, ...stored } = row;
  const isExpunged = size > 0 && stored.bytes.byteLength === 0;
  return {
    ...stored,
    masked: stored.masked === 1,
    expunged: isExpunged ? readExpunged(engine, observationId) : null,
  };
}

function readExpunged({ connection }: Engine, observationId: number): Expunged {
  const row = get<Expunged>(
    connection,
    `SELECT content_digest AS contentDigest, coalesce(event_type, 'api ' || subject, source) AS eventType,
       business_id AS businessId
     FROM observations LEFT JOIN events USING (observation_id) WHERE observation_id = ?`,
    observationId,
  );
  if (!row) throw new Error(`Observation ${observationId} is gone`);
  return row;
}

export function readObservation(engine: Engine, observationId: number): Observation {
  const known = engine.recent.get(observationId);
  if (known) return known;
  const observation = engine.reading.readObservation(readStored(engine, observationId));
  remember(engine, observationId, observation);
  return observation;
}

/** Reads the stored bytes anew, as today's code understands them, and corrects what is kept beside them. */
export function readAgain(engine: Engine, observationId: number): Observation {
  engine.recent.delete(observationId);
  const observation = readObservation(engine, observationId);
  run(
    engine.connection,
    `UPDATE observations SET dedupe_key = @dedupeKey, content_digest = @contentDigest
     WHERE observation_id = @observationId AND (dedupe_key IS NOT @dedupeKey OR content_digest <> @contentDigest)`,
    { observationId, dedupeKey: observation.dedupeKey, contentDigest: observation.contentDigest },
  );
  const before = namesOf(engine, observationId).sort();
  const after = [...new Set(names(observation))].sort();
  if (before.join("\n") !== after.join("\n")) {
    run(engine.connection, "DELETE FROM observation_ids WHERE observation_id = ?", observationId);
    insertNames(engine, observationId, observation);
  }
  return observation;
}

export function namesOf({ connection }: Engine, observationId: number): string[] {
  return all<{ value: string }>(
    connection,
    "SELECT value FROM observation_ids WHERE observation_id = ?",
    observationId,
  ).map(({ value }) => value);
}

export function observationsNaming({ connection }: Engine, environment: Environment, name: string): number[] {
  return all<{ id: number }>(
    connection,
    "SELECT observation_id AS id FROM observation_ids WHERE environment = ? AND value = ?",
    environment,
    name,
  ).map(({ id }) => id);
}

function names({ links, tokens, kind }: Observation): string[] {
  const prefix = kind === "token" ? TELLS : PAID_WITH;
  return [...links, ...tokens.map((token) => prefix + token)];
}

function insertNames({ connection }: Engine, observationId: number, observation: Observation): void {
  for (const value of new Set(names(observation))) {
    run(
      connection,
      "INSERT INTO observation_ids (environment, value, observation_id) VALUES (?, ?, ?)",
      observation.environment,
      value,
      observationId,
    );
  }
}

function remember({ recent }: Engine, observationId: number, observation: Observation): void {
  recent.set(observationId, observation);
  if (recent.size <= RECENT) return;
  const oldest = recent.keys().next();
  if (!oldest.done) recent.delete(oldest.value);
}

interface StoredRow {
  readonly environment: Environment;
  readonly source: ObservationSource;
  readonly subject: string | null;
  readonly webhookId: string | null;
  readonly masked: number;
  readonly bytes: Uint8Array;
  readonly size: number;
}
