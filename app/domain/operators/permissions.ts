import type { Role } from "../../db.server.ts";
import { ENVIRONMENTS, type Environment } from "../../lib/environment.ts";

/** RULES 7 as code. Pure and browser-safe: pages use it to leave out what an operator may not do. */

export const ROLES = ["admin", "finance", "support", "merchant", "viewer"] as const satisfies readonly Role[];

export const roleLabel: Record<Role, string> = {
  admin: "Administrator",
  finance: "Finance",
  support: "Support",
  merchant: "Merchant developer",
  viewer: "Viewer",
};

/** Where a role holds a permission: everywhere, in sandbox and test only, or nowhere. */
export type Reach = "all" | "s+t" | "none";

const everyone = { admin: "all", finance: "all", support: "all", merchant: "all", viewer: "all" } as const;
const adminOnly = { admin: "all", finance: "none", support: "none", merchant: "none", viewer: "none" } as const;
const reads = { ...everyone, merchant: "s+t" } as const;
const works = { ...reads, viewer: "none" } as const;
const handles = { ...works, finance: "none" } as const;
const reconciles = { ...adminOnly, finance: "all" } as const;

export const PERMISSIONS = {
  "payments:read": reads,
  "pii:reveal": { ...adminOnly, support: "all" },
  "export:csv": works,
  // Live keys never start sessions, whoever asks.
  "sessions:create": { admin: "s+t", finance: "none", support: "s+t", merchant: "s+t", viewer: "none" },
  "xendit:check": works,
  "notes:write": works,
  "webhooks:reprocess": handles,
  "quarantine:set-aside": { ...adminOnly, support: "all" },
  "replays:send": handles,
  "replays:bulk": { ...adminOnly, merchant: "s+t" },
  "destinations:write": { ...adminOnly, merchant: "s+t" },
  "webhooks:expunge": adminOnly,
  "demo:clear": adminOnly,
  "reconciliation:read": { ...reads, merchant: "none" },
  "reconciliation:import": reconciles,
  "reconciliation:resolve": reconciles,
  "reconciliation:write-off": reconciles,
  "reconciliation:close": reconciles,
  "reconciliation:reopen": adminOnly,
  "reconciliation:rules": adminOnly,
  "sandbox:configure": { ...adminOnly, merchant: "all" },
  "settings:write": adminOnly,
  "tokens:write": adminOnly,
  "operators:write": adminOnly,
  "audit:read": adminOnly,
  "tokens:own": { ...everyone, viewer: "none" },
} as const satisfies Record<string, Record<Role, Reach>>;

export type Permission = keyof typeof PERMISSIONS;

/** The environments in which a role holds a permission; empty when it does not hold it at all. */
export function environmentsOf(role: Role, permission: Permission): readonly Environment[] {
  const reach: Reach = PERMISSIONS[permission][role];
  if (reach === "none") return [];
  return reach === "all" ? ENVIRONMENTS : ENVIRONMENTS.filter((environment) => environment !== "live");
}

/** Whether a role holds a permission in an environment; without one, whether it holds it anywhere. */
export function may(role: Role, permission: Permission, environment?: Environment): boolean {
  const environments = environmentsOf(role, permission);
  return environment === undefined ? environments.length > 0 : environments.includes(environment);
}
