import { and, eq, isNull } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Operator } from "../operators/operator.ts";
import { type DestinationDetail, mayChange } from "./destination.ts";
import { findDestination } from "./destination-queries.server.ts";

/** An operator whose scope is narrowed to `destinations:write`. */
export type Changer = Pick<Operator, "operatorId" | "email" | "scope" | "can">;

/** Where every change begins: it is there for them, and theirs to change. */
export async function findChangeable(
  db: Database,
  { destinationId, operator }: { destinationId: string; operator: Changer },
): Promise<Result<DestinationDetail, "not_found" | "not_yours">> {
  const found = await findDestination(db, operator.scope, destinationId);
  if (!found) return refused("not_found");
  return mayChange(operator, { createdBy: found.createdBy.operatorId }) ? ok(found) : refused("not_yours");
}

/** A change of its row; one row, unless it was removed meanwhile. */
export function rowStatement(
  db: Database,
  destinationId: string,
  values: Partial<Database["tables"]["destinations"]["$inferInsert"]>,
): Statement {
  const { destinations } = db.tables;
  const there = and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt));
  return { query: db.read.update(destinations).set(values).where(there), rows: 1 };
}

/**
 * Holds a name to one destination: last in a write, it counts who bears it then. Two forms that take it at once are one
 * after the other for the writer, and the second is rolled back.
 */
export function oneOfThisName(db: Database, name: string): Statement {
  const { destinations } = db.tables;
  const bearers = and(eq(destinations.name, name), isNull(destinations.removedAt));
  return { query: db.read.update(destinations).set({ name }).where(bearers), rows: 1 };
}
