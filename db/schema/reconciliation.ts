import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";
import type { BusinessDay } from "../../app/lib/time.ts";
import type { ExplanationStep, Note, ReconciliationClass } from "../../app/xendit/reconcile/classes.ts";
import type { RuleSet } from "../../app/xendit/reconcile/rules.ts";
import type { Difference } from "../../app/xendit/report/telling.ts";

/**
 * What was reported beside what was captured, and what people decided about it (decision 7). Amounts are whole minor
 * units, instants UTC milliseconds, days the accounting zone's. Rows of `reconciliation_groups` and `reconciliation_amounts`
 * are a function of report rows, projection, rules, links, closed days and the time of the match.
 */
const environment = () => text("environment").$type<Environment>().notNull();
const day = (name: string) => text(name).$type<BusinessDay>();

/** One linked group of captures and rows, in exactly one class (RULES 8). */
export const reconciliationGroups = sqliteTable(
  "reconciliation_groups",
  {
    environment: environment(),
    /** The payment request of ours, else what its rows name themselves by. */
    groupKey: text("group_key").notNull(),
    /** `null` when no payment of ours is in it. */
    paymentRequestId: text("payment_request_id"),
    businessId: text("business_id"),
    class: text("class").$type<ReconciliationClass>().notNull(),
    notes: text("notes", { mode: "json" }).$type<readonly Note[]>().notNull(),
    /** `none`: its class calls for no work. `resolved`: somebody's decision about exactly these facts stands. */
    state: text("state").$type<"none" | "open" | "resolved">().notNull(),
    reference: text("reference"),
    currency: text("currency"),
    /** The day its first money belongs to. */
    day: day("day").notNull(),
    /** First capture, else the earliest row: what its age is counted from. */
    occurredAt: integer("occurred_at").notNull(),
    captured: integer("captured_minor"),
    reported: integer("reported_minor"),
    /** Captured and not refunded, less reported and not refunded there; `null` when it cannot be told. */
    difference: integer("difference_minor"),
    rows: integer("row_count").notNull(),
    /** How it came to its class, step by step. */
    explanation: text("explanation", { mode: "json" }).$type<readonly ExplanationStep[]>().notNull(),
    /** SHA-256 over class and facts: a decision holds while it is the same. */
    digest: text("digest").notNull(),
    /** When it will be in another class though nothing new is told; `null` for never. */
    changesAt: integer("changes_at"),
    /** Copied from the decision, so that lists can ask for it by an index. */
    assigneeId: text("assignee_id"),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.groupKey] }),
    index("reconciliation_groups_by_time").on(table.environment, table.occurredAt, table.groupKey),
    index("reconciliation_groups_by_state").on(table.environment, table.state, table.occurredAt, table.groupKey),
    index("reconciliation_groups_by_class").on(table.environment, table.class, table.occurredAt, table.groupKey),
    index("reconciliation_groups_by_currency").on(table.environment, table.currency, table.occurredAt, table.groupKey),
    index("reconciliation_groups_by_assignee").on(
      table.environment,
      table.assigneeId,
      table.occurredAt,
      table.groupKey,
    ),
    index("reconciliation_groups_by_day").on(table.environment, table.day, table.class),
    index("reconciliation_groups_by_change").on(table.environment, table.changesAt),
  ],
);

const amounts = () => ({
  captured: integer("captured").notNull(),
  /** By our own account. */
  refunded: integer("refunded").notNull(),
  reported: integer("reported").notNull(),
  reportedRefunds: integer("reported_refunds").notNull(),
  chargedBack: integer("charged_back").notNull(),
  fee: integer("fee").notNull(),
  vat: integer("vat").notNull(),
  withheld: integer("withheld").notNull(),
  /** What the report says remains, refunds and chargebacks taken off. */
  net: integer("net").notNull(),
  /** That part of `net` which is settled. */
  settled: integer("settled").notNull(),
  /** Differences that somebody wrote off. */
  writtenOff: integer("written_off").notNull(),
});

/** What a group adds to a day and currency. A row of a report belongs to the day of the capture it is about. */
export const reconciliationAmounts = sqliteTable(
  "reconciliation_amounts",
  {
    environment: environment(),
    groupKey: text("group_key").notNull(),
    day: day("day").notNull(),
    currency: text("currency").notNull(),
    businessId: text("business_id"),
    ...amounts(),
    /** Amounts that could not be told in whole minor units and are in none of the sums. */
    untold: integer("untold").notNull(),
    /** It changed after its day was closed, and no later day has taken the change up yet. */
    isLate: integer("is_late", { mode: "boolean" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.groupKey, table.day, table.currency] }),
    index("reconciliation_amounts_by_day").on(table.environment, table.day, table.currency),
    index("reconciliation_amounts_late").on(table.environment, table.isLate, table.day),
  ],
);

