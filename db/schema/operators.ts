import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";
import type { ListName } from "./support.ts";

export type Role = "admin" | "finance" | "support" | "merchant" | "viewer";

export interface Preferences {
  readonly zone?: string;
  readonly density?: "comfortable" | "compact";
  readonly theme?: "system" | "light" | "dark";
  readonly shortcuts?: boolean;
  readonly rail?: "full" | "icons";
  /** By list, the ids of its shown columns in order; absent is the list's own choice. */
  readonly columns?: Partial<Record<ListName, readonly string[]>>;
}

export const operators = sqliteTable(
  "operators",
  {
    operatorId: text("operator_id").primaryKey(),
    /** Lower-cased. */
    email: text("email").notNull(),
    passwordHash: text("password_hash").notNull(),
    role: text("role").$type<Role>().notNull(),
    /** `null` is every environment the role may see. */
    environments: text("environments", { mode: "json" }).$type<readonly Environment[]>(),
    /** `null` is every business id. */
    businessIds: text("business_ids", { mode: "json" }).$type<readonly string[]>(),
    preferences: text("preferences", { mode: "json" }).$type<Preferences>().notNull(),
    createdAt: integer("created_at").notNull(),
    disabledAt: integer("disabled_at"),
  },
  (table) => [uniqueIndex("operators_by_email").on(table.email)],
);

export const operatorSessions = sqliteTable(
  "operator_sessions",
  {
    /** HMAC-SHA-256 of the cookie's token under SESSION_SECRET. */
    tokenDigest: text("token_digest").primaryKey(),
    operatorId: text("operator_id")
      .notNull()
      .references(() => operators.operatorId),
    createdAt: integer("created_at").notNull(),
    seenAt: integer("seen_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [index("operator_sessions_by_operator").on(table.operatorId)],
);

/** The one-time link for the first administrator: hashed, 60 minutes, void once any operator exists. */
export const firstLinks = sqliteTable("first_links", {
  tokenDigest: text("token_digest").primaryKey(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
  spentAt: integer("spent_at"),
});

/** Failed sign-ins, for throttling by e-mail and by address. Pruned after a day. */
export const signInFailures = sqliteTable(
  "sign_in_failures",
  {
    failureId: integer("failure_id").primaryKey({ autoIncrement: true }),
    email: text("email").notNull(),
    address: text("address").notNull(),
    failedAt: integer("failed_at").notNull(),
  },
  (table) => [
    index("sign_in_failures_by_email").on(table.email, table.failedAt),
    index("sign_in_failures_by_address").on(table.address, table.failedAt),
  ],
);

export const auditEntries = sqliteTable(
  "audit_entries",
  {
    auditId: text("audit_id").primaryKey(),
    at: integer("at").notNull(),
    operatorId: text("operator_id"),
    /** As it was then; `system` when nobody did it. */
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    environment: text("environment").$type<Environment>(),
    subject: text("subject"),
    reason: text("reason"),
    detail: text("detail", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index("audit_entries_by_time").on(table.at, table.auditId)],
);
