import { and, asc, count, desc, eq, gte, lt, max, notExists, type SQL, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import { inBusiness } from "~/domain/overview/in-business.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { isDeadline } from "~/lib/is-deadline.ts";
import type { Scope } from "~/lib/scope.ts";
import { HOUR } from "~/lib/time.ts";
import {
  COUNTED,
  missingHref,
  NAMED,
  RADAR_KINDS,
  RADAR_SPAN,
  type Radar,
  type RadarFinding,
  type RadarKind,
} from "./radar.ts";
import { HISTORY, judgeSilence, type Silence } from "./silence.ts";

interface Asked {
  readonly environment: Environment;
  readonly now: number;
}

/** Four weeks of a busy desk are a few hundred thousand entries of an index. */
const HISTORY_DEADLINE_MS = 1_500;

/** What should have been told by a webhook and was not, in one environment and within the operator's scope. */
export async function readRadar(db: Database, scope: Scope, asked: Asked): Promise<Radar> {
  const { environment, now } = asked;
  const [findings, silence] = await Promise.all([
    Promise.all(RADAR_KINDS.map((kind) => find(db, scope, kind, asked))),
    readSilence(db, scope, asked),
  ]);
  return { environment, now, findings, silence };
}

async function find(db: Database, scope: Scope, kind: RadarKind, { environment, now }: Asked): Promise<RadarFinding> {
  const { paymentRequests } = db.tables;
  const rows = await db.read
    .select({
      paymentRequestId: paymentRequests.paymentRequestId,
      referenceId: paymentRequests.referenceId,
      status: paymentRequests.status,
      currency: paymentRequests.currency,
      amountMinor: paymentRequests.amountMinor,
      amountRaw: paymentRequests.amountRaw,
      at: paymentRequests.sortAt,
      checkedAt: lastCheck(db),
    })
    .from(paymentRequests)
    .where(missingNow(db, scope, kind, { environment, now }))
    .orderBy(asc(paymentRequests.sortAt), asc(paymentRequests.paymentRequestId))
    .limit(COUNTED + 1);
  const href = missingHref(kind, environment, now);
  // Those nobody has asked about come first; asking does not bring the webhook, so the others stay.
  const named = [...rows.filter(({ checkedAt }) => checkedAt === null), ...rows.filter(({ checkedAt }) => checkedAt)];
  return { kind: kind.kind, count: rows.length, payments: named.slice(0, NAMED), href };
}

/** Served by payment_requests_by_missing. */
function missingNow(
  db: Database,
  scope: Scope,
  { kind, grace }: RadarKind,
  { environment, now }: Asked,
): SQL | undefined {
  const { paymentRequests } = db.tables;
  return and(
    scope.environments.includes(environment) ? eq(paymentRequests.environment, environment) : sql`1 = 0`,
    eq(paymentRequests.missing, kind),
    gte(paymentRequests.sortAt, now - RADAR_SPAN),
    lt(paymentRequests.sortAt, now - grace),
    inBusiness(paymentRequests.businessId, scope),
  );
}

/** Payments that miss a webhook and nobody has asked Xendit about, for the rail: up to a hundred, waiting ones aside. */
export async function countMissingWebhooks(db: Database, scope: Scope, asked: Asked): Promise<number> {
  const { paymentRequests } = db.tables;
  const counts = await Promise.all(
    RADAR_KINDS.filter(({ kind }) => kind !== "outcome").map(async (kind) => {
      const rows = await db.read
        .select({ id: paymentRequests.paymentRequestId })
        .from(paymentRequests)
        .where(and(missingNow(db, scope, kind, asked), unchecked(db)))
        .limit(COUNTED);
      return rows.length;
    }),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}

/** A payment that was looked up calls for no more work. Served by checks_by_request, like the next. */
function unchecked(db: Database): SQL {
  return notExists(db.read.select({ checkId: db.tables.checks.checkId }).from(db.tables.checks).where(ofThis(db)));
}

function lastCheck(db: Database): SQL<number | null> {
  const { checks } = db.tables;
  return sql`${db.read
    .select({ at: max(checks.at) })
    .from(checks)
    .where(ofThis(db))}`;
}

function ofThis({ tables: { checks, paymentRequests } }: Database): SQL | undefined {
  return and(
    eq(checks.environment, paymentRequests.environment),
    eq(checks.paymentRequestId, paymentRequests.paymentRequestId),
  );
}

/**
 * First arrivals only: a duplicate is no sign of life of Xendit's. An operator of certain businesses hears the silence
 * of those.
 */
async function readSilence(db: Database, scope: Scope, { environment, now }: Asked): Promise<Silence> {
  const { events } = db.tables;
  if (!scope.environments.includes(environment)) return { kind: "nothing" };
  const own = and(eq(events.environment, environment), inBusiness(events.businessId, scope));
  const [last] = await db.read
    .select({ at: events.firstReceivedAt })
    .from(events)
    .where(own)
    .orderBy(desc(events.firstReceivedAt), desc(events.eventId))
    .limit(1);
  if (!last) return { kind: "nothing" };
  const history = await countByHour(db, own, last.at);
  return history === null ? { kind: "not_counted", lastAt: last.at } : judgeSilence(history, last.at, now);
}

async function countByHour(db: Database, own: SQL | undefined, lastAt: number) {
  const { events } = db.tables;
  const hour = sql<number>`(${events.firstReceivedAt} / ${sql.raw(String(HOUR))})`.mapWith(Number);
  try {
    const rows = await db
      .heavy({ deadlineMs: HISTORY_DEADLINE_MS })
      .select({ hour, count: count() })
      .from(events)
      .where(and(alive, own, gte(events.firstReceivedAt, lastAt - HISTORY)))
      .groupBy(hour);
    return rows.map((row) => ({ hour: row.hour * HOUR, count: row.count }));
  } catch (error) {
    if (isDeadline(error)) return null;
    throw error;
  }
}
