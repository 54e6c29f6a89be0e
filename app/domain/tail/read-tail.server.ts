import { and, asc, type Column, desc, eq, gt, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import {
  encodeTailCursor,
  showsArrivals,
  showsRefusals,
  type TailArrival,
  type TailCursor,
  type TailEntry,
  type TailFilters,
  type TailPage,
  type TailRefusal,
} from "./tail.ts";

/** Receipts one answer looks at, whatever the filters: rare filters must not become long scans. */
export const LOOKED_AT = 1_000;
/** The page begins with as many. */
export const FIRST_ENTRIES = 100;
/** Looked at for those. */
export const FIRST_LOOKED_AT = 2_000;

interface AskedTail {
  readonly environment: Environment;
  readonly filters: TailFilters;
  /** `null` for the newest. */
  readonly after: TailCursor | null;
  /** Refusals belong to no environment: they are for those who set up all of them. */
  readonly withRefusals: boolean;
}

/**
 * Arrivals after a cursor, or the newest, each with the event it is a receipt of. Receipts are read by their ids, which
 * grow in the order in which the one writer stores them: none comes to be before a cursor that was given out.
 */
export async function readTail(db: Database, scope: Scope, asked: AskedTail): Promise<TailPage> {
  const { after, filters } = asked;
  const seesRefusals = asked.withRefusals && showsRefusals(filters);
  const [window, refused] = await Promise.all([
    after ? windowAfter(db, after.receipt) : newestWindow(db),
    seesRefusals ? refusalsAfter(db, after?.refusal ?? null) : { entries: [], last: null },
  ]);
  const seesArrivals = showsArrivals(filters) && scope.environments.includes(asked.environment);
  const limit = after ? LOOKED_AT : FIRST_ENTRIES;
  const arrivals = seesArrivals && window ? await arrivalsIn(db, scope, asked, { ...window, limit }) : [];
  const entries = [...arrivals, ...refused.entries].sort(newestFirst);
  return {
    entries: after ? entries : entries.slice(0, FIRST_ENTRIES),
    cursor: encodeTailCursor({
      receipt: window?.last ?? after?.receipt ?? "",
      refusal: refused.last ?? after?.refusal ?? 0,
    }),
    isMore: after !== null && (window?.isFull ?? false),
  };
}

function newestFirst(a: TailEntry, b: TailEntry): number {
  if (a.at !== b.at) return b.at - a.at;
  return a.key < b.key ? 1 : -1;
}

/** A stretch of receipts: those greater than `after` up to `last`. */
interface Window {
  readonly after: string;
  readonly last: string;
  readonly isFull: boolean;
}

async function windowAfter(db: Database, after: string): Promise<Window | null> {
  const { receipts } = db.tables;
  const ids = await db.read
    .select({ id: receipts.receiptId })
    .from(receipts)
    .where(gt(receipts.receiptId, after))
    .orderBy(asc(receipts.receiptId))
    .limit(LOOKED_AT);
  const last = ids.at(-1)?.id;
  return last === undefined ? null : { after, last, isFull: ids.length === LOOKED_AT };
}

async function newestWindow(db: Database): Promise<Window | null> {
  const { receipts } = db.tables;
  const ids = await db.read
    .select({ id: receipts.receiptId })
    .from(receipts)
    .orderBy(desc(receipts.receiptId))
    .limit(FIRST_LOOKED_AT + 1);
  const last = ids[0]?.id;
  if (last === undefined) return null;
  return { after: ids[FIRST_LOOKED_AT]?.id ?? "", last, isFull: ids.length > FIRST_LOOKED_AT };
}

async function arrivalsIn(
  db: Database,
  scope: Scope,
  { environment, filters }: AskedTail,
  window: Window & { readonly limit: number },
): Promise<readonly TailArrival[]> {
  const { receipts, events, paymentRequests } = db.tables;
  const rows = await db.read
    .select(arrivalColumns(db))
    .from(receipts)
    .innerJoin(events, eq(events.eventId, receipts.eventId))
    .leftJoin(
      paymentRequests,
      and(
        eq(paymentRequests.environment, events.environment),
        eq(paymentRequests.paymentRequestId, events.paymentRequestId),
      ),
    )
    .where(
      and(
        gt(receipts.receiptId, window.after),
        lte(receipts.receiptId, window.last),
        // `coalesce` keeps the planner on the receipts, which are few here; their events are found by key.
        eq(plain(events.environment), environment),
        inBusiness(events.businessId, scope),
        filters.types.length > 0 ? inArray(plain(events.eventType), [...filters.types]) : undefined,
        filters.states.length > 0 ? inArray(plain(events.state), [...filters.states]) : undefined,
        filters.q === null ? undefined : namesText(db, filters.q),
      ),
    )
    .orderBy(desc(receipts.receiptId))
    .limit(window.limit);
  return rows.map(({ receiptKind, replayHeader, ...row }) => ({
    kind: "arrival" as const,
    ...row,
    isDuplicate: receiptKind === "duplicate",
    cameFromReplay: replayHeader !== null,
  }));
}

function plain(column: Column): SQL {
  return sql`coalesce(${column}, '')`;
}

/** Part of an id or of the reference, however it is written. */
function namesText(db: Database, q: string): SQL | undefined {
  const { events, paymentRequests } = db.tables;
  const part = `%${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const columns = [events.eventId, events.primaryId, events.paymentRequestId, paymentRequests.referenceId];
  return or(...columns.map((column) => sql`lower(${column}) like ${part} escape '\\'`));
}

function arrivalColumns({ tables: { receipts, events, paymentRequests } }: Database) {
  return {
    key: receipts.receiptId,
    at: receipts.receivedAt,
    receiptKind: receipts.kind,
    replayHeader: receipts.replayHeader,
    eventId: events.eventId,
    eventType: events.eventType,
    state: events.state,
    reason: events.reason,
    paymentRequestId: events.paymentRequestId,
    primaryId: events.primaryId,
    eci: events.eci,
    cvn: events.cvn,
    avs: events.avs,
    response: events.response,
    referenceId: paymentRequests.referenceId,
    amountMinor: paymentRequests.amountMinor,
    amountRaw: paymentRequests.amountRaw,
    currency: paymentRequests.currency,
    network: paymentRequests.network,
    networkFrom: paymentRequests.networkFrom,
    threeDsFlow: paymentRequests.threeDsFlow,
  };
}

/** Newest first. More than the limit at once is an attack, of which the latest say enough. */
async function refusalsAfter(
  db: Database,
  after: number | null,
): Promise<{ readonly entries: readonly TailRefusal[]; readonly last: number | null }> {
  const { refusals } = db.tables;
  const rows = await db.read
    .select()
    .from(refusals)
    .where(after === null ? undefined : gt(refusals.refusalId, after))
    .orderBy(desc(refusals.refusalId))
    .limit(FIRST_ENTRIES);
  const entries = rows.map(({ refusalId, refusedAt, reason, size, address }) => ({
    kind: "refusal" as const,
    key: `refusal-${refusalId}`,
    at: refusedAt,
    reason,
    size,
    address,
  }));
  return { entries, last: rows[0]?.refusalId ?? null };
}