/**
 * What closing put on record. Its own day whole, and what had changed on days closed before as the difference: the sum over
 * all periods of a group, day and currency is what is on record of it. Rows are written once and never changed.
 */
export const reconciliationLedger = sqliteTable(
  "reconciliation_ledger",
  {
    environment: environment(),
    /** The closed day that put it on record. */
    period: day("period").notNull(),
    groupKey: text("group_key").notNull(),
    day: day("day").notNull(),
    currency: text("currency").notNull(),
    businessId: text("business_id"),
    ...amounts(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.period, table.groupKey, table.day, table.currency] }),
    index("reconciliation_ledger_by_group").on(table.environment, table.groupKey, table.day, table.currency),
    // Adjustments are few among the rows of whole days: what a period adjusted, and by which periods a day was.
    index("reconciliation_ledger_adjusting").on(table.environment, table.period).where(sql`period <> day`),
    index("reconciliation_ledger_adjusted").on(table.environment, table.day).where(sql`period <> day`),
  ],
);

/** A closed day. Reopening deletes it and its ledger; both are audited. */
export const closedDays = sqliteTable(
  "closed_days",
  {
    environment: environment(),
    day: day("day").notNull(),
    zone: text("zone").notNull(),
    /** SHA-256 over the ledger of this period, in key order, hex. */
    digest: text("digest").notNull(),
    /** Per currency, as decimals: what the page shows for ever. */
    totals: text("totals", { mode: "json" }).$type<readonly Readonly<Record<string, string>>[]>().notNull(),
    openExceptions: integer("open_exceptions").notNull(),
    closedBy: text("closed_by").notNull(),
    closedAt: integer("closed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.environment, table.day] })],
);

export type Resolution = "accepted" | "written_off";

/** What people decided about a group. A resolution holds while the group's digest is the one it was made about. */
export const reconciliationDecisions = sqliteTable(
  "reconciliation_decisions",
  {
    environment: environment(),
    groupKey: text("group_key").notNull(),
    assigneeId: text("assignee_id"),
    resolution: text("resolution").$type<Resolution>(),
    reason: text("reason"),
    /** The group's digest that was resolved. */
    about: text("about"),
    /** Of a write-off, in minor units, signed like the difference. */
    amount: integer("amount_minor"),
    operatorId: text("operator_id"),
    resolvedBy: text("resolved_by"),
    resolvedAt: integer("resolved_at"),
  },
  (table) => [primaryKey({ columns: [table.environment, table.groupKey] })],
);

export const reconciliationComments = sqliteTable(
  "reconciliation_comments",
  {
    commentId: text("comment_id").primaryKey(),
    environment: environment(),
    groupKey: text("group_key").notNull(),
    text: text("text").notNull(),
    operatorId: text("operator_id").notNull(),
    author: text("author").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [index("reconciliation_comments_by_group").on(table.environment, table.groupKey, table.at)],
);

/** A row linked by hand: to a payment of ours, or to none (`null`) although its ids say otherwise. */
export const reconciliationLinks = sqliteTable(
  "reconciliation_links",
  {
    environment: environment(),
    transactionId: text("transaction_id").notNull(),
    paymentRequestId: text("payment_request_id"),
    reason: text("reason").notNull(),
    operatorId: text("operator_id").notNull(),
    linkedBy: text("linked_by").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.environment, table.transactionId] })],
);

/** Fee, VAT, terms and limits of an environment; the defaults of rules.ts where there is none. */
export const reconciliationRules = sqliteTable("reconciliation_rules", {
  environment: text("environment").$type<Environment>().primaryKey(),
  rules: text("rules", { mode: "json" }).$type<RuleSet>().notNull(),
  changedBy: text("changed_by").notNull(),
  changedAt: integer("changed_at").notNull(),
});

/** The last whole match of an environment, with what its check found. */
export const reconciliationRuns = sqliteTable("reconciliation_runs", {
  environment: text("environment").$type<Environment>().primaryKey(),
  startedAt: integer("started_at").notNull(),
  finishedAt: integer("finished_at").notNull(),
  groups: integer("groups").notNull(),
  rows: integer("rows").notNull(),
  /** Whether every payment and row is in exactly one class and the classes add up to the totals, per currency. */
  check: text("check", { mode: "json" }).$type<MatchCheck>().notNull(),
});

export interface MatchCheck {
  readonly isWhole: boolean;
  readonly rows: Difference;
  readonly payments: Difference;
  /** By currency: Σ of the classes against Σ of captures, Σ of groups against Σ of rows; minor units as text. */
  readonly captured: readonly (Difference & { readonly currency: string })[];
  readonly reported: readonly (Difference & { readonly currency: string })[];
}
