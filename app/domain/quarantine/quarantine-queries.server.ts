import { and, asc, count, eq, gte, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alive, type Database, type Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { redactPersonal } from "~/lib/pii.ts";
import type { Scope } from "~/lib/scope.ts";
import { type ListPage, listPage } from "../lists/list-page.server.ts";
import type { ListDefinition, ListSource } from "../lists/list-source.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { WebhookCode } from "../webhooks/webhook-filters.ts";
import { webhookList } from "../webhooks/webhook-queries.server.ts";
import type { QuarantineTab } from "./quarantine.ts";
import type { QuarantineFilters } from "./quarantine-filters.ts";

export type SettledQuarantine = QuarantineFilters & { readonly environment: Environment };

export interface QuarantineRow {
  readonly eventId: string;
  readonly environment: Environment;
  readonly eventType: string;
  readonly reason: string | null;
  /** The payment it would belong to, when it names one; `hasPayment` when that payment is known and theirs to see. */
  readonly paymentRequestId: string | null;
  readonly hasPayment: boolean;
  readonly receipts: number;
  readonly firstReceivedAt: number;
  /** How the body begins, personal data replaced; empty once expunged. */
  readonly excerpt: string;
  readonly setAside: Mark | null;
  readonly expunged: (Mark & { readonly digest: string; readonly size: number }) | null;
}

/** Who did what when and why. `by` is an e-mail, `null` when they are gone. */
export interface Mark {
  readonly at: number;
  readonly by: string | null;
  readonly reason: string;
}

const EXCERPT = 240;
/** Enough to redact what the excerpt shows by its structure. */
const READ_BYTES = 8_192;
/** Beyond this a figure says no more; it is shown as "10,000+". */
export const COUNTED = 10_000;

/** One page of the work list, newest first unless asked otherwise. Absent environments answer as empty. */
export async function listQuarantine(
  db: Database,
  scope: Scope,
  filters: SettledQuarantine,
): Promise<ListPage<QuarantineRow>> {
  const { tab, reasons, replayId: _, ...list } = filters;
  const page = await listPage(db, scope, quarantineList(db, { tab, reasons }), {
    ...list,
    codes: { status: ["quarantined"] },
  });
  return { ...page, rows: page.rows.map(toRow) };
}

export interface QuarantineCounts {
  readonly tabs: Readonly<Record<QuarantineTab, number>>;
  /** Of the open ones, most frequent first. */
  readonly reasons: readonly { readonly reason: string | null; readonly count: number }[];
  /** More than were counted. */
  readonly isCapped: boolean;
}

/** How much there is in each tab and why; of `COUNTED` at most. */
export async function countQuarantine(
  db: Database,
  scope: Scope,
  { environment }: { environment: Environment },
): Promise<QuarantineCounts> {
  const { events } = db.tables;
  const reader = db.heavy();
  const capped = reader
    .select({ tab: sql<QuarantineTab>`${tabOf(db.tables)}`.as("tab"), reason: events.reason })
    .from(events)
    .where(and(alive, quarantinedIn(db, scope, environment)))
    .limit(COUNTED)
    .as("capped");
  const rows = scope.environments.includes(environment)
    ? await reader
        .select({ tab: capped.tab, reason: capped.reason, count: count() })
        .from(capped)
        .groupBy(sql`tab`, capped.reason)
    : [];
  const of = (tab: QuarantineTab) => rows.filter((row) => row.tab === tab).map((row) => Number(row.count));
  const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0);
  const tabs = { open: sum(of("open")), aside: sum(of("aside")), expunged: sum(of("expunged")) };
  const reasons = rows
    .filter((row) => row.tab === "open")
    .map(({ reason, count: many }) => ({ reason, count: Number(many) }))
    .sort((a, b) => b.count - a.count);
  return { tabs, reasons, isCapped: sum(Object.values(tabs)) >= COUNTED };
}

/** The oldest open events that match, at most `limit`. */
export async function listOpenIds(
  db: Database,
  scope: Scope,
  {
    environment,
    reasons,
    from,
    to,
    limit,
  }: Pick<SettledQuarantine, "environment" | "reasons" | "from" | "to"> & { limit: number },
): Promise<readonly string[]> {
  if (!scope.environments.includes(environment)) return [];
  const { events } = db.tables;
  const rows = await db
    .heavy()
    .select({ eventId: events.eventId })
    .from(events)
    .where(
      and(
        alive,
        quarantinedIn(db, scope, environment),
        tabCondition(db.tables, "open"),
        reasonCondition(db.tables, reasons),
        from === null ? undefined : gte(events.firstReceivedAt, from),
        to === null ? undefined : lt(events.firstReceivedAt, to),
      ),
    )
    .orderBy(asc(events.firstReceivedAt), asc(events.eventId))
    .limit(limit);
  return rows.map((row) => row.eventId);
}

function quarantinedIn({ tables: { events } }: Database, scope: Scope, environment: Environment): SQL | undefined {
  return and(
    eq(events.environment, environment),
    eq(events.state, "quarantined"),
    inBusiness(events.businessId, scope),
  );
}

