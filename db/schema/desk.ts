import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";
import type { Exchange } from "../../app/xendit/exchange.ts";

/** What operators set and do: settings, secrets, test sessions, destinations, replays. */

export const settings = sqliteTable("settings", {
  name: text("name").primaryKey(),
  value: text("value", { mode: "json" }).$type<unknown>().notNull(),
  updatedAt: integer("updated_at").notNull(),
});

/** Sealed with ENCRYPTION_KEY (lib/seal.server.ts): the sandbox's keys and token, destinations' tokens. */
export const secrets = sqliteTable("secrets", {
  name: text("name").primaryKey(),
  sealed: text("sealed").notNull(),
  createdAt: integer("created_at").notNull(),
});

/** A test session somebody started here: who, with which levers, and how to come back from 3-D Secure. */
export const testSessions = sqliteTable(
  "test_sessions",
  {
    environment: text("environment").$type<Environment>().notNull(),
    paymentSessionId: text("payment_session_id").notNull(),
    /** Random, in the return URLs, because the session id is not known when they are sent. */
    returnKey: text("return_key").notNull(),
    operatorId: text("operator_id").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    levers: text("levers", { mode: "json" }).$type<Record<string, string>>().notNull(),
    /** When polling the API should next happen; `null` once the end is known. */
    pollAt: integer("poll_at"),
    polls: integer("polls").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.paymentSessionId] }),
    index("test_sessions_by_return_key").on(table.returnKey),
    index("test_sessions_by_poll").on(table.pollAt),
  ],
);

/** What happened to a test session, step by step, with the raw exchange where there was one (never a CVN). */
export const testSessionSteps = sqliteTable(
  "test_session_steps",
  {
    stepId: integer("step_id").primaryKey({ autoIncrement: true }),
    environment: text("environment").$type<Environment>().notNull(),
    paymentSessionId: text("payment_session_id").notNull(),
    step: text("step").$type<"session" | "cvn" | "three_ds" | "return" | "check">().notNull(),
    at: integer("at").notNull(),
    outcome: text("outcome").notNull(),
    exchange: text("exchange", { mode: "json" }).$type<Exchange | null>(),
  },
  (table) => [index("test_session_steps_by_session").on(table.environment, table.paymentSessionId, table.at)],
);

export const destinations = sqliteTable("destinations", {
  destinationId: text("destination_id").primaryKey(),
  name: text("name").notNull(),
  url: text("url").notNull(),
  /** Name of the sealed token typed for it, if any. */
  tokenSecret: text("token_secret"),
  createdBy: text("created_by").notNull(),
  createdAt: integer("created_at").notNull(),
  removedAt: integer("removed_at"),
  description: text("description").notNull().default(""),
  /** Environments it takes; `null` is every one its maker may write destinations for. */
  environments: text("environments", { mode: "json" }).$type<readonly Environment[]>(),
  /** Event types it takes; `null` is every one. */
  eventTypes: text("event_types", { mode: "json" }).$type<readonly string[]>(),
  /** Off: nothing is sent to it, whatever is ordered; what waits, waits. */
  isOn: integer("is_on", { mode: "boolean" }).notNull().default(true),
  /** Gets every new event as it arrives; `forwardAfter` is the last observation put into its queue. */
  forwards: integer("forwards", { mode: "boolean" }).notNull().default(false),
  forwardAfter: integer("forward_after"),
  /** One payment's events one after another; a failing one holds up its payment only. */
  inOrder: integer("in_order", { mode: "boolean" }).notNull().default(false),
  sendsWebhookId: integer("sends_webhook_id", { mode: "boolean" }).notNull().default(true),
  timeoutMs: integer("timeout_ms").notNull().default(15_000),
  /** Tries a second at most; `null` is no limit of ours. */
  ratePerSecond: integer("rate_per_second"),
  concurrency: integer("concurrency").notNull().default(4),
  /** Its circuit breaker: failures in a row, and when it opened. */
  failuresInRow: integer("failures_in_row").notNull().default(0),
  breakerOpenedAt: integer("breaker_opened_at"),
  lastDeliveredAt: integer("last_delivered_at"),
  lastFailedAt: integer("last_failed_at"),
  lastOutcome: text("last_outcome"),
});

