import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";

/** What Paydesk does around stored webhooks: personal access tokens, what their fields look like, the fault lab. */

/** Lets a program act as an operator, within what that operator may do. Stored as SHA-256; shown once. */
export const accessTokens = sqliteTable(
  "access_tokens",
  {
    tokenDigest: text("token_digest").primaryKey(),
    tokenId: text("token_id").notNull().unique(),
    operatorId: text("operator_id").notNull(),
    name: text("name").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    lastUsedAt: integer("last_used_at"),
    revokedAt: integer("revoked_at"),
  },
  (table) => [index("access_tokens_by_operator").on(table.operatorId, table.createdAt)],
);

export type JsonType = "string" | "number" | "boolean" | "null" | "object" | "array";

/** Which fields events of a type carry. The row whose path is empty counts the events themselves. */
export const fieldSightings = sqliteTable(
  "field_sightings",
  {
    environment: text("environment").$type<Environment>().notNull(),
    eventType: text("event_type").notNull(),
    /** `data.captures[].capture_amount` */
    path: text("path").notNull(),
    type: text("type").$type<JsonType>().notNull(),
    count: integer("count").notNull(),
    firstEventId: text("first_event_id").notNull(),
    firstSeenAt: integer("first_seen_at").notNull(),
    lastSeenAt: integer("last_seen_at").notNull(),
    /** Events of this type since one last carried it. */
    absentFor: integer("absent_for").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.environment, table.eventType, table.path, table.type] })],
);

/** A field that came, went or changed its type. Said once. */
export const driftNotices = sqliteTable(
  "drift_notices",
  {
    noticeId: text("notice_id").primaryKey(),
    environment: text("environment").$type<Environment>().notNull(),
    eventType: text("event_type").notNull(),
    path: text("path").notNull(),
    kind: text("kind").$type<"new" | "vanished" | "type">().notNull(),
    detail: text("detail").notNull(),
    eventId: text("event_id").notNull(),
    at: integer("at").notNull(),
    acknowledgedAt: integer("acknowledged_at"),
    acknowledgedBy: text("acknowledged_by"),
  },
  (table) => [
    index("drift_notices_by_time").on(table.environment, table.at),
    index("drift_notices_by_field").on(table.environment, table.eventType, table.path),
  ],
);

export type LabRunState = "running" | "finished" | "cancelled";

/** The fault lab's scenarios run against one endpoint. With its seed it can be run again, byte for byte. */
export const labRuns = sqliteTable(
  "lab_runs",
  {
    runId: text("run_id").primaryKey(),
    destinationId: text("destination_id").notNull(),
    /** As it was then, without its query. */
    endpoint: text("endpoint").notNull(),
    /** Answers with what the merchant's system made of a payment; `null` when none was given. */
    probeUrl: text("probe_url"),
    seed: integer("seed").notNull(),
    scenarios: text("scenarios", { mode: "json" }).$type<readonly string[]>().notNull(),
    state: text("state").$type<LabRunState>().notNull(),
    operatorId: text("operator_id").notNull(),
    orderedBy: text("ordered_by").notNull(),
    startedAt: integer("started_at").notNull(),
    finishedAt: integer("finished_at"),
    /** SHA-256 of the results, once finished: what a printed certificate is checked against. */
    digest: text("digest"),
    /** In the link of a shared certificate; `null` while it is not shared. */
    shareKey: text("share_key").unique(),
  },
  (table) => [index("lab_runs_by_time").on(table.startedAt, table.runId)],
);

/** One thing a run found out. */
export const labResults = sqliteTable(
  "lab_results",
  {
    runId: text("run_id")
      .notNull()
      .references(() => labRuns.runId),
    scenario: text("scenario").notNull(),
    point: text("point").notNull(),
    verdict: text("verdict").$type<"passed" | "failed" | "not_observable">().notNull(),
    detail: text("detail").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.scenario, table.point] })],
);

/** One request the lab made, with what was answered. */
export const labRequests = sqliteTable(
  "lab_requests",
  {
    runId: text("run_id")
      .notNull()
      .references(() => labRuns.runId),
    sequence: integer("sequence").notNull(),
    scenario: text("scenario").notNull(),
    /** In words: "the same event again, 40 ms later". */
    about: text("about").notNull(),
    bodyDigest: text("body_digest").notNull(),
    at: integer("at").notNull(),
    /** The HTTP status, or timeout, refused, blocked. */
    outcome: text("outcome").notNull(),
    status: integer("status"),
    latencyMs: integer("latency_ms").notNull(),
    responseExcerpt: text("response_excerpt"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.sequence] })],
);
