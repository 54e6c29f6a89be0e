import { is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import * as sandbox from "../schema/sandbox.ts";
import { clearSomeReconciliation } from "./clear-reconciliation.ts";
import { findCluster } from "./cluster.ts";
import type { Engine } from "./engine.ts";
import type { ClearStep, Done } from "./jobs.ts";
import { all, get, run } from "./statements.ts";
import { NOTHING, writeProjection } from "./write-projection.ts";

const ENVIRONMENT = "sandbox";
const SLICE_MS = 25;

/** What the sandbox keeps of payments; its settings stay. */
const sandboxTables = Object.values(sandbox)
  .filter((table) => is(table, SQLiteTable))
  .map((table) => getTableConfig(table).name)
  .filter((name) => name !== "sandbox_settings");

/** What is kept beside payments and would speak of ones that are gone. */
const aboutPayments = [
  "test_session_steps",
  "test_sessions",
  "refolds",
  "notes",
  "checks",
  "lookups",
  "drift_notices",
  "field_sightings",
];

/** Deletes what the sandbox told us, whole payments at a time, so that what is left is right after every slice. */
export function clearDemoSlice(engine: Engine, from: ClearStep | null): Done<ClearStep> {
  const step = from ?? firstStep(engine);
  const end = performance.now() + SLICE_MS;
  let after = step.after;
  let isReconciled = true;
  do {
    isReconciled &&= clearSomeReconciliation(engine.connection, ENVIRONMENT);
    if (isReconciled) continue;
    const next = nextObservation(engine, after, step.upTo);
    if (next === null) return { value: { ...step, left: false }, changes: [EVERYTHING] };
    clearCluster(engine, next);
    after = next;
  } while (performance.now() < end);
  return { value: { ...step, after }, changes: [] };
}

const EVERYTHING = {
  environment: ENVIRONMENT,
  businessId: null,
  paymentRequestId: null,
  paymentSessionId: null,
  eventId: null,
} as const;

function firstStep({ connection }: Engine): ClearStep {
  // These tables point at each other; the order does not matter when only the end is checked.
  connection.pragma("defer_foreign_keys = ON");
  for (const table of sandboxTables) run(connection, `DELETE FROM ${table}`);
  for (const table of aboutPayments) run(connection, `DELETE FROM ${table} WHERE environment = ?`, ENVIRONMENT);
  const found = get<{ upTo: number | null; payments: number }>(
    connection,
    `SELECT (SELECT max(observation_id) FROM observations) AS upTo,
       (SELECT count(*) FROM payment_requests WHERE environment = ?) AS payments`,
    ENVIRONMENT,
  );
  return { after: 0, upTo: found?.upTo ?? 0, payments: found?.payments ?? 0, left: true };
}

function nextObservation({ connection }: Engine, after: number, upTo: number): number | null {
  const row = get<{ id: number }>(
    connection,
    `SELECT observation_id AS id FROM observations WHERE observation_id > ? AND observation_id <= ? AND +environment = ?
     ORDER BY observation_id LIMIT 1`,
    after,
    upTo,
    ENVIRONMENT,
  );
  return row?.id ?? null;
}

function clearCluster(engine: Engine, observationId: number): void {
  const { links, observationIds } = findCluster(engine, ENVIRONMENT, observationId);
  writeProjection(engine, ENVIRONMENT, links, NOTHING);
  for (const id of observationIds) clearObservation(engine, id);
}

function clearObservation({ connection, recent }: Engine, id: number): void {
  recent.delete(id);
  const bodyIds = all<{ id: number }>(
    connection,
    `SELECT body_id AS id FROM observations WHERE observation_id = @id
     UNION SELECT body_id FROM receipts JOIN events USING (event_id) WHERE observation_id = @id AND body_id IS NOT NULL`,
    { id },
  );
  run(connection, "DELETE FROM receipts WHERE event_id IN (SELECT event_id FROM events WHERE observation_id = ?)", id);
  run(connection, "DELETE FROM events WHERE observation_id = ?", id);
  run(connection, "DELETE FROM observation_ids WHERE observation_id = ?", id);
  run(connection, "DELETE FROM observations WHERE observation_id = ?", id);
  for (const body of bodyIds) run(connection, "DELETE FROM bodies WHERE body_id = ?", body.id);
}
