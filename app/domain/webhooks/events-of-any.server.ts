import { inArray, type SQL } from "drizzle-orm";
import { union } from "drizzle-orm/sqlite-core";
import type { Database } from "~/db.server.ts";

/**
 * The events for which one of two conditions holds, each looked up in its own index. Asked for one or the other, SQLite
 * walks every event of an environment; for the same reason the environment belongs into both and not beside them.
 */
export function eventsOfAny({ read, tables: { events } }: Database, one: SQL | undefined, other: SQL | undefined): SQL {
  const ids = (where: SQL | undefined) => read.select({ eventId: events.eventId }).from(events).where(where);
  return inArray(events.eventId, union(ids(one), ids(other)));
}
