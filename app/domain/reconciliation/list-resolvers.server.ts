import { asc, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { may } from "../operators/permissions.ts";

export interface Resolver {
  readonly operatorId: string;
  readonly email: string;
  /** `null` is every business. */
  readonly businessIds: readonly string[] | null;
}

/** Who may resolve exceptions of an environment, by e-mail: those one can be assigned to. */
export async function listResolvers(db: Database, environment: Environment): Promise<readonly Resolver[]> {
  const { operators: table } = db.tables;
  const rows = await db.read
    .select({
      operatorId: table.operatorId,
      email: table.email,
      role: table.role,
      environments: table.environments,
      businessIds: table.businessIds,
    })
    .from(table)
    .where(isNull(table.disabledAt))
    .orderBy(asc(table.email));
  return rows
    .filter(
      ({ role, environments }) =>
        may(role, "reconciliation:resolve", environment) && (environments?.includes(environment) ?? true),
    )
    .map(({ operatorId, email, businessIds }) => ({ operatorId, email, businessIds }));
}

/** Whether they see a group: one of no business is for those who see all. */
export function maySee({ businessIds }: Resolver, { businessId }: { readonly businessId: string | null }): boolean {
  return businessIds === null || (businessId !== null && businessIds.includes(businessId));
}
