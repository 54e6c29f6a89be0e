import { and, asc, desc, eq, sql } from "drizzle-orm";
import { alive, type Database, type Tables } from "~/db.server.ts";
import { isDeadline } from "~/lib/is-deadline.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";

type Group = Pick<Tables["reconciliationGroups"]["$inferSelect"], "environment" | "groupKey" | "occurredAt">;

/** Keys; `null` where there is none. */
export interface Neighbours {
  readonly newer: string | null;
  readonly older: string | null;
}

/** How long a page waits for its way on. */
const DEADLINE_MS = 1_500;

/** The open exceptions before and after this one, in the order of the work list. */
export async function findNeighbours(db: Database, scope: Scope, group: Group): Promise<Neighbours> {
  const { reconciliationGroups: table } = db.tables;
  // Among the rows of all businesses those of a few may be far between.
  const isFar = scope.businessIds !== null;
  const reader = isFar ? db.heavy({ deadlineMs: DEADLINE_MS }) : db.read;
  const find = async (side: "newer" | "older") => {
    const edge = sql`(${table.occurredAt}, ${table.groupKey})`;
    const here = sql`(${group.occurredAt}, ${group.groupKey})`;
    const order = side === "newer" ? asc : desc;
    const [row] = await reader
      .select({ groupKey: table.groupKey })
      .from(table)
      .where(
        and(
          isFar ? alive : undefined,
          eq(table.environment, group.environment),
          eq(table.state, "open"),
          side === "newer" ? sql`${edge} > ${here}` : sql`${edge} < ${here}`,
          inBusiness(table.businessId, scope),
        ),
      )
      .orderBy(order(table.occurredAt), order(table.groupKey))
      .limit(1);
    return row?.groupKey ?? null;
  };
  try {
    const [newer, older] = await Promise.all([find("newer"), find("older")]);
    return { newer, older };
  } catch (error) {
    if (isDeadline(error)) return { newer: null, older: null };
    throw error;
  }
}
