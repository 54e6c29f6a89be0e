import { and, eq, gte, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alive, type Database, type Reader } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { isDeadline } from "~/lib/is-deadline.ts";
import { isKnownCurrency } from "~/lib/money.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "./in-business.server.ts";
import {
  boundsOf,
  type CodeCount,
  fillBuckets,
  OUTCOMES,
  type Outcome,
  type Overview,
  outcomeOf,
  type Range,
  spansOf,
  sumCounts,
  type Taking,
} from "./overview.ts";

interface OverviewRequest {
  readonly environment: Environment;
  readonly range: Range;
  readonly zone: string;
  readonly now: number;
}

interface Asked {
  readonly db: Database;
  readonly reader: Reader;
  readonly where: SQL | undefined;
}

const MIXED = ["eci", "cvn", "avs", "decline"] as const;
/** How long the page waits for the count of unknown amounts, the only thing here that reads payments themselves. */
const UNKNOWN_DEADLINE_MS = 2_000;

/** The overview from the hourly counters, within the operator's scope and one environment. */
export async function readOverview(db: Database, scope: Scope, request: OverviewRequest): Promise<Overview> {
  const { environment, range, zone, now } = request;
  const spans = spansOf(range, now, zone);
  const { from, until } = boundsOf(spans, now, zone);
  const { hourlyCounts } = db.tables;
  const asked: Asked = {
    db,
    // A day or a week is a few thousand counters; longer ranges must not hold up captures.
    reader: range === "24h" || range === "7d" ? db.read : db.heavy(),
    where: and(
      scope.environments.includes(environment) ? eq(hourlyCounts.environment, environment) : sql`1 = 0`,
      gte(hourlyCounts.hour, from),
      lt(hourlyCounts.hour, until),
      inBusiness(hourlyCounts.businessId, scope),
    ),
  };
  const [hours, mixes, takings, unknownAmounts] = await Promise.all([
    statusHours(asked),
    codeCounts(asked),
    takingsOf(asked),
    countUnknownAmounts(db, scope, { environment, from, until }),
  ]);
  const buckets = fillBuckets(spans, hours);
  const counts = sumCounts(buckets);
  return {
    environment,
    range,
    from,
    until,
    buckets,
    counts,
    total: OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0),
    statuses: statusesByOutcome(hours.map((row) => row.status)),
    takings,
    unknownAmounts,
    mixes: { eci: mixes.eci, cvn: mixes.cvn, avs: mixes.avs },
    declines: mixes.decline,
  };
}

async function statusHours({ db, reader, where }: Asked) {
  const { hourlyCounts } = db.tables;
  return reader
    .select({
      hour: hourlyCounts.hour,
      status: hourlyCounts.code,
      count: sql<number>`sum(${hourlyCounts.count})`.mapWith(Number),
    })
    .from(hourlyCounts)
    .where(and(where, eq(hourlyCounts.dimension, "status")))
    .groupBy(hourlyCounts.hour, hourlyCounts.code);
}

async function codeCounts({ db, reader, where }: Asked): Promise<Record<(typeof MIXED)[number], CodeCount[]>> {
  const { hourlyCounts } = db.tables;
  const rows = await reader
    .select({
      dimension: hourlyCounts.dimension,
      code: hourlyCounts.code,
      count: sql<number>`sum(${hourlyCounts.count})`.mapWith(Number),
    })
    .from(hourlyCounts)
    .where(and(where, inArray(hourlyCounts.dimension, [...MIXED])))
    .groupBy(hourlyCounts.dimension, hourlyCounts.code);
  const of = (dimension: string) =>
    rows
      .filter((row) => row.dimension === dimension)
      .map(({ code, count }) => ({ code, count }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  return { eci: of("eci"), cvn: of("cvn"), avs: of("avs"), decline: of("decline") };
}

/** Captured money by currency, never across, whatever became of the payment later. Sums leave SQL as text. */
async function takingsOf({ db, reader, where }: Asked): Promise<readonly Taking[]> {
  const { hourlyCounts } = db.tables;
  const rows = await reader
    .select({
      currency: hourlyCounts.currency,
      captured: sql<string>`cast(sum(${hourlyCounts.capturedMinor}) as text)`,
    })
    .from(hourlyCounts)
    .where(and(where, eq(hourlyCounts.dimension, "status")))
    .groupBy(hourlyCounts.currency)
    .orderBy(hourlyCounts.currency);
  return rows.flatMap(({ currency, captured }) => (isKnownCurrency(currency) ? [{ currency, captured }] : []));
}

async function countUnknownAmounts(
  db: Database,
  scope: Scope,
  { environment, from, until }: { environment: Environment; from: number; until: number },
): Promise<number | null> {
  if (!scope.environments.includes(environment)) return 0;
  const { paymentRequests } = db.tables;
  try {
    const [row] = await db
      .heavy({ deadlineMs: UNKNOWN_DEADLINE_MS })
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(paymentRequests)
      .where(
        and(
          eq(paymentRequests.environment, environment),
          gte(paymentRequests.sortAt, from),
          lt(paymentRequests.sortAt, until),
          isNull(paymentRequests.capturedMinor),
          inBusiness(paymentRequests.businessId, scope),
          alive,
        ),
      );
    return row?.count ?? 0;
  } catch (error) {
    if (isDeadline(error)) return null;
    throw error;
  }
}

function statusesByOutcome(statuses: readonly string[]): Record<Outcome, string[]> {
  const grouped: Record<Outcome, string[]> = { approved: [], failed: [], waiting: [], ended: [] };
  for (const status of [...new Set(statuses)].sort()) grouped[outcomeOf(status)].push(status);
  return grouped;
}