function tabOf({ events }: Tables): SQL<QuarantineTab> {
  return sql`case when ${events.expungedAt} is not null then 'expunged'
    when ${events.setAsideAt} is not null then 'aside' else 'open' end`;
}

function tabCondition({ events }: Tables, tab: QuarantineTab): SQL | undefined {
  if (tab === "expunged") return isNotNull(events.expungedAt);
  return and(isNull(events.expungedAt), tab === "aside" ? isNotNull(events.setAsideAt) : isNull(events.setAsideAt));
}

function reasonCondition({ events }: Tables, reasons: readonly string[]): SQL | undefined {
  return reasons.length > 0 ? inArray(events.reason, [...reasons]) : undefined;
}

/** The webhooks list's index by state, and what a tab and reasons narrow it to. */
function quarantineList(
  db: Database,
  { tab, reasons }: Pick<QuarantineFilters, "tab" | "reasons">,
): ListDefinition<WebhookCode, StoredRow> {
  return {
    source: quarantineSource,
    async narrow() {
      const condition = and(tabCondition(db.tables, tab), reasonCondition(db.tables, reasons));
      return condition ? [{ condition }] : [];
    },
  };
}

interface StoredRow {
  readonly eventId: string;
  readonly environment: Environment;
  readonly eventType: string;
  readonly reason: string | null;
  readonly paymentRequestId: string | null;
  readonly knownPayment: string | null;
  readonly receipts: number;
  readonly firstReceivedAt: number;
  readonly start: Uint8Array | null;
  readonly digest: string;
  readonly size: number;
  readonly setAsideAt: number | null;
  readonly setAsideReason: string | null;
  readonly setAsideBy: string | null;
  readonly expungedAt: number | null;
  readonly expungedReason: string | null;
  readonly expungedBy: string | null;
}

function quarantineSource(tables: Tables): ListSource<WebhookCode, StoredRow> {
  const { events, observations, bodies, paymentRequests } = tables;
  const { name: _, select: __, position: ___, ...webhooks } = webhookList.source(tables);
  return {
    ...webhooks,
    name: "quarantine",
    select: (reader, { where, orderBy, limit }) =>
      reader
        .select({
          eventId: events.eventId,
          environment: events.environment,
          eventType: events.eventType,
          reason: events.reason,
          paymentRequestId: events.paymentRequestId,
          knownPayment: paymentRequests.paymentRequestId,
          receipts: events.receipts,
          firstReceivedAt: events.firstReceivedAt,
          start: sql<Uint8Array | null>`case when length(${bodies.bytes}) > 0 then substr(${bodies.bytes}, 1, ${READ_BYTES}) end`,
          digest: bodies.digest,
          size: bodies.size,
          setAsideAt: events.setAsideAt,
          setAsideReason: events.setAsideReason,
          setAsideBy: emailOf(tables, events.setAsideBy),
          expungedAt: events.expungedAt,
          expungedReason: events.expungedReason,
          expungedBy: emailOf(tables, events.expungedBy),
        })
        .from(events)
        .innerJoin(observations, eq(observations.observationId, events.observationId))
        .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
        .leftJoin(
          paymentRequests,
          and(
            eq(paymentRequests.environment, events.environment),
            eq(paymentRequests.paymentRequestId, events.paymentRequestId),
            // A body may name a payment of another business: only its own business's is linked.
            sql`${paymentRequests.businessId} is ${events.businessId}`,
          ),
        )
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    position: (row) => ({ at: row.firstReceivedAt, id: row.eventId }),
  };
}

/** An operator's e-mail, by a column that holds their id. */
function emailOf({ operators }: Tables, column: Tables["events"]["setAsideBy"] | Tables["events"]["expungedBy"]) {
  return sql<string | null>`(select ${operators.email} from ${operators} where ${operators.operatorId} = ${column})`;
}

function toRow(stored: StoredRow): QuarantineRow {
  const { eventId, environment, eventType, reason, paymentRequestId, receipts, firstReceivedAt } = stored;
  const { setAsideAt, expungedAt, digest, size } = stored;
  return {
    ...{ eventId, environment, eventType, reason, paymentRequestId, receipts, firstReceivedAt },
    hasPayment: stored.knownPayment !== null,
    excerpt: excerptOf(stored.start),
    setAside:
      setAsideAt === null ? null : { at: setAsideAt, by: stored.setAsideBy, reason: stored.setAsideReason ?? "" },
    expunged:
      expungedAt === null
        ? null
        : { at: expungedAt, by: stored.expungedBy, reason: stored.expungedReason ?? "", digest, size },
  };
}

function excerptOf(bytes: Uint8Array | null): string {
  if (bytes === null) return "";
  const { text } = redactPersonal(new TextDecoder().decode(bytes));
  const plain = text.replace(/\s+/g, " ").trim();
  return plain.length > EXCERPT ? `${plain.slice(0, EXCERPT)}…` : plain;
}
