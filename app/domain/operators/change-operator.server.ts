import { and, eq, exists, isNull, ne, or, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Database, Role } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { ok, type Result, refused } from "../../lib/result.ts";
import { revokeTokensOf } from "../tokens/revoke-token.server.ts";
import { auditStatement } from "./audit.server.ts";
import { isWithin, type Operator, type StoredOperator } from "./operator.ts";
import { endSessionsOf } from "./operator-session.server.ts";
import { hashPassword } from "./passwords.server.ts";

export type OperatorChange =
  | {
      readonly kind: "access";
      readonly role: Role;
      readonly environments: readonly Environment[] | null;
      readonly businessIds: readonly string[] | null;
    }
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "disable" }
  | { readonly kind: "enable" };

export type ChangeRefusal = "not_changed" | "beyond_reach";
export const changeRefusals: Record<ChangeRefusal, string> = {
  not_changed: "Nothing was changed: one administrator who can sign in must remain, and the operator must still exist.",
  beyond_reach:
    "You can add and change only operators whose environments and business ids lie within your own, before and after.",
};

/**
 * Changes an operator and ends their sessions, so that what they may do changes now and not at their next sign-in; whoever
 * is disabled loses their access tokens for good, while the other changes hold for tokens by themselves. That
 * an administrator remains is part of the `where`: two changes at once cannot both see the other one left. So are the
 * limits that were found to lie within those of whoever changes them.
 */
export async function changeOperator(
  db: Database,
  { operatorId, change, by, now }: { operatorId: string; change: OperatorChange; by: Operator; now: Date },
): Promise<Result<null, ChangeRefusal>> {
  const { operators } = db.tables;
  const limits = await findLimits(db, operatorId);
  if (!limits) return refused("not_changed");
  if (!isWithin(by.scope, limits) || (change.kind === "access" && !isWithin(by.scope, change))) {
    return refused("beyond_reach");
  }
  const values = await valuesOf(change, now);
  const losesAdmin = change.kind === "disable" || (change.kind === "access" && change.role !== "admin");
  const query = db.read
    .update(operators)
    .set(values)
    .where(
      and(
        eq(operators.operatorId, operatorId),
        hasLimits(db, limits),
        losesAdmin ? isNotLastAdmin(db, operatorId) : undefined,
      ),
    );
  const { kind, ...detail } = change.kind === "password" ? { kind: change.kind } : change;
  const outcome = await db.write([
    { query, rows: 1 },
    endSessionsOf(db, operatorId),
    ...(change.kind === "disable" ? [revokeTokensOf(db, operatorId, now)] : []),
    auditStatement(db, { operator: by, action: `operators:${kind}`, subject: operatorId, detail, now }),
  ]);
  return outcome.ok ? ok(null) : refused("not_changed");
}

type Limits = Pick<StoredOperator, "environments" | "businessIds">;

async function findLimits({ read, tables: { operators } }: Database, operatorId: string): Promise<Limits | null> {
  const [found] = await read
    .select({ environments: operators.environments, businessIds: operators.businessIds })
    .from(operators)
    .where(eq(operators.operatorId, operatorId));
  return found ?? null;
}

function hasLimits({ tables: { operators } }: Database, { environments, businessIds }: Limits): SQL | undefined {
  return and(
    environments === null ? isNull(operators.environments) : eq(operators.environments, environments),
    businessIds === null ? isNull(operators.businessIds) : eq(operators.businessIds, businessIds),
  );
}

async function valuesOf(change: OperatorChange, now: Date) {
  if (change.kind === "password") return { passwordHash: await hashPassword(change.password) };
  if (change.kind === "disable") return { disabledAt: now.getTime() };
  if (change.kind === "enable") return { disabledAt: null };
  return { role: change.role, environments: change.environments, businessIds: change.businessIds };
}

function isNotLastAdmin(db: Database, operatorId: string): SQL | undefined {
  const { operators } = db.tables;
  const other = alias(operators, "other");
  const otherAdmin = db.read
    .select({ operatorId: other.operatorId })
    .from(other)
    .where(and(eq(other.role, "admin"), isNull(other.disabledAt), ne(other.operatorId, operatorId)));
  return or(ne(operators.role, "admin"), exists(otherAdmin));
}
