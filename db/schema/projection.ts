import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";
import type {
  Anomaly,
  Disagreement,
  Flag,
  IdentifierKind,
  LinkStrength,
  MissingWebhook,
  NetworkSource,
  Verification,
} from "../../app/xendit/projection.ts";

/**
 * The rows the fold makes (app/xendit/projection.ts). Nothing else writes them; `db:rebuild` empties and refills them.
 * Instants are UTC milliseconds, amounts whole minor units beside the digits as received.
 */
const environment = () => text("environment").$type<Environment>().notNull();

export const sessions = sqliteTable(
  "sessions",
  {
    environment: environment(),
    paymentSessionId: text("payment_session_id").notNull(),
    businessId: text("business_id"),
    referenceId: text("reference_id"),
    status: text("status").notNull(),
    mode: text("mode"),
    sessionType: text("session_type"),
    captureMethod: text("capture_method"),
    currency: text("currency"),
    amountRaw: text("amount_raw"),
    amountMinor: integer("amount_minor"),
    country: text("country"),
    customerId: text("customer_id"),
    paymentTokenId: text("payment_token_id"),
    createdAt: integer("created_at"),
    updatedAt: integer("updated_at"),
    expiresAt: integer("expires_at"),
    sortAt: integer("sort_at").notNull(),
    paymentRequestId: text("payment_request_id"),
    paymentRequestLink: text("payment_request_link").$type<LinkStrength>(),
    paymentRequestCount: integer("payment_request_count").notNull(),
    eci: text("eci"),
    cvn: text("cvn"),
    avs: text("avs"),
    missing: text("missing").$type<MissingWebhook>(),
    flags: text("flags", { mode: "json" }).$type<readonly Flag[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.paymentSessionId] }),
    index("sessions_by_time").on(table.environment, table.sortAt, table.paymentSessionId),
    index("sessions_by_status").on(table.environment, table.status, table.sortAt, table.paymentSessionId),
    index("sessions_by_eci").on(table.environment, table.eci, table.sortAt, table.paymentSessionId),
    index("sessions_by_cvn").on(table.environment, table.cvn, table.sortAt, table.paymentSessionId),
    index("sessions_by_avs").on(table.environment, table.avs, table.sortAt, table.paymentSessionId),
    index("sessions_by_currency").on(table.environment, table.currency, table.sortAt, table.paymentSessionId),
    index("sessions_by_missing").on(table.environment, table.missing, table.sortAt, table.paymentSessionId),
  ],
);

export const paymentRequests = sqliteTable(
  "payment_requests",
  {
    environment: environment(),
    paymentRequestId: text("payment_request_id").notNull(),
    businessId: text("business_id"),
    referenceId: text("reference_id"),
    status: text("status").notNull(),
    currency: text("currency"),
    amountRaw: text("amount_raw"),
    amountMinor: integer("amount_minor"),
    capturedMinor: integer("captured_minor"),
    capturedItemised: integer("captured_itemised", { mode: "boolean" }).notNull(),
    refundedMinor: integer("refunded_minor").notNull(),
    paymentId: text("payment_id"),
    paymentCount: integer("payment_count").notNull(),
    paymentSessionId: text("payment_session_id"),
    sessionLink: text("session_link").$type<LinkStrength>(),
    customerId: text("customer_id"),
    paymentTokenId: text("payment_token_id"),
    captureMethod: text("capture_method"),
    country: text("country"),
    channelCode: text("channel_code"),
    network: text("network"),
    networkFrom: text("network_from").$type<NetworkSource>(),
    threeDsFlow: text("three_ds_flow"),
    eci: text("eci"),
    cvn: text("cvn"),
    avs: text("avs"),
    response: text("response"),
    failureCode: text("failure_code"),
    createdAt: integer("created_at"),
    updatedAt: integer("updated_at"),
    capturedAt: integer("captured_at"),
    expiresAt: integer("expires_at"),
    sortAt: integer("sort_at").notNull(),
    missing: text("missing").$type<MissingWebhook>(),
    anomaly: text("anomaly").$type<Anomaly>(),
    flags: text("flags", { mode: "json" }).$type<readonly Flag[]>().notNull(),
    disagreements: text("disagreements", { mode: "json" }).$type<readonly Disagreement[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.paymentRequestId] }),
    index("payment_requests_by_time").on(table.environment, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_status").on(table.environment, table.status, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_eci").on(table.environment, table.eci, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_cvn").on(table.environment, table.cvn, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_avs").on(table.environment, table.avs, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_response").on(table.environment, table.response, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_currency").on(table.environment, table.currency, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_network").on(table.environment, table.network, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_flow").on(table.environment, table.threeDsFlow, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_failure").on(table.environment, table.failureCode, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_missing").on(table.environment, table.missing, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_anomaly").on(table.environment, table.anomaly, table.sortAt, table.paymentRequestId),
    index("payment_requests_by_amount").on(
      table.environment,
      table.currency,
      table.amountMinor,
      table.sortAt,
      table.paymentRequestId,
    ),
    index("payment_requests_by_session").on(table.environment, table.paymentSessionId),
    index("payment_requests_by_token").on(table.environment, table.paymentTokenId),
  ],
);

