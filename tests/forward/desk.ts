import { asc, eq } from "drizzle-orm";
import type { Database } from "../../app/db.server.ts";
import { fillQueue } from "../../app/domain/forward/fill-queue.server.ts";
import { listForwarding } from "../../app/domain/forward/forwarding-destinations.server.ts";
import { turnForwardOn } from "../../app/domain/forward/turn-forward.server.ts";
import type { Environment } from "../../app/lib/environment.ts";
import { anOperator, NOW } from "../replays/desk.ts";

export const forwarder = anOperator("destinations:write");

interface DestinationFields {
  readonly destinationId?: string;
  readonly createdBy?: string;
  readonly environments?: readonly Environment[] | null;
  readonly eventTypes?: readonly string[] | null;
  readonly url?: string;
  readonly inOrder?: boolean;
}

/** A destination of the sandbox unless said otherwise, as its page would have made it. */
export async function aForwardTarget(db: Database, fields: DestinationFields = {}): Promise<string> {
  const { destinationId = "dst_1", createdBy = "op_1", environments = ["sandbox"], eventTypes = null } = fields;
  const { url = "http://127.0.0.1:9/hook", inOrder = false } = fields;
  await keepOperator(db, createdBy);
  const row = { destinationId, createdBy, environments, eventTypes, url, inOrder, name: "staging", createdAt: 0 };
  await db.write([{ query: db.read.insert(db.tables.destinations).values(row), rows: 1 }]);
  return destinationId;
}

/** Whoever chooses a URL decides how far it reaches, so there has to be somebody. */
async function keepOperator(db: Database, operatorId: string): Promise<void> {
  const row = { operatorId, email: `${operatorId}@example.com`, passwordHash: "none", role: "admin" as const };
  const values = { ...row, environments: null, businessIds: null, preferences: {}, createdAt: 0 };
  await db.write([{ query: db.read.insert(db.tables.operators).values(values).onConflictDoNothing(), rows: "any" }]);
}

export async function turnOn(db: Database, fields: { destinationId?: string; from?: number } = {}): Promise<void> {
  const { destinationId = "dst_1", from = null } = fields;
  const result = await turnForwardOn(db, {
    destinationId,
    from,
    confirmation: "staging",
    operator: forwarder,
    now: NOW,
  });
  if (!result.ok) throw new Error(`not turned on: ${result.refusal}`);
}

/** One look of the forwarder at one destination; `undefined` when that does not forward. */
export async function fill(db: Database, destinationId = "dst_1", now = NOW.getTime()) {
  const destination = (await listForwarding(db)).find((one) => one.destinationId === destinationId);
  return destination && fillQueue(db, destination, now);
}

/** What is in a destination's queue, in order of capture. */
export async function queueOf(db: Database, destinationId = "dst_1") {
  const { deliveries } = db.tables;
  return db.read
    .select()
    .from(deliveries)
    .where(eq(deliveries.destinationId, destinationId))
    .orderBy(asc(deliveries.sequence), asc(deliveries.deliveryId));
}
