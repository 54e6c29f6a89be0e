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
});

export type ReplayState = "planned" | "running" | "paused" | "finished" | "cancelled";
export type DeliveryState = "waiting" | "delivered" | "failed" | "left_out";

/** An operator's order to send events again. */
export const replays = sqliteTable(
  "replays",
  {
    replayId: text("replay_id").primaryKey(),
    kind: text("kind").$type<"reprocess" | "send">().notNull(),
    environment: text("environment").$type<Environment>().notNull(),
    destinationId: text("destination_id").references(() => destinations.destinationId),
    state: text("state").$type<ReplayState>().notNull(),
    total: integer("total").notNull(),
    orderedBy: text("ordered_by").notNull(),
    orderedAt: integer("ordered_at").notNull(),
    finishedAt: integer("finished_at"),
    /** Makes ordering it twice with one form safe. */
    idempotencyKey: text("idempotency_key").notNull().unique(),
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
  },
  (table) => [
    index("deliveries_by_replay").on(table.replayId, table.deliveryId),
    index("deliveries_by_event").on(table.eventId),
    index("deliveries_due").on(table.state, table.nextAttemptAt),
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
