import { and, asc, desc, eq, inArray, isNotNull, ne } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import type { Scope } from "../../lib/scope.ts";
import { readObservation } from "../../xendit/read-observation.ts";
import { shapeOf } from "../../xendit/shapes/shapes.ts";
import { subjectWord } from "../checks/check.ts";
import { listStored } from "../checks/stored-observations.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { isAskable, sideName } from "./diff-side.ts";

/** Something a webhook's body can be set beside. */
export interface Comparable {
  /** As the diff page's URL names it. */
  readonly side: string;
  readonly group: ComparableGroup;
  readonly label: string;
  readonly at: number | null;
}
export type ComparableGroup = "same key" | "same payment" | "arrivals" | "xendit";

interface OfEvent {
  readonly eventId: string;
  readonly environment: Environment;
  readonly eventType: string;
  readonly primaryId: string | null;
  readonly paymentRequestId: string | null;
}

interface SameKey {
  readonly eventId: string;
  readonly eventType: string;
  readonly firstReceivedAt: number;
}

/** A menu is read at a glance; the rest is reached from the payment's page. */
const MOST = 8;

/** What an event is worth comparing with: its key's and its payment's other events, its arrivals, what Xendit says. */
export async function listComparable(
  db: Database,
  scope: Scope,
  { event, sameKey }: { readonly event: OfEvent; readonly sameKey: readonly SameKey[] },
): Promise<readonly Comparable[]> {
  const [related, arrivals, answers] = await Promise.all([
    listRelated(db, scope, event),
    listArrivals(db, event.eventId),
    listAnswers(db, scope, event),
  ]);
  const ofKey = sameKey.map((one): Comparable => {
    return { side: one.eventId, group: "same key", label: one.eventType, at: one.firstReceivedAt };
  });
  const others = related.filter(({ side }) => sameKey.every(({ eventId }) => eventId !== side));
  return [...ofKey, ...others, ...arrivals, ...answers, ...documented(event), ...askable(event)];
}

async function listRelated(db: Database, scope: Scope, event: OfEvent): Promise<readonly Comparable[]> {
  const { events } = db.tables;
  if (event.paymentRequestId === null) return [];
  const rows = await db.read
    .select({ eventId: events.eventId, eventType: events.eventType, at: events.firstReceivedAt })
    .from(events)
    .where(
      and(
        eq(events.environment, event.environment),
        eq(events.paymentRequestId, event.paymentRequestId),
        ne(events.eventId, event.eventId),
        inBusiness(events.businessId, scope),
      ),
    )
    .orderBy(desc(events.firstReceivedAt))
    .limit(MOST);
  return rows.map(({ eventId, eventType, at }) => ({ side: eventId, group: "same payment", label: eventType, at }));
}

async function listArrivals(db: Database, eventId: string): Promise<readonly Comparable[]> {
  const { receipts } = db.tables;
  const rows = await db.read
    .select({ side: receipts.receiptId, at: receipts.receivedAt })
    .from(receipts)
    .where(and(eq(receipts.eventId, eventId), isNotNull(receipts.bodyId)))
    .orderBy(asc(receipts.receivedAt), asc(receipts.receiptId))
    .limit(MOST);
  return rows.map((row) => ({ ...row, group: "arrivals", label: "Duplicate with bytes of its own" }));
}

async function listAnswers(db: Database, scope: Scope, event: OfEvent): Promise<readonly Comparable[]> {
  const { observations, observationIds } = db.tables;
  const ids = [event.primaryId, event.paymentRequestId].filter((id) => id !== null);
  if (ids.length === 0) return [];
  const rows = await db.read
    .selectDistinct({ observationId: observations.observationId, at: observations.receivedAt })
    .from(observationIds)
    .innerJoin(observations, eq(observations.observationId, observationIds.observationId))
    .where(
      and(
        eq(observationIds.environment, event.environment),
        inArray(observationIds.value, ids),
        eq(observations.source, "api"),
      ),
    )
    .orderBy(desc(observations.observationId))
    .limit(MOST);
  const kept = new Map(
    (
      await listStored(
        db,
        event.environment,
        rows.map((row) => row.observationId),
      )
    ).map((stored) => [stored.observationId, stored]),
  );
  return rows.flatMap(({ observationId, at }): Comparable[] => {
    const stored = kept.get(observationId);
    if (!stored || !isTheirs(scope, readObservation(stored).businessId)) return [];
    const subject = Object.entries(subjectWord).find(([name]) => name === stored.subject)?.[1] ?? "Answer";
    return [{ side: sideName({ kind: "answer", observationId }), group: "xendit", label: `${subject}, as told`, at }];
  });
}

function isTheirs({ businessIds }: Scope, businessId: string | null): boolean {
  return businessIds === null || (businessId !== null && businessIds.includes(businessId));
}

function documented({ eventType }: OfEvent): readonly Comparable[] {
  if (shapeOf(eventType) === null) return [];
  return [{ side: sideName({ kind: "documented", eventType }), group: "xendit", label: "Documented shape", at: null }];
}

function askable({ primaryId }: OfEvent): readonly Comparable[] {
  if (primaryId === null || !isAskable(primaryId)) return [];
  return [{ side: sideName({ kind: "present", id: primaryId }), group: "xendit", label: "Ask Xendit now", at: null }];
}
