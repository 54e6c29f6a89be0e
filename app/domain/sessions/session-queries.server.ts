import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Database, Tables } from "~/db.server.ts";
import type { NetworkSource } from "~/xendit/projection.ts";
import { findTargets, selectTargets, TARGET_CAP } from "../lists/identifier-targets.server.ts";
import type { Narrowing, SettledFilters } from "../lists/list-request.server.ts";
import type { ListDefinition, ListSource } from "../lists/list-source.server.ts";
import { beginsWith } from "../lists/list-where.server.ts";
import type { SessionCode } from "./session-filters.ts";

export type SessionListFilters = SettledFilters<SessionCode>;
/** With the card network of its payment request: an ECI means nothing without one. */
export type SessionListRow = Pick<Tables["sessions"]["$inferSelect"], OwnSessionColumn> & {
  readonly network: string | null;
  readonly networkFrom: NetworkSource | null;
  readonly threeDsFlow: string | null;
};
type OwnSessionColumn = keyof ReturnType<typeof sessionListColumns>;

/** Sessions, newest first; codes are those of the payment request that stands for it. */
export const sessionList: ListDefinition<SessionCode, SessionListRow> = {
  source: sessionSource,
  narrow: narrowSessions,
};

/** An identifier leads to payment requests, those to their sessions; a session's own id also finds it directly. */
async function narrowSessions(db: Database, { environment, q }: SessionListFilters): Promise<readonly Narrowing[]> {
  if (q === null) return [];
  const { sessions, paymentRequests } = db.tables;
  const [targets, own] = await Promise.all([
    findTargets(db, environment, q),
    db.read
      .select({ id: sessions.paymentSessionId })
      .from(sessions)
      .where(and(eq(sessions.environment, environment), beginsWith(sessions.paymentSessionId, q)))
      .limit(TARGET_CAP + 1),
  ]);
  if (targets === null || own.length > TARGET_CAP) {
    const named = selectTargets(db, environment, q);
    const any = or(
      inArray(sessions.paymentSessionId, named),
      inArray(sessions.paymentRequestId, named),
      beginsWith(sessions.paymentSessionId, q),
    );
    return any ? [{ condition: any }] : [];
  }
  const linked = await db.read
    .select({ id: paymentRequests.paymentSessionId })
    .from(paymentRequests)
    .where(and(eq(paymentRequests.environment, environment), inArray(paymentRequests.paymentRequestId, [...targets])));
  const found = [...targets, ...own.map((row) => row.id), ...linked.map((row) => row.id)];
  return [{ ids: [...new Set(found.filter((id) => id !== null))] }];
}

function sessionSource(tables: Tables): ListSource<SessionCode, SessionListRow> {
  const table = tables.sessions;
  const request = tables.paymentRequests;
  return {
    name: "sessions",
    table,
    environment: table.environment,
    businessId: table.businessId,
    at: table.sortAt,
    id: table.paymentSessionId,
    indexed: {
      status: table.status,
      eci: table.eci,
      cvn: table.cvn,
      avs: table.avs,
      currency: table.currency,
      missing: table.missing,
    },
    derived: { response: responseOf(tables) },
    select: (reader, { where, orderBy, limit }) =>
      reader
        .select({ ...sessionListColumns(tables), ...networkColumns(tables) })
        .from(table)
        .leftJoin(
          request,
          and(eq(request.environment, table.environment), eq(request.paymentRequestId, table.paymentRequestId)),
        )
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    position: (row) => ({ at: row.sortAt, id: row.paymentSessionId }),
  };
}

/** A session has no network response of its own. Aliased, because the list joins the same table. */
function responseOf({ sessions, paymentRequests }: Tables): SQL {
  const own = alias(paymentRequests, "own_request");
  const isOwn = and(eq(own.environment, sessions.environment), eq(own.paymentRequestId, sessions.paymentRequestId));
  return sql`(select ${own.response} from ${paymentRequests} as "own_request" where ${isOwn})`;
}

function networkColumns({ paymentRequests: { network, networkFrom, threeDsFlow } }: Tables) {
  return { network, networkFrom, threeDsFlow };
}

function sessionListColumns({ sessions: table }: Tables) {
  return {
    paymentSessionId: table.paymentSessionId,
    paymentRequestId: table.paymentRequestId,
    paymentRequestLink: table.paymentRequestLink,
    paymentRequestCount: table.paymentRequestCount,
    referenceId: table.referenceId,
    environment: table.environment,
    status: table.status,
    currency: table.currency,
    amountRaw: table.amountRaw,
    amountMinor: table.amountMinor,
    eci: table.eci,
    cvn: table.cvn,
    avs: table.avs,
    createdAt: table.createdAt,
    expiresAt: table.expiresAt,
    sortAt: table.sortAt,
    flags: table.flags,
    missing: table.missing,
  };
}
