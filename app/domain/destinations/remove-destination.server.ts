import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import type { DestinationRefusal } from "./destination.ts";
import { findDestination } from "./destination-queries.server.ts";

/** Gone from every list, its token destroyed; past replays still name it. What was waiting for it fails. */
export async function removeDestination(
  db: Database,
  command: {
    readonly destinationId: string;
    readonly operator: Pick<Operator, "operatorId" | "email" | "can">;
    readonly now: Date;
  },
): Promise<Result<{ name: string }, DestinationRefusal>> {
  const { destinationId, operator, now } = command;
  const found = await findDestination(db, destinationId);
  if (!found) return refused("not_found");
  const isTheirs = found.createdBy === operator.operatorId || operator.can("destinations:write", "live");
  if (!isTheirs) return refused("not_yours");
  const { destinations, secrets } = db.tables;
  const written = await db.write([
    {
      query: db.read
        .update(destinations)
        .set({ removedAt: now.getTime(), tokenSecret: null })
        .where(and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt))),
      rows: 1,
    },
    { query: db.read.delete(secrets).where(eq(secrets.name, `destination.${destinationId}`)), rows: "any" },
    auditStatement(db, {
      operator,
      action: "destinations:write",
      subject: destinationId,
      detail: { removed: found.name },
      now,
    }),
  ]);
  return written.ok ? ok({ name: found.name }) : refused("not_found");
}
