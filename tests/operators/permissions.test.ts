import { describe, expect, it } from "vitest";
import type { Role } from "~/db.server.ts";
import { operatorFor } from "~/domain/operators/operator.ts";
import {
  environmentsOf,
  may,
  PERMISSIONS,
  type Permission,
  type Reach,
  ROLES,
} from "~/domain/operators/permissions.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";

/** RULES 7, written out cell by cell and apart from the code: admin, finance, support, merchant, viewer. */
const table: Record<Permission, readonly [Reach, Reach, Reach, Reach, Reach]> = {
  "payments:read": ["all", "all", "all", "s+t", "all"],
  "pii:reveal": ["all", "none", "all", "none", "none"],
  "export:csv": ["all", "all", "all", "s+t", "none"],
  "sessions:create": ["s+t", "none", "s+t", "s+t", "none"],
  "xendit:check": ["all", "all", "all", "s+t", "none"],
  "notes:write": ["all", "all", "all", "s+t", "none"],
  "webhooks:reprocess": ["all", "none", "all", "s+t", "none"],
  "quarantine:set-aside": ["all", "none", "all", "none", "none"],
  "replays:send": ["all", "none", "all", "s+t", "none"],
  "replays:bulk": ["all", "none", "none", "s+t", "none"],
  "destinations:write": ["all", "none", "none", "s+t", "none"],
  "webhooks:expunge": ["all", "none", "none", "none", "none"],
  "demo:clear": ["all", "none", "none", "none", "none"],
  "reconciliation:read": ["all", "all", "all", "none", "all"],
  "reconciliation:import": ["all", "all", "none", "none", "none"],
  "reconciliation:resolve": ["all", "all", "none", "none", "none"],
  "reconciliation:write-off": ["all", "all", "none", "none", "none"],
  "reconciliation:close": ["all", "all", "none", "none", "none"],
  "reconciliation:reopen": ["all", "none", "none", "none", "none"],
  "reconciliation:rules": ["all", "none", "none", "none", "none"],
  "sandbox:configure": ["all", "none", "none", "all", "none"],
  "settings:write": ["all", "none", "none", "none", "none"],
  "tokens:write": ["all", "none", "none", "none", "none"],
  "operators:write": ["all", "none", "none", "none", "none"],
  "audit:read": ["all", "none", "none", "none", "none"],
  "tokens:own": ["all", "all", "all", "all", "none"],
};

const cells = (Object.keys(table) as Permission[]).flatMap((permission) =>
  ROLES.map((role, index) => ({ permission, role, reach: table[permission][index] ?? "none" })),
);

describe("who may", () => {
  it("knows every permission of the table and no other", () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(table).sort());
  });

  it.each(cells)("$role · $permission: $reach", ({ permission, role, reach }) => {
    const expected: readonly string[] = { all: ["sandbox", "test", "live"], "s+t": ["sandbox", "test"], none: [] }[
      reach
    ];
    expect(environmentsOf(role, permission)).toEqual(expected);
    expect(may(role, permission)).toBe(reach !== "none");
    for (const environment of ENVIRONMENTS) {
      expect(may(role, permission, environment)).toBe(expected.includes(environment));
    }
  });
});

describe("an operator's scope", () => {
  const stored = (role: Role, limits: Partial<Parameters<typeof operatorFor>[0]> = {}) => ({
    operatorId: "op_1",
    email: "a@example.com",
    role,
    environments: null,
    businessIds: null,
    preferences: {},
    ...limits,
  });

  it("is the role's reach when the operator has no limits", () => {
    expect(operatorFor(stored("merchant"), "payments:read").scope).toEqual({
      environments: ["sandbox", "test"],
      businessIds: null,
    });
  });

  it("never goes beyond the operator's own environments and business ids", () => {
    const operator = operatorFor(stored("admin", { environments: ["live"], businessIds: ["b1"] }), "payments:read");
    expect(operator.scope).toEqual({ environments: ["live"], businessIds: ["b1"] });
    expect(operator.can("payments:read", "live")).toBe(true);
    expect(operator.can("payments:read", "sandbox")).toBe(false);
    // The permission is there, but in no environment that is left.
    expect(operator.can("sessions:create")).toBe(false);
  });
});
