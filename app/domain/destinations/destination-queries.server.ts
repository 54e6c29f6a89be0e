import { and, asc, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { makersReach } from "./delivery-target.server.ts";
import { type DestinationDetail, type DestinationRow, isInScope } from "./destination.ts";

/** Every destination that was not removed and that somebody of this scope may send to. Few: they are typed by hand. */
export async function listDestinations(db: Database, scope: Scope): Promise<readonly DestinationRow[]> {
  const { destinations } = db.tables;
  const rows = await withMaker(db).where(isNull(destinations.removedAt)).orderBy(asc(destinations.name));
  return rows.filter((found) => isThere(scope, found)).map(rowOf);
}

/** `null` when it was removed, never was, or is not for this scope. */
export async function findDestination(
  db: Database,
  scope: Scope,
  destinationId: string,
): Promise<DestinationDetail | null> {
  const { destinations } = db.tables;
  const asked = and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt));
  const [found] = await withMaker(db).where(asked);
  return found && isThere(scope, found) ? detailOf(found) : null;
}

function withMaker(db: Database) {
  const { destinations, operators } = db.tables;
  return db.read
    .select({ row: destinations, maker: operators })
    .from(destinations)
    .leftJoin(operators, eq(operators.operatorId, destinations.createdBy));
}

type Found = Awaited<ReturnType<typeof withMaker>>[number];

function isThere(scope: Scope, found: Found): boolean {
  const { businessIds } = makersReach(found.maker);
  return isInScope(scope, { environments: environmentsOf(found), makersBusinessIds: businessIds });
}

function environmentsOf({ row, maker }: Found) {
  return makersReach(maker).environments.filter((one) => row.environments === null || row.environments.includes(one));
}

function rowOf(found: Found): DestinationRow {
  const { row } = found;
  return {
    destinationId: row.destinationId,
    name: row.name,
    url: row.url,
    hasToken: row.tokenSecret !== null,
    createdAt: row.createdAt,
    isOn: row.isOn,
    forwards: row.forwards,
    environments: environmentsOf(found),
    eventTypes: row.eventTypes,
    breaker: { failuresInRow: row.failuresInRow, breakerOpenedAt: row.breakerOpenedAt },
    lastDeliveredAt: row.lastDeliveredAt,
    lastFailedAt: row.lastFailedAt,
    lastOutcome: row.lastOutcome,
  };
}

function detailOf(found: Found): DestinationDetail {
  const { row, maker } = found;
  return {
    ...rowOf(found),
    description: row.description,
    createdBy: { operatorId: row.createdBy, email: maker?.email ?? null },
    makersEnvironments: makersReach(maker).environments,
    inOrder: row.inOrder,
    sendsWebhookId: row.sendsWebhookId,
    timeoutMs: row.timeoutMs,
    ratePerSecond: row.ratePerSecond,
    concurrency: row.concurrency,
  };
}
