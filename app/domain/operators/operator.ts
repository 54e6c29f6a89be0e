import type { Preferences, Role } from "../../db.server.ts";
import { ENVIRONMENTS, type Environment } from "../../lib/environment.ts";
import type { Scope } from "../../lib/scope.ts";
import { environmentsOf, type Permission } from "./permissions.ts";

/** Somebody signed in, as pages and commands see them. */
export interface Operator {
  readonly operatorId: string;
  readonly email: string;
  readonly role: Role;
  /** Already narrowed to the permission it was asked with. */
  readonly scope: Scope;
  readonly preferences: Preferences;
  can(permission: Permission, environment?: Environment): boolean;
}

/** What the store keeps of an operator, without the password. */
export interface StoredOperator {
  readonly operatorId: string;
  readonly email: string;
  readonly role: Role;
  readonly environments: readonly Environment[] | null;
  readonly businessIds: readonly string[] | null;
  readonly preferences: Preferences;
}

/** The operator as seen through one permission: the scope is the role's reach within the operator's own limits. */
export function operatorFor(stored: StoredOperator, permission: Permission): Operator {
  const reach = (asked: Permission): readonly Environment[] =>
    environmentsOf(stored.role, asked).filter(
      (one) => stored.environments === null || stored.environments.includes(one),
    );
  return {
    operatorId: stored.operatorId,
    email: stored.email,
    role: stored.role,
    preferences: stored.preferences,
    scope: { environments: reach(permission), businessIds: stored.businessIds },
    can: (asked, environment) =>
      environment === undefined ? reach(asked).length > 0 : reach(asked).includes(environment),
  };
}

/** Whether everything somebody with these limits sees lies within the scope; no limits are the widest there are. */
export function isWithin(scope: Scope, limits: Pick<StoredOperator, "environments" | "businessIds">): boolean {
  const { businessIds } = scope;
  const environments = limits.environments ?? ENVIRONMENTS;
  if (!environments.every((one) => scope.environments.includes(one))) return false;
  return businessIds === null || (limits.businessIds?.every((one) => businessIds.includes(one)) ?? false);
}

/** E-mail addresses compare without case and outer space. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
