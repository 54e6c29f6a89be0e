import { and, asc, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { operatorFor } from "../operators/operator.ts";
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

/** `createdBy` decides who may remove it and what may be sent to it; it is not for pages. */
export async function findDestination(
  db: Database,
  destinationId: string,
): Promise<(DestinationRow & { readonly createdBy: string }) | null> {
  const { destinations } = db.tables;
  const [row] = await db.read
    .select()
    .from(destinations)
    .where(and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt)));
  return row ? { ...asRow(row), createdBy: row.createdBy } : null;
}

/**
 * Whether live webhooks may go to what this operator added. A destination has no environment of its own, so it reaches as
 * far as whoever chose its URL.
 */
export async function mayAddForLive(db: Database, operatorId: string): Promise<boolean> {
  const { operators } = db.tables;
  const [found] = await db.read.select().from(operators).where(eq(operators.operatorId, operatorId));
  return found ? operatorFor(found, "destinations:write").can("destinations:write", "live") : false;
}

function asRow(row: Database["tables"]["destinations"]["$inferSelect"]): DestinationRow {
  const { destinationId, name, url, tokenSecret, createdAt } = row;
  return { destinationId, name, url, hasToken: tokenSecret !== null, createdAt };
}
