import { and, asc, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { DestinationRow } from "./destination.ts";

/** Every destination that was not removed. Few: they are typed by hand. */
export async function listDestinations(db: Database): Promise<readonly DestinationRow[]> {
  const { destinations } = db.tables;
  const rows = await db.read
    .select()
    .from(destinations)
    .where(isNull(destinations.removedAt))
    .orderBy(asc(destinations.name));
  return rows.map(asRow);
}

export async function findDestination(db: Database, destinationId: string): Promise<DestinationRow | null> {
  const { destinations } = db.tables;
  const [row] = await db.read
    .select()
    .from(destinations)
    .where(and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt)));
  return row ? asRow(row) : null;
}

function asRow(row: Database["tables"]["destinations"]["$inferSelect"]): DestinationRow {
  const { destinationId, name, url, tokenSecret, createdAt } = row;
  return { destinationId, name, url, hasToken: tokenSecret !== null, createdAt };
}
