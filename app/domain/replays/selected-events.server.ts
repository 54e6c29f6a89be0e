import { and, count, eq, inArray, lte, max, min, or, type SQL, sql } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { planList } from "../lists/list-plan.server.ts";
import type { Narrowing } from "../lists/list-request.server.ts";
import type { ListDefinition, ListSource } from "../lists/list-source.server.ts";
import { pageRows, planWheres } from "../lists/list-walk.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { WebhookCode } from "../webhooks/webhook-filters.ts";
import { webhookList } from "../webhooks/webhook-queries.server.ts";
import { deliveredTo, leftOutExpression, type Taker } from "./left-out.server.ts";
import type { LeftOutReason } from "./replay.ts";
import type { ReplayFilters } from "./selection.ts";

/** Long enough for a million events, short enough for somebody who waits for a page. */
const COUNT_DEADLINE_MS = 25_000;
const SLICE_DEADLINE_MS = 60_000;

/** What a replay is of, and what is asked about each event of it. */
export interface Selected {
  readonly filters: ReplayFilters;
  /** Besides the filters: chosen ids, or what tells of one payment. */
  readonly among: Narrowing | null;
  /** Nothing captured later is meant. */
  readonly upTo: number;
  readonly taker: Taker | null;
  readonly includesDelivered: boolean;
}

export interface SelectedEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly paymentRequestId: string | null;
  readonly primaryId: string | null;
  readonly firstReceivedAt: number;
  readonly observationId: number;
  readonly leftOut: LeftOutReason | null;
  readonly alreadyDelivered: boolean;
}

export interface SelectedCount {
  readonly eventType: string;
  readonly leftOut: LeftOutReason | null;
  readonly count: number;
  readonly oldestAt: number;
  readonly newestAt: number;
}

/** Exact counts of all that is selected, by type and by why it stays here. A heavy read: throws a DeadlineError. */
export async function countSelected(db: Database, scope: Scope, selected: Selected): Promise<readonly SelectedCount[]> {
  if (!scope.environments.includes(selected.filters.environment)) return [];
  const plan = await planOf(db, scope, selected, COUNT_DEADLINE_MS);
  const { events, observations } = db.tables;
  const leftOut = leftOutExpression(db, selected);
  const reader = db.heavy({ deadlineMs: COUNT_DEADLINE_MS });
  const counted = await Promise.all(
    planWheres(plan, selected.filters).map((where) =>
      reader
        .select({
          eventType: events.eventType,
          leftOut: leftOut.as("left_out"),
          count: count(),
          oldestAt: min(events.firstReceivedAt),
          newestAt: max(events.firstReceivedAt),
        })
        .from(events)
        .innerJoin(observations, eq(observations.observationId, events.observationId))
        .where(where)
        .groupBy(events.eventType, sql`left_out`),
    ),
  );
  return counted.flat().map((row) => ({
    ...row,
    count: Number(row.count),
    oldestAt: row.oldestAt ?? 0,
    newestAt: row.newestAt ?? 0,
  }));
}

/** The next events in order of arrival, after the one captured as `after`; by the heavy reader. */
export async function readSelected(
  db: Database,
  scope: Scope,
  selected: Selected,
  { after, limit }: { after: number | null; limit: number },
): Promise<readonly SelectedEvent[]> {
  if (!scope.environments.includes(selected.filters.environment)) return [];
  const plan = await planOf(db, scope, selected, SLICE_DEADLINE_MS);
  const edge = after === null ? null : await placeOf(db, after);
  const cursor = edge && { direction: "next" as const, ...edge };
  return pageRows(db, plan, { ...selected.filters, cursor }, limit);
}

/** Chosen events that are there and within the scope, with their environment. */
export async function findChosen(db: Database, scope: Scope, eventIds: readonly string[]) {
  const { events } = db.tables;
  return db.read
    .select({ eventId: events.eventId, environment: events.environment })
    .from(events)
    .where(
      and(
        inArray(events.eventId, [...eventIds]),
        inArray(events.environment, [...scope.environments]),
        inBusiness(events.businessId, scope),
      ),
    );
}

/** What tells of a payment or of its session, as on the payment's page. */
export async function tellingOf(
  db: Database,
  { environment, paymentRequestId }: { environment: ReplayFilters["environment"]; paymentRequestId: string },
): Promise<Narrowing> {
  const { events, paymentRequests } = db.tables;
  const [payment] = await db.read
    .select({ sessionId: paymentRequests.paymentSessionId })
    .from(paymentRequests)
    .where(and(eq(paymentRequests.environment, environment), eq(paymentRequests.paymentRequestId, paymentRequestId)));
  const ofPayment = eq(events.paymentRequestId, paymentRequestId);
  const ofSession = payment?.sessionId ? eq(events.primaryId, payment.sessionId) : undefined;
  const rows = await db.read
    .select({ eventId: events.eventId })
    .from(events)
    .where(and(eq(events.environment, environment), or(ofPayment, ofSession)));
  return { ids: rows.map((row) => row.eventId) };
}

/** The last observation there is: the edge between what was captured before an order and what comes after it. */
export async function lastObservation(db: Database): Promise<number> {
  const { observations } = db.tables;
  const [row] = await db.read.select({ last: max(observations.observationId) }).from(observations);
  return row?.last ?? 0;
}

async function planOf(db: Database, scope: Scope, selected: Selected, deadlineMs: number) {
  const { filters } = selected;
  const list = selectedList(db, selected);
  const narrowings = await list.narrow(db, filters);
  const plan = await planList(db, { source: list.source(db.tables), scope, filters, narrowings });
  return { ...plan, heavy: { deadlineMs } };
}

/** The webhooks list as a replay reads it: no later than the order, and with what decides whether an event goes. */
function selectedList(db: Database, selected: Selected): ListDefinition<WebhookCode, SelectedEvent> {
  return {
    source: (tables) => selectedSource(db, tables, selected),
    async narrow(_db, filters) {
      // `coalesce` keeps the planner on the list's own index, whose order the slices follow.
      const bound = { condition: lte(sql`coalesce(${db.tables.events.observationId}, 0)`, selected.upTo) };
      const asked = await webhookList.narrow(db, filters);
      return [bound, ...asked, ...(selected.among ? [selected.among] : [])];
    },
  };
}

function selectedSource(db: Database, tables: Tables, selected: Selected): ListSource<WebhookCode, SelectedEvent> {
  const { events, observations } = tables;
  const { name: _, select: __, position: ___, ...webhooks } = webhookList.source(tables);
  const leftOut = leftOutExpression(db, selected);
  const delivered: SQL = selected.taker ? deliveredTo(db.read, tables, selected.taker.destinationId) : sql`0`;
  return {
    ...webhooks,
    name: "replayed",
    select: (reader, { where, orderBy, limit }) =>
      reader
        .select({
          eventId: events.eventId,
          eventType: events.eventType,
          paymentRequestId: events.paymentRequestId,
          primaryId: events.primaryId,
          firstReceivedAt: events.firstReceivedAt,
          observationId: events.observationId,
          leftOut,
          alreadyDelivered: sql<boolean>`${delivered}`.mapWith(Boolean),
        })
        .from(events)
        .innerJoin(observations, eq(observations.observationId, events.observationId))
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    position: (row) => ({ at: row.firstReceivedAt, id: row.eventId }),
  };
}

async function placeOf(db: Database, observationId: number): Promise<{ at: number; id: string } | null> {
  const { events } = db.tables;
  const [row] = await db.read
    .select({ at: events.firstReceivedAt, id: events.eventId })
    .from(events)
    .where(eq(events.observationId, observationId));
  return row ?? null;
}
