import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";

/** What operators add to payments while they look after them. None of it takes part in the fold. */

/** A colleague's words on a payment, plain text. Of a removed one stay author and times; its text is gone. */
export const notes = sqliteTable(
  "notes",
  {
    noteId: text("note_id").primaryKey(),
    environment: text("environment").$type<Environment>().notNull(),
    paymentRequestId: text("payment_request_id").notNull(),
    operatorId: text("operator_id").notNull(),
    /** Their e-mail as it was then. */
    author: text("author").notNull(),
    text: text("text").notNull(),
    at: integer("at").notNull(),
    removedAt: integer("removed_at"),
    removedBy: text("removed_by"),
  },
  (table) => [index("notes_by_request").on(table.environment, table.paymentRequestId, table.at)],
);

/** One call of a check with Xendit. The answer itself is an observation; a call that failed has none. */
export interface CheckAnswer {
  readonly subject: "session" | "payment_request" | "payment" | "token";
  readonly id: string;
  /** HTTP status; `null` when no answer came. */
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
  readonly latencyMs: number;
  readonly observationId: number | null;
  readonly observed: "new" | "known" | null;
}

/** *Check with Xendit*: who asked about what, and how each call went. */
export const checks = sqliteTable(
  "checks",
  {
    checkId: text("check_id").primaryKey(),
    environment: text("environment").$type<Environment>().notNull(),
    /** `null` when what was asked about led to no payment. */
    paymentRequestId: text("payment_request_id"),
    askedId: text("asked_id").notNull(),
    operatorId: text("operator_id").notNull(),
    askedBy: text("asked_by").notNull(),
    at: integer("at").notNull(),
    answers: text("answers", { mode: "json" }).$type<readonly CheckAnswer[]>().notNull(),
  },
  (table) => [
    index("checks_by_request").on(table.environment, table.paymentRequestId, table.at),
    index("checks_by_operator").on(table.operatorId, table.at),
  ],
);

export type ListName = "payments" | "sessions" | "webhooks";

/** A list's filters under a name. The search is checked again whenever it is opened. */
export const savedViews = sqliteTable(
  "saved_views",
  {
    viewId: text("view_id").primaryKey(),
    operatorId: text("operator_id").notNull(),
    list: text("list").$type<ListName>().notNull(),
    name: text("name").notNull(),
    /** Search params without the cursor, without a leading question mark. */
    search: text("search").notNull(),
    shared: integer("shared", { mode: "boolean" }).notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("saved_views_by_operator").on(table.operatorId, table.list, table.name),
    index("saved_views_shared").on(table.shared, table.list, table.name),
  ],
);

/** What an operator looked up last. Labels hold no personal data. */
export const lookups = sqliteTable(
  "lookups",
  {
    operatorId: text("operator_id").notNull(),
    environment: text("environment").$type<Environment>().notNull(),
    target: text("target").notNull(),
    kind: text("kind").$type<"payment" | "session" | "webhook">().notNull(),
    label: text("label").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.operatorId, table.environment, table.target] }),
    index("lookups_by_time").on(table.operatorId, table.at),
  ],
);
