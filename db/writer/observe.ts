import type { StoredObservation } from "../../app/xendit/observation.ts";
import type { Change, Observed, OtherObservation } from "../database.ts";
import type { Engine } from "./engine.ts";
import type { Done } from "./jobs.ts";
import { insertObservation } from "./observations.ts";
import { project } from "./project.ts";
import { refoldPaidWith } from "./refold.ts";
import { get } from "./statements.ts";

/** Takes in an answer of the API or the browser's hand-back. A poll that says the same again adds nothing. */
export function observe(engine: Engine, other: OtherObservation): Done<Observed> {
  const { bytes, masked } = engine.reading.maskBody(other.bytes);
  const { environment, source, subject } = other;
  const stored: StoredObservation = { environment, source, subject, webhookId: null, masked, bytes };
  const observation = engine.reading.readObservation(stored);
  const known = get<{ observation_id: number }>(
    engine.connection,
    "SELECT observation_id FROM observations WHERE environment = ? AND content_digest = ? AND source = ? AND subject = ?",
    environment,
    observation.contentDigest,
    source,
    subject,
  );
  if (known) return { value: { observed: "known", observationId: known.observation_id }, changes: [] };

  const observationId = insertObservation(engine, stored, observation, other.receivedAt);
  const changes: Change[] = project(engine, environment, [observationId]);
  const refold = refoldPaidWith(engine, observation);
  return { value: { observed: "new", observationId }, changes: [...changes, ...refold.changes], refold: refold.left };
}
