import { and, asc, count, eq, inArray, ne } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";

export interface Expungeable {
  readonly eventId: string;
  readonly environment: Environment;
  readonly eventType: string;
  readonly firstReceivedAt: number;
  readonly paymentRequestId: string | null;
  readonly digest: string;
  readonly size: number;
  readonly isExpunged: boolean;
  readonly receipts: number;
  /** Other events of the very same content: they go with it. */
  readonly twins: readonly EventMention[];
  /** Other events of the same key or payment, whose bodies say something else: whether they hold it too is to be looked at. */
  readonly related: readonly EventMention[];
  /** Tries whose answers are kept; what a destination answered may repeat what it was sent. */
  readonly attempts: number;
}

export interface EventMention {
  readonly eventId: string;
  readonly eventType: string;
  readonly firstReceivedAt: number;
}

const MOST = 20;

/** What expunging an event would take, for the page that asks; `null` when it is absent or not theirs. */
export async function findExpungeable(db: Database, scope: Scope, eventId: string): Promise<Expungeable | null> {
  const { events, observations, bodies } = db.tables;
  const [found] = await db.read
    .select({
      eventId: events.eventId,
      environment: events.environment,
      eventType: events.eventType,
      firstReceivedAt: events.firstReceivedAt,
      paymentRequestId: events.paymentRequestId,
      receipts: events.receipts,
      expungedAt: events.expungedAt,
      contentDigest: observations.contentDigest,
      dedupeKey: observations.dedupeKey,
      digest: bodies.digest,
      size: bodies.size,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(
      and(
        eq(events.eventId, eventId),
        inArray(events.environment, [...scope.environments]),
        inBusiness(events.businessId, scope),
      ),
    );
  if (!found) return null;
  const { contentDigest, dedupeKey, expungedAt, ...event } = found;
  const inSame = { scope, environment: event.environment, not: eventId };
  const [twins, ofKey, ofPayment, attempts] = await Promise.all([
    mentions(db, inSame, eq(observations.contentDigest, contentDigest)),
    dedupeKey === null ? [] : mentions(db, inSame, eq(observations.dedupeKey, dedupeKey)),
    event.paymentRequestId === null ? [] : mentions(db, inSame, eq(events.paymentRequestId, event.paymentRequestId)),
    countAttempts(db, eventId),
  ]);
  const isTwin = ({ eventId: id }: EventMention) => twins.some((twin) => twin.eventId === id);
  const related = new Map([...ofKey, ...ofPayment].filter((one) => !isTwin(one)).map((one) => [one.eventId, one]));
  return { ...event, isExpunged: expungedAt !== null, twins, related: [...related.values()].slice(0, MOST), attempts };
}

function mentions(
  db: Database,
  { scope, environment, not }: { scope: Scope; environment: Environment; not: string },
  same: ReturnType<typeof eq>,
) {
  const { events, observations } = db.tables;
  return db.read
    .select({ eventId: events.eventId, eventType: events.eventType, firstReceivedAt: events.firstReceivedAt })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .where(
      and(
        eq(events.environment, environment),
        eq(observations.environment, environment),
        ne(events.eventId, not),
        same,
        inBusiness(events.businessId, scope),
      ),
    )
    .orderBy(asc(events.firstReceivedAt))
    .limit(MOST);
}

async function countAttempts(db: Database, eventId: string): Promise<number> {
  const { attempts, deliveries } = db.tables;
  const [row] = await db.read
    .select({ count: count() })
    .from(attempts)
    .innerJoin(deliveries, eq(deliveries.deliveryId, attempts.deliveryId))
    .where(eq(deliveries.eventId, eventId));
  return Number(row?.count ?? 0);
}
