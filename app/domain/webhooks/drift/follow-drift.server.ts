import { asc, eq, gt } from "drizzle-orm";
import type { Database, Statement } from "../../../db.server.ts";
import { parseJsonObject } from "../../../xendit/bodies/json.ts";
import type { DriftMemory } from "./drift-memory.server.ts";
import { fieldPaths } from "./field-paths.ts";

/** The last observation looked at. */
const CURSOR = "drift:cursor";
/** Some milliseconds of reading, between which the thread is everybody's. */
const SLICE = 40;
/** No event of Xendit's comes near; a body that large is not worth holding up a page for. */
const LARGEST = 256 * 1024;

/**
 * Looks at the next webhooks in the order they were captured. What is known of their fields, the notices and how far it got
 * are written together, so that a restart neither looks twice nor says a thing twice. `true` when more may be waiting.
 */
export async function followDrift(db: Database, memory: DriftMemory, now: Date): Promise<boolean> {
  const after = await readCursor(db);
  const rows = await readSlice(db, after);
  const last = rows.at(-1);
  if (!last) return false;
  for (const { bytes, masked, size, ...row } of rows) {
    const body = masked || size > LARGEST ? null : parseJsonObject(new TextDecoder().decode(bytes));
    if (body) await memory.see({ ...row, paths: fieldPaths(body) });
  }
  const cursor = cursorStatement(db, last.observationId, now);
  const written = await db.write([cursor, ...memory.takeStatements()]);
  if (!written.ok) throw new Error("What was seen of webhooks' fields could not be written");
  return rows.length === SLICE;
}

async function readCursor(db: Database): Promise<number> {
  const { settings } = db.tables;
  const [row] = await db.read
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.name, CURSOR))
    .limit(1);
  return typeof row?.value === "number" ? row.value : 0;
}

function readSlice(db: Database, after: number) {
  const { events, observations, bodies } = db.tables;
  return db.read
    .select({
      observationId: events.observationId,
      environment: events.environment,
      eventType: events.eventType,
      eventId: events.eventId,
      at: events.firstReceivedAt,
      masked: observations.masked,
      size: bodies.size,
      bytes: bodies.bytes,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(gt(events.observationId, after))
    .orderBy(asc(events.observationId))
    .limit(SLICE);
}

function cursorStatement(db: Database, value: number, now: Date): Statement {
  const row = { name: CURSOR, value, updatedAt: now.getTime() };
  const { name: _, ...changed } = row;
  const { settings } = db.tables;
  const query = db.read.insert(settings).values(row).onConflictDoUpdate({ target: settings.name, set: changed });
  return { query, rows: 1 };
}
