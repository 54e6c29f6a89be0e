import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * The stand-in for Xendit keeps its state here, apart from the desk's (no foreign key crosses over). `body` columns hold
 * the object as the API answers it, as JSON text: amounts keep their digits, so it is never read by `JSON.parse`. No card
 * number and no CVN is ever among it: both are dropped before a handler sees the request.
 */
export const sandboxSettings = sqliteTable("sandbox_settings", {
  name: text("name").primaryKey(),
  value: text("value", { mode: "json" }).$type<unknown>().notNull(),
  updatedAt: integer("updated_at").notNull(),
});

export const sandboxCustomers = sqliteTable(
  "sandbox_customers",
  {
    customerId: text("customer_id").primaryKey(),
    referenceId: text("reference_id").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [uniqueIndex("sandbox_customers_by_reference").on(table.referenceId)],
);

export const sandboxSessions = sqliteTable(
  "sandbox_sessions",
  {
    paymentSessionId: text("payment_session_id").primaryKey(),
    status: text("status").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    body: text("body").notNull(),
    /** What the tester chose for this session's tries; never part of a body. */
    levers: text("levers", { mode: "json" }).$type<Readonly<Record<string, unknown>>>().notNull(),
  },
  (table) => [index("sandbox_sessions_by_expiry").on(table.status, table.expiresAt)],
);

/**
 * One try at a session's card step: the 3-D Secure challenge, then the authorization. `dueAt` is when the stage ends by
 * itself: a challenge expires, a settling try gets its result.
 */
export const sandboxTries = sqliteTable(
  "sandbox_tries",
  {
    /** 24 hex; it is in the challenge page's address. */
    authenticationId: text("authentication_id").primaryKey(),
    paymentSessionId: text("payment_session_id").notNull(),
    paymentRequestId: text("payment_request_id"),
    paymentTokenId: text("payment_token_id"),
    stage: text("stage").$type<"challenge" | "settling" | "done">().notNull(),
    dueAt: integer("due_at").notNull(),
    createdAt: integer("created_at").notNull(),
    /** Card (masked), levers, and once known the 3-D Secure outcome and its time. */
    plan: text("plan", { mode: "json" }).$type<unknown>().notNull(),
  },
  (table) => [
    index("sandbox_tries_by_session").on(table.paymentSessionId),
    index("sandbox_tries_due").on(table.stage, table.dueAt),
  ],
);

export const sandboxPaymentRequests = sqliteTable(
  "sandbox_payment_requests",
  {
    paymentRequestId: text("payment_request_id").primaryKey(),
    paymentSessionId: text("payment_session_id").notNull(),
    status: text("status").notNull(),
    createdAt: integer("created_at").notNull(),
    body: text("body").notNull(),
  },
  (table) => [index("sandbox_payment_requests_by_session").on(table.paymentSessionId)],
);

export const sandboxPayments = sqliteTable(
  "sandbox_payments",
  {
    paymentId: text("payment_id").primaryKey(),
    paymentRequestId: text("payment_request_id").notNull(),
    status: text("status").notNull(),
    createdAt: integer("created_at").notNull(),
    /** When an authorization lapses; `null` unless AUTHORIZED. */
    expiresAt: integer("expires_at"),
    body: text("body").notNull(),
  },
  (table) => [
    index("sandbox_payments_by_request").on(table.paymentRequestId),
    index("sandbox_payments_by_expiry").on(table.status, table.expiresAt),
    index("sandbox_payments_by_time").on(table.createdAt, table.paymentId),
  ],
);

/** Cards saved through the sandbox; the ones every installation has are in app/sandbox/saved-cards.ts. */
export const sandboxTokens = sqliteTable(
  "sandbox_tokens",
  {
    paymentTokenId: text("payment_token_id").primaryKey(),
    status: text("status").notNull(),
    createdAt: integer("created_at").notNull(),
    body: text("body").notNull(),
    /** Masked card and how it behaves at 3-D Secure. */
    card: text("card", { mode: "json" }).$type<unknown>().notNull(),
  },
  (table) => [index("sandbox_tokens_by_status").on(table.status, table.createdAt)],
);

export const sandboxRefunds = sqliteTable(
  "sandbox_refunds",
  {
    refundId: text("refund_id").primaryKey(),
    paymentRequestId: text("payment_request_id").notNull(),
    status: text("status").notNull(),
    amountMinor: integer("amount_minor").notNull(),
    dueAt: integer("due_at").notNull(),
    createdAt: integer("created_at").notNull(),
    body: text("body").notNull(),
  },
  (table) => [
    index("sandbox_refunds_by_request").on(table.paymentRequestId),
    index("sandbox_refunds_due").on(table.status, table.dueAt),
    index("sandbox_refunds_by_time").on(table.createdAt, table.refundId),
  ],
);

/** A webhook the sandbox has to tell. Its id is the `webhook-id` header, the same in every attempt. */
export const sandboxEvents = sqliteTable("sandbox_events", {
  webhookId: text("webhook_id").primaryKey(),
  event: text("event").notNull(),
  /** The envelope without `created`, which is the time of each attempt. */
  body: text("body").notNull(),
  withId: integer("with_id", { mode: "boolean" }).notNull(),
  createdAt: integer("created_at").notNull(),
});

/** The outbox: one event to one receiver. */
export const sandboxDeliveries = sqliteTable(
  "sandbox_deliveries",
  {
    deliveryId: integer("delivery_id").primaryKey({ autoIncrement: true }),
    webhookId: text("webhook_id")
      .notNull()
      .references(() => sandboxEvents.webhookId),
    target: text("target").$type<"paydesk" | "merchant">().notNull(),
    state: text("state").$type<"waiting" | "delivered" | "failed">().notNull(),
    attempts: integer("attempts").notNull(),
    nextAttemptAt: integer("next_attempt_at").notNull(),
    /** HTTP status as text, or timeout, refused, blocked. */
    outcome: text("outcome"),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    index("sandbox_deliveries_due").on(table.state, table.nextAttemptAt),
    index("sandbox_deliveries_by_event").on(table.webhookId),
  ],
);
