import { and, eq, inArray, or } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { NetworkSource } from "~/xendit/projection.ts";
import { findTargets, searchText, selectTargets, TARGET_CAP } from "../lists/identifier-targets.server.ts";
import type { Narrowing, SettledFilters } from "../lists/list-request.server.ts";
import type { ListDefinition, ListSource } from "../lists/list-source.server.ts";
import { beginsWith } from "../lists/list-where.server.ts";
import type { WebhookCode } from "./webhook-filters.ts";

export type WebhookListFilters = SettledFilters<WebhookCode>;
/** With the card network of its payment request: an ECI means nothing without one. */
export type WebhookListRow = Pick<Tables["events"]["$inferSelect"], OwnWebhookColumn> & {
  readonly network: string | null;
  readonly networkFrom: NetworkSource | null;
  readonly threeDsFlow: string | null;
};
type OwnWebhookColumn = keyof ReturnType<typeof webhookListColumns>;

/** Captured events, last received first; codes are the event's own. */
export const webhookList: ListDefinition<WebhookCode, WebhookListRow> = {
  source: webhookSource,
  narrow: narrowWebhooks,
};

/** By the event's own id, by the id its body is about, or by whatever leads to a payment it tells of. */
async function narrowWebhooks(db: Database, { environment, q }: WebhookListFilters): Promise<readonly Narrowing[]> {
  if (q === null) return [];
  const { events } = db.tables;
  const text = searchText(q);
  const idsWhere = (condition: Parameters<typeof and>[0]) =>
    db.read
      .select({ id: events.eventId })
      .from(events)
      .where(and(eq(events.environment, environment), condition))
      .limit(TARGET_CAP + 1);
  const targets = await findTargets(db, environment, q);
  const found = await Promise.all([
    idsWhere(beginsWith(events.eventId, text)),
    idsWhere(beginsWith(events.primaryId, q)),
    idsWhere(eq(events.paymentRequestId, q)),
    idsWhere(inArray(events.paymentRequestId, [...(targets ?? [])])),
  ]);
  const ids = [...new Set(found.flat().map((row) => row.id))];
  if (targets !== null && ids.length <= TARGET_CAP) return [{ ids }];
  const named = inArray(events.paymentRequestId, selectTargets(db, environment, q));
  const any = or(beginsWith(events.eventId, text), beginsWith(events.primaryId, q), named);
  return any ? [{ condition: any }] : [];
}

function webhookSource(tables: Tables): ListSource<WebhookCode, WebhookListRow> {
  const table = tables.events;
  const request = tables.paymentRequests;
  return {
    name: "webhooks",
    table,
    environment: table.environment,
    businessId: table.businessId,
    at: table.firstReceivedAt,
    id: table.eventId,
    indexed: {
      status: table.state,
      type: table.eventType,
      eci: table.eci,
      cvn: table.cvn,
      avs: table.avs,
      response: table.response,
      currency: table.currency,
    },
    select: (reader, { where, orderBy, limit }) =>
      reader
        .select({ ...webhookListColumns(tables), ...networkColumns(tables) })
        .from(table)
        .leftJoin(
          request,
          and(eq(request.environment, table.environment), eq(request.paymentRequestId, table.paymentRequestId)),
        )
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    position: (row) => ({ at: row.firstReceivedAt, id: row.eventId }),
  };
}

function networkColumns({ paymentRequests: { network, networkFrom, threeDsFlow } }: Tables) {
  return { network, networkFrom, threeDsFlow };
}

function webhookListColumns({ events: table }: Tables) {
  return {
    eventId: table.eventId,
    eventType: table.eventType,
    environment: table.environment,
    state: table.state,
    reason: table.reason,
    paymentRequestId: table.paymentRequestId,
    primaryId: table.primaryId,
    status: table.status,
    eci: table.eci,
    cvn: table.cvn,
    avs: table.avs,
    response: table.response,
    receipts: table.receipts,
    sameContentAs: table.sameContentAs,
    firstReceivedAt: table.firstReceivedAt,
    lastReceivedAt: table.lastReceivedAt,
  };
}
