import { and, desc, eq, gte, inArray, lt } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { KnownCurrency } from "~/lib/money.ts";
import type { Scope } from "~/lib/scope.ts";
import { beginsWith } from "../lists/list-where.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { eventsOfAny } from "../webhooks/events-of-any.server.ts";
import type { DayReading } from "./read-days.ts";
import type { DescribedTarget } from "./search-answer.ts";
import {
  describedPayment,
  describedSession,
  describedWebhook,
  paymentColumns,
  sessionColumns,
  webhookColumns,
} from "./target-rows.server.ts";

interface OfAmount {
  readonly environment: Environment;
  readonly currency: KnownCurrency;
  readonly minor: number;
  readonly day: DayReading | null;
  readonly limit: number;
}

/** Payments of exactly this amount, newest first. */
export async function listOfAmount({ read, tables }: Database, scope: Scope, asked: OfAmount) {
  const { paymentRequests: table } = tables;
  const rows = await read
    .select(paymentColumns(tables))
    .from(table)
    .where(
      and(
        eq(table.environment, asked.environment),
        eq(table.currency, asked.currency),
        eq(table.amountMinor, asked.minor),
        asked.day ? gte(table.sortAt, asked.day.from) : undefined,
        asked.day ? lt(table.sortAt, asked.day.until) : undefined,
        inBusiness(table.businessId, scope),
      ),
    )
    .orderBy(desc(table.sortAt), desc(table.paymentRequestId))
    .limit(asked.limit);
  return rows.map(describedPayment);
}

interface OfDay {
  readonly environment: Environment;
  readonly day: DayReading;
  readonly limit: number;
}

export async function listPaymentsOfDay(
  { read, tables }: Database,
  scope: Scope,
  { environment, day, limit }: OfDay,
): Promise<readonly DescribedTarget[]> {
  const { paymentRequests: table } = tables;
  const rows = await read
    .select(paymentColumns(tables))
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        gte(table.sortAt, day.from),
        lt(table.sortAt, day.until),
        inBusiness(table.businessId, scope),
      ),
    )
    .orderBy(desc(table.sortAt), desc(table.paymentRequestId))
    .limit(limit);
  return rows.map(describedPayment);
}

export async function listSessionsOfDay(
  { read, tables }: Database,
  scope: Scope,
  { environment, day, limit }: OfDay,
): Promise<readonly DescribedTarget[]> {
  const { sessions: table } = tables;
  const rows = await read
    .select(sessionColumns(tables))
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        gte(table.sortAt, day.from),
        lt(table.sortAt, day.until),
        inBusiness(table.businessId, scope),
      ),
    )
    .orderBy(desc(table.sortAt), desc(table.paymentSessionId))
    .limit(limit);
  return rows.map(describedSession);
}

export async function listWebhooksOfDay(
  { read, tables }: Database,
  scope: Scope,
  { environment, day, limit }: OfDay,
): Promise<readonly DescribedTarget[]> {
  const { events: table } = tables;
  const rows = await read
    .select(webhookColumns(tables))
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        gte(table.firstReceivedAt, day.from),
        lt(table.firstReceivedAt, day.until),
        inBusiness(table.businessId, scope),
      ),
    )
    .orderBy(desc(table.firstReceivedAt), desc(table.eventId))
    .limit(limit);
  return rows.map(describedWebhook);
}

export interface WebhookAbout {
  readonly paymentRequestId: string | null;
  readonly described: DescribedTarget;
}

/** Webhooks about an id that is perhaps no card payment's: another channel's, a report's, a token's. Newest first. */
export async function listWebhooksAbout(
  db: Database,
  scope: Scope,
  { ids, limit }: { ids: readonly string[]; limit: number },
): Promise<readonly WebhookAbout[]> {
  const { read, tables } = db;
  const { events: table } = tables;
  if (ids.length === 0 || scope.environments.length === 0) return [];
  const here = inArray(table.environment, [...scope.environments]);
  const named = eventsOfAny(
    db,
    and(here, inArray(table.primaryId, [...ids])),
    and(here, inArray(table.paymentRequestId, [...ids])),
  );
  const rows = await read
    .select(webhookColumns(tables))
    .from(table)
    .where(and(named, inBusiness(table.businessId, scope)))
    .orderBy(desc(table.firstReceivedAt))
    .limit(limit);
  return rows.map((row) => ({ paymentRequestId: row.paymentRequestId, described: describedWebhook(row) }));
}

/** Our own event ids by their beginning; they sort by time. */
export async function listWebhooksBeginning(
  { read, tables }: Database,
  scope: Scope,
  { prefix, limit }: { prefix: string; limit: number },
): Promise<readonly DescribedTarget[]> {
  const { events: table } = tables;
  const rows = await read
    .select({ ...webhookColumns(tables), businessId: table.businessId })
    .from(table)
    .where(beginsWith(table.eventId, prefix))
    .orderBy(desc(table.eventId))
    .limit(SCAN_CAP);
  return rows
    .filter((row) => isWithin(scope, row))
    .slice(0, limit)
    .map(({ businessId: _, ...row }) => describedWebhook(row));
}

/** Looked through before the scope is asked for, so that a short beginning walks no whole table. */
const SCAN_CAP = 200;

function isWithin(scope: Scope, row: { environment: Environment; businessId: string | null }): boolean {
  const { environments, businessIds } = scope;
  if (!environments.includes(row.environment)) return false;
  return businessIds === null || (row.businessId !== null && businessIds.includes(row.businessId));
}
