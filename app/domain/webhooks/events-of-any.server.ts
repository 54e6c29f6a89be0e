import { inArray, type SQL } from "drizzle-orm";
import { union } from "drizzle-orm/sqlite-core";
import type { Database } from "~/db.server.ts";

/**
 * The events for which any of these conditions holds, each looked up in its own index. Asked for one or the other, or for
 * an order besides, SQLite walks every event of an environment; for the same reason the environment belongs into each
 * condition and not beside them.
 */
export function eventsOfAny(
  { read, tables: { events } }: Database,
  ...conditions: readonly [SQL | undefined, ...(SQL | undefined)[]]
): SQL {
  const ids = (where: SQL | undefined) => read.select({ eventId: events.eventId }).from(events).where(where);
  const [first, second, ...rest] = conditions.map(ids);
  if (!first) throw new Error("No condition was given");
  return inArray(events.eventId, second ? union(first, second, ...rest) : first);
}