export const payments = sqliteTable(
  "payments",
  {
    environment: environment(),
    paymentId: text("payment_id").notNull(),
    paymentRequestId: text("payment_request_id").notNull(),
    businessId: text("business_id"),
    referenceId: text("reference_id"),
    status: text("status").notNull(),
    currency: text("currency"),
    amountRaw: text("amount_raw"),
    amountMinor: integer("amount_minor"),
    capturedMinor: integer("captured_minor"),
    capturedItemised: integer("captured_itemised", { mode: "boolean" }).notNull(),
    captureMethod: text("capture_method"),
    eci: text("eci"),
    cvn: text("cvn"),
    avs: text("avs"),
    response: text("response"),
    failureCode: text("failure_code"),
    createdAt: integer("created_at"),
    updatedAt: integer("updated_at"),
    capturedAt: integer("captured_at"),
    verification: text("verification", { mode: "json" }).$type<Verification>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.paymentId] }),
    index("payments_by_request").on(table.environment, table.paymentRequestId),
  ],
);

export const captures = sqliteTable(
  "captures",
  {
    environment: environment(),
    captureId: text("capture_id").notNull(),
    paymentId: text("payment_id").notNull(),
    paymentRequestId: text("payment_request_id").notNull(),
    businessId: text("business_id"),
    currency: text("currency"),
    amountRaw: text("amount_raw"),
    amountMinor: integer("amount_minor"),
    capturedAt: integer("captured_at"),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.captureId] }),
    index("captures_by_request").on(table.environment, table.paymentRequestId),
  ],
);

export const refunds = sqliteTable(
  "refunds",
  {
    environment: environment(),
    refundId: text("refund_id").notNull(),
    paymentRequestId: text("payment_request_id").notNull(),
    paymentId: text("payment_id"),
    businessId: text("business_id"),
    status: text("status").notNull(),
    reason: text("reason"),
    failureCode: text("failure_code"),
    currency: text("currency"),
    amountRaw: text("amount_raw"),
    amountMinor: integer("amount_minor"),
    createdAt: integer("created_at"),
    updatedAt: integer("updated_at"),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.refundId] }),
    index("refunds_by_request").on(table.environment, table.paymentRequestId),
  ],
);

export const disputes = sqliteTable(
  "disputes",
  {
    environment: environment(),
    disputeId: text("dispute_id").notNull(),
    paymentRequestId: text("payment_request_id").notNull(),
    paymentId: text("payment_id"),
    businessId: text("business_id"),
    status: text("status").notNull(),
    statusReason: text("status_reason"),
    currency: text("currency"),
    amountRaw: text("amount_raw"),
    amountMinor: integer("amount_minor"),
    dueAt: integer("due_at"),
    createdAt: integer("created_at"),
    updatedAt: integer("updated_at"),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.disputeId] }),
    index("disputes_by_request").on(table.environment, table.paymentRequestId),
  ],
);

/** Any value a person can paste, and the payment request (or lone session) it leads to. */
export const identifiers = sqliteTable(
  "identifiers",
  {
    environment: environment(),
    value: text("value").notNull(),
    kind: text("kind").$type<IdentifierKind>().notNull(),
    target: text("target").notNull(),
    businessId: text("business_id"),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.value, table.kind, table.target] }),
    // Holds the values too: SQLite would rather walk a whole environment of an index that does than look up one that does not.
    index("identifiers_by_target").on(table.environment, table.target, table.kind, table.value),
  ],
);

export const COUNT_DIMENSIONS = ["status", "eci", "cvn", "avs", "response", "failure", "decline"] as const;
export type CountDimension = (typeof COUNT_DIMENSIONS)[number];

/**
 * Payment requests per UTC hour of `sort_at`, moved whenever a row moves; a row whose count reaches zero is deleted, so
 * that a rebuild ends in identical rows. `code` is the value as received, `''` for none; so are business id and currency.
 * Every request counts once in each dimension, except `decline`, where only FAILED ones do: failure code, else response.
 */
export const hourlyCounts = sqliteTable(
  "hourly_counts",
  {
    environment: environment(),
    businessId: text("business_id").notNull(),
    /** The hour's first instant, UTC milliseconds. */
    hour: integer("hour").notNull(),
    currency: text("currency").notNull(),
    dimension: text("dimension").$type<CountDimension>().notNull(),
    code: text("code").notNull(),
    count: integer("count").notNull(),
    /** Sum of captured minor units of the counted requests; those whose captured amount is unknown add nothing. */
    capturedMinor: integer("captured_minor").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.environment, table.hour, table.dimension, table.code, table.currency, table.businessId],
    }),
  ],
);