/** Secrets its deliveries are signed with. Several while one is rotated out: each signs until it expires. */
export const destinationSigningKeys = sqliteTable(
  "destination_signing_keys",
  {
    keyId: text("key_id").primaryKey(),
    destinationId: text("destination_id")
      .notNull()
      .references(() => destinations.destinationId),
    /** Name of the sealed secret. */
    secretName: text("secret_name").notNull(),
    createdAt: integer("created_at").notNull(),
    /** `null` until a newer one takes over. */
    expiresAt: integer("expires_at"),
  },
  (table) => [index("destination_signing_keys_by_destination").on(table.destinationId, table.createdAt)],
);

export type ReplayKind = "reprocess" | "send" | "forward" | "listen";
export type ReplayState = "planned" | "running" | "paused" | "finished" | "cancelled";
export type DeliveryState = "waiting" | "delivered" | "failed" | "left_out";

/** An operator's order to send events again. */
export const replays = sqliteTable(
  "replays",
  {
    replayId: text("replay_id").primaryKey(),
    kind: text("kind").$type<ReplayKind>().notNull(),
    environment: text("environment").$type<Environment>().notNull(),
    destinationId: text("destination_id").references(() => destinations.destinationId),
    state: text("state").$type<ReplayState>().notNull(),
    total: integer("total").notNull(),
    orderedBy: text("ordered_by").notNull(),
    orderedAt: integer("ordered_at").notNull(),
    finishedAt: integer("finished_at"),
    /** Makes ordering it twice with one form safe. */
    idempotencyKey: text("idempotency_key").notNull().unique(),
    /** What was asked for, in the words of the webhooks list's search params; `null` for chosen events. */
    selection: text("selection"),
    /** Events that were delivered there before are sent again. */
    includesDelivered: integer("includes_delivered", { mode: "boolean" }).notNull().default(false),
    /** A large order is written in slices: observations up to `fillUpTo`, of which `fillAfter` is the last one done. */
    fillAfter: integer("fill_after"),
    fillUpTo: integer("fill_up_to"),
    /** Of `listen`: the address on the developer's machine, for show. */
    targetUrl: text("target_url"),
  },
  (table) => [
    index("replays_by_time").on(table.environment, table.orderedAt, table.replayId),
    index("replays_by_state").on(table.state),
  ],
);

/** One event to one destination (or, for `reprocess`, to ourselves). */
export const deliveries = sqliteTable(
  "deliveries",
  {
    deliveryId: text("delivery_id").primaryKey(),
    replayId: text("replay_id")
      .notNull()
      .references(() => replays.replayId),
    eventId: text("event_id").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    attempts: integer("attempts").notNull(),
    nextAttemptAt: integer("next_attempt_at"),
    /** In words: what the last attempt ended in. */
    outcome: text("outcome"),
    updatedAt: integer("updated_at").notNull(),
    destinationId: text("destination_id"),
    /** What is sent one after another: the payment request, else the event's primary id. */
    orderKey: text("order_key"),
    /** The observation it sends: order of capture. */
    sequence: integer("sequence").notNull().default(0),
  },
  (table) => [
    index("deliveries_by_replay").on(table.replayId, table.deliveryId),
    index("deliveries_by_replay_state").on(table.replayId, table.state, table.sequence),
    index("deliveries_by_event").on(table.eventId, table.destinationId),
    index("deliveries_due").on(table.state, table.nextAttemptAt),
    index("deliveries_by_destination").on(table.destinationId, table.state, table.nextAttemptAt),
    index("deliveries_by_order").on(table.destinationId, table.orderKey, table.state, table.sequence),
  ],
);

/** One HTTP try. `outcome` is the HTTP status as text, or timeout, refused, blocked. */
export const attempts = sqliteTable(
  "attempts",
  {
    attemptId: text("attempt_id").primaryKey(),
    deliveryId: text("delivery_id")
      .notNull()
      .references(() => deliveries.deliveryId),
    at: integer("at").notNull(),
    outcome: text("outcome").notNull(),
    status: integer("status"),
    latencyMs: integer("latency_ms"),
    /** The first 2 KiB of the answer, hostile text. */
    responseExcerpt: text("response_excerpt"),
    responseType: text("response_type"),
    error: text("error"),
  },
  (table) => [index("attempts_by_delivery").on(table.deliveryId, table.at)],
);
