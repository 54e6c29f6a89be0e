import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";
import type { EventState, ObservationSource } from "../../app/xendit/projection.ts";

/** What arrived, as it arrived (masked). The projection is made of this and of nothing else. */

/** Raw bodies in a table of their own, so that lists never drag them along. Masked before they get here. */
export const bodies = sqliteTable("bodies", {
  bodyId: integer("body_id").primaryKey({ autoIncrement: true }),
  /** SHA-256 of `bytes`, hex. Of masked bytes: a digest of a body with a CVN would be the CVN (RULES 2). */
  digest: text("digest").notNull(),
  bytes: blob("bytes", { mode: "buffer" }).notNull(),
  size: integer("size").notNull(),
});

/** Anything that tells about a payment (RULES 1). The fold reads `bytes` of its body, never `receivedAt`. */
export const observations = sqliteTable(
  "observations",
  {
    observationId: integer("observation_id").primaryKey({ autoIncrement: true }),
    environment: text("environment").$type<Environment>().notNull(),
    source: text("source").$type<ObservationSource>().notNull(),
    /** For `api`: session, payment_request, payment, refund or token. */
    subject: text("subject"),
    /** The sender's webhook-id, an input of the dedupe key (RULES 3). */
    webhookId: text("webhook_id"),
    /** RULES 3's key, `null` for api and claim. */
    dedupeKey: text("dedupe_key"),
    /** SHA-256 of the canonical content, hex. */
    contentDigest: text("content_digest").notNull(),
    bodyId: integer("body_id")
      .notNull()
      .references(() => bodies.bodyId),
    masked: integer("masked", { mode: "boolean" }).notNull(),
    receivedAt: integer("received_at").notNull(),
  },
  (table) => [
    index("observations_by_key").on(table.environment, table.dedupeKey),
    index("observations_by_content").on(table.environment, table.contentDigest),
    index("observations_by_body").on(table.bodyId),
  ],
);

/**
 * What an observation names. Its links (`pr- ps- py- rfd- mi-dspt-` ids and `key:…`) tie it to a payment. A card's token
 * does not, because many payments share it: `paid-with:pt-…` names one, `tells:pt-…` is an observation of the token itself.
 */
export const observationIds = sqliteTable(
  "observation_ids",
  {
    environment: text("environment").$type<Environment>().notNull(),
    value: text("value").notNull(),
    observationId: integer("observation_id")
      .notNull()
      .references(() => observations.observationId),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.value, table.observationId] }),
    index("observation_ids_by_observation").on(table.observationId),
  ],
);

/** Payments still to be folded again because their card's token told something new; `after` is the last observation done. */
export const refolds = sqliteTable(
  "refolds",
  {
    environment: text("environment").$type<Environment>().notNull(),
    token: text("token").notNull(),
    after: integer("after").notNull(),
  },
  (table) => [primaryKey({ columns: [table.environment, table.token] })],
);

/** One webhook as captured. Codes are this event's own, for the Webhooks list. */
export const events = sqliteTable(
  "events",
  {
    eventId: text("event_id").primaryKey(),
    environment: text("environment").$type<Environment>().notNull(),
    observationId: integer("observation_id")
      .notNull()
      .references(() => observations.observationId),
    /** `payment.capture`, or what names a flat body: `(no event)`. */
    eventType: text("event_type").notNull(),
    businessId: text("business_id"),
    state: text("state").$type<EventState>().notNull(),
    /** Why it is quarantined or only stored: a word of app/xendit's reason table. */
    reason: text("reason"),
    /** Set when this content also arrived under another key: that key's event id. */
    sameContentAs: text("same_content_as"),
    /** Names of material or other fields in which it differs from its key's first event. */
    drift: text("drift", { mode: "json" }).$type<readonly string[]>().notNull(),
    primaryId: text("primary_id"),
    paymentRequestId: text("payment_request_id"),
    status: text("status"),
    eci: text("eci"),
    cvn: text("cvn"),
    avs: text("avs"),
    response: text("response"),
    currency: text("currency"),
    headers: text("headers", { mode: "json" }).$type<readonly (readonly [string, string])[]>().notNull(),
    tokenLabel: text("token_label"),
    receipts: integer("receipts").notNull(),
    firstReceivedAt: integer("first_received_at").notNull(),
    lastReceivedAt: integer("last_received_at").notNull(),
    /** Set by an operator on a quarantined event that needs no more work. */
    setAsideAt: integer("set_aside_at"),
    setAsideReason: text("set_aside_reason"),
    setAsideBy: text("set_aside_by"),
    /** Its body held a secret and was taken out of the store for good; the digest of what it was stays. */
    expungedAt: integer("expunged_at"),
    expungedBy: text("expunged_by"),
    expungedReason: text("expunged_reason"),
  },
  (table) => [
    uniqueIndex("events_by_observation").on(table.observationId),
    index("events_by_time").on(table.environment, table.firstReceivedAt, table.eventId),
    index("events_by_type").on(table.environment, table.eventType, table.firstReceivedAt, table.eventId),
    index("events_by_state").on(table.environment, table.state, table.firstReceivedAt, table.eventId),
    index("events_by_eci").on(table.environment, table.eci, table.firstReceivedAt, table.eventId),
    index("events_by_cvn").on(table.environment, table.cvn, table.firstReceivedAt, table.eventId),
    index("events_by_avs").on(table.environment, table.avs, table.firstReceivedAt, table.eventId),
    index("events_by_response").on(table.environment, table.response, table.firstReceivedAt, table.eventId),
    index("events_by_currency").on(table.environment, table.currency, table.firstReceivedAt, table.eventId),
    index("events_by_request").on(table.environment, table.paymentRequestId, table.firstReceivedAt),
    index("events_by_primary").on(table.environment, table.primaryId),
  ],
);

/** One arrival of an event. A duplicate is a second receipt. */
export const receipts = sqliteTable(
  "receipts",
  {
    receiptId: text("receipt_id").primaryKey(),
    eventId: text("event_id")
      .notNull()
      .references(() => events.eventId),
    kind: text("kind").$type<"first" | "duplicate">().notNull(),
    receivedAt: integer("received_at").notNull(),
    /** Its own bytes, kept when they differ from the event's. */
    bodyId: integer("body_id").references(() => bodies.bodyId),
    address: text("address"),
    replayHeader: text("replay_header"),
  },
  (table) => [
    index("receipts_by_event").on(table.eventId, table.receivedAt),
    index("receipts_by_body").on(table.bodyId).where(sql`body_id IS NOT NULL`),
  ],
);

/** Arrivals refused at the door: metadata of the last 1,000, no body, no token (RULES 6). */
export const refusals = sqliteTable("refusals", {
  refusalId: integer("refusal_id").primaryKey({ autoIncrement: true }),
  refusedAt: integer("refused_at").notNull(),
  reason: text("reason").notNull(),
  size: integer("size"),
  address: text("address"),
});

/** Tokens that webhooks are accepted with: SHA-256 only. */
export const webhookTokens = sqliteTable(
  "webhook_tokens",
  {
    tokenDigest: text("token_digest").primaryKey(),
    environment: text("environment").$type<Environment>().notNull(),
    label: text("label").notNull(),
    /** `configuration` follows XENDIT_WEBHOOK_TOKENS at every start; `sandbox` was made by us. */
    origin: text("origin").$type<"configuration" | "sandbox" | "operator">().notNull(),
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
    lastUsedAt: integer("last_used_at"),
  },
  (table) => [index("webhook_tokens_by_environment").on(table.environment)],
);
