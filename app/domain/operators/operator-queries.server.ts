import { asc, eq, max } from "drizzle-orm";
import type { Database } from "../../db.server.ts";

export type OperatorRow = Awaited<ReturnType<typeof listOperators>>[number];

/** Everybody who may or might sign in; there are dozens of them, not thousands. */
export async function listOperators(db: Database) {
  const { operators, operatorSessions } = db.tables;
  return await db.read
    .select({
      operatorId: operators.operatorId,
      email: operators.email,
      role: operators.role,
      environments: operators.environments,
      businessIds: operators.businessIds,
      createdAt: operators.createdAt,
      disabledAt: operators.disabledAt,
      seenAt: max(operatorSessions.seenAt),
    })
    .from(operators)
    .leftJoin(operatorSessions, eq(operatorSessions.operatorId, operators.operatorId))
    .groupBy(operators.operatorId)
    .orderBy(asc(operators.email));
}
