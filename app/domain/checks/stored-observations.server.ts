import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { xenditIdKind } from "../../lib/ids.ts";
import type { StoredObservation } from "../../xendit/observation.ts";

export interface Stored extends StoredObservation {
  readonly observationId: number;
}

/** More webhooks than any payment has. */
const MOST = 200;

export async function listStored(
  db: Database,
  environment: Environment,
  observationIds: readonly number[],
): Promise<readonly Stored[]> {
  if (observationIds.length === 0) return [];
  const { observations } = db.tables;
  return selectStored(db).where(
    and(eq(observations.environment, environment), inArray(observations.observationId, [...new Set(observationIds)])),
  );
}

/** The webhooks that name any of these ids; those of a saved card itself among them, not those of its other payments. */
export async function listPaymentWebhooks(
  db: Database,
  environment: Environment,
  ids: readonly string[],
): Promise<readonly Stored[]> {
  const { observations, observationIds } = db.tables;
  const names = [...new Set(ids)].map((id) => (xenditIdKind(id) === "token" ? `tells:${id}` : id));
  const naming = db.read
    .select({ id: observationIds.observationId })
    .from(observationIds)
    .where(and(eq(observationIds.environment, environment), inArray(observationIds.value, names)))
    .limit(MOST);
  return selectStored(db).where(and(inArray(observations.observationId, naming), eq(observations.source, "webhook")));
}

function selectStored(db: Database) {
  const { observations, bodies } = db.tables;
  return db.read
    .select({
      observationId: observations.observationId,
      environment: observations.environment,
      source: observations.source,
      subject: observations.subject,
      webhookId: observations.webhookId,
      masked: observations.masked,
      bytes: bodies.bytes,
    })
    .from(observations)
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId));
}
