import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "../../db/database.ts";

/** Every row the fold made, and the counters, in an order of their own: two stores that know the same must be equal. */
export async function projectedRows(db: Database): Promise<Record<string, readonly string[]>> {
  const { sessions, paymentRequests, payments, captures, refunds, disputes, identifiers, hourlyCounts } = db.tables;
  const tables = { sessions, paymentRequests, payments, captures, refunds, disputes, identifiers, hourlyCounts };
  const rows = Object.entries(tables).map(async ([name, table]) => [name, await sortedRows(db, table)] as const);
  return Object.fromEntries(await Promise.all(rows));
}

/** What the store says of each event, whatever its own id: by its key's and content's digest. */
export async function eventStates(db: Database): Promise<readonly string[]> {
  const { events, observations } = db.tables;
  const rows = await db.read.select().from(events);
  const keys = new Map((await db.read.select().from(observations)).map((row) => [row.observationId, row]));
  return rows
    .map(({ observationId, state, reason, paymentRequestId }) => {
      const { dedupeKey, contentDigest } = keys.get(observationId) ?? {};
      return JSON.stringify([dedupeKey, contentDigest, state, reason, paymentRequestId]);
    })
    .sort();
}

async function sortedRows(db: Database, table: SQLiteTable): Promise<readonly string[]> {
  const rows = await db.read.select().from(table);
  return rows.map((row) => JSON.stringify(row)).sort();
}
