import { and, asc, desc, eq, inArray, isNull, max } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import type { Scope } from "../../lib/scope.ts";
import { DAY } from "../../lib/time.ts";
import { checklistOf, EVENT_GROUPS, type SetupCheck } from "./webhook-setup.ts";

export interface TokenRow {
  readonly digest: string;
  readonly environment: Environment;
  readonly label: string;
  readonly origin: "configuration" | "sandbox" | "operator";
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

export interface GroupArrival {
  readonly name: string;
  readonly label: string;
  readonly events: readonly string[];
  readonly lastAt: number | null;
  readonly lastEvent: string | null;
}

export interface Refusal {
  readonly refusalId: number;
  readonly refusedAt: number;
  readonly reason: string;
  readonly size: number | null;
  readonly address: string | null;
}

export interface WebhookSetup {
  readonly url: string;
  readonly tokens: readonly TokenRow[];
  readonly groups: readonly GroupArrival[];
  readonly checks: readonly SetupCheck[];
  /** `null` when the operator may not see them. */
  readonly refusals: readonly Refusal[] | null;
}

const SHOWN_REFUSALS = 20;

/** How webhooks of one environment are set up here, what has arrived, and what is missing. */
export async function findWebhookSetup(
  db: Database,
  scope: Scope,
  asked: {
    readonly config: Config;
    readonly environment: Environment;
    readonly withRefusals: boolean;
    readonly now: number;
  },
): Promise<WebhookSetup> {
  const { config, environment } = asked;
  const [tokens, groups, refusals] = await Promise.all([
    listTokens(db, environment),
    listArrivals(db, scope, environment),
    asked.withRefusals ? listRefusals(db) : null,
  ]);
  const url = `${config.publicUrl}/webhooks/xendit`;
  const checks = checklistOf({
    environment,
    url,
    isPublic: url.startsWith("https://") && !config.loopback,
    hasToken: tokens.length > 0,
    tokenUsed: tokens.some((token) => token.lastUsedAt !== null),
    arrived: new Set(groups.filter((group) => group.lastAt !== null).map((group) => group.name)),
    wrongTokens: refusals?.some((one) => one.reason === "wrong_token" && one.refusedAt > asked.now - DAY) ?? false,
  });
  return { url, tokens, groups, checks, refusals };
}

async function listTokens({ read, tables }: Database, environment: Environment): Promise<readonly TokenRow[]> {
  const { webhookTokens: table } = tables;
  return read
    .select({
      digest: table.tokenDigest,
      environment: table.environment,
      label: table.label,
      origin: table.origin,
      createdAt: table.createdAt,
      lastUsedAt: table.lastUsedAt,
    })
    .from(table)
    .where(and(eq(table.environment, environment), isNull(table.revokedAt)))
    .orderBy(asc(table.createdAt));
}

/** One index step per known event name: the types are few, the events may be millions. */
async function listArrivals(db: Database, scope: Scope, environment: Environment): Promise<readonly GroupArrival[]> {
  return Promise.all(
    EVENT_GROUPS.map(async ({ name, label, events }) => {
      const arrivals = await Promise.all(events.map((event) => lastArrival(db, scope, environment, event)));
      const latest = arrivals.reduce((a, b) => ((b.at ?? 0) > (a.at ?? 0) ? b : a));
      return { name, label, events, lastAt: latest.at, lastEvent: latest.at === null ? null : latest.event };
    }),
  );
}

async function lastArrival(
  { read, tables: { events: table } }: Database,
  scope: Scope,
  environment: Environment,
  event: string,
): Promise<{ readonly event: string; readonly at: number | null }> {
  const [row] = await read
    .select({ at: max(table.firstReceivedAt) })
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        eq(table.eventType, event),
        scope.businessIds === null ? undefined : inArray(table.businessId, [...scope.businessIds]),
      ),
    );
  return { event, at: row?.at ?? null };
}

async function listRefusals({ read, tables: { refusals } }: Database): Promise<readonly Refusal[]> {
  return read.select().from(refusals).orderBy(desc(refusals.refusalId)).limit(SHOWN_REFUSALS);
}
