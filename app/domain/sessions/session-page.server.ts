import { and, asc, desc, eq, inArray, or } from "drizzle-orm";
import type { Database, Tables } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import type { Scope } from "../../lib/scope.ts";
import type { Exchange } from "../../xendit/exchange.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { redactExchange } from "./redact-exchange.ts";
import type { StepName } from "./session-steps.server.ts";

export type SessionFacts = Tables["sessions"]["$inferSelect"];

export interface StoryStep {
  readonly step: StepName;
  readonly at: number;
  readonly outcome: string;
  readonly exchange: Exchange | null;
}

export interface TestFacts {
  readonly operatorId: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly levers: Readonly<Record<string, string>>;
  readonly pollAt: number | null;
}

export type TryFacts = Pick<
  Tables["paymentRequests"]["$inferSelect"],
  | "paymentRequestId"
  | "status"
  | "sessionLink"
  | "network"
  | "networkFrom"
  | "threeDsFlow"
  | "eci"
  | "cvn"
  | "avs"
  | "response"
  | "failureCode"
  | "capturedMinor"
  | "currency"
  | "sortAt"
>;

export type WebhookFacts = Pick<
  Tables["events"]["$inferSelect"],
  "eventId" | "eventType" | "state" | "status" | "paymentRequestId" | "firstReceivedAt" | "receipts"
>;

/** Everything the page of one session shows. `test` is `null` when it was not started here. */
export interface SessionPage {
  readonly session: SessionFacts;
  readonly test: TestFacts | null;
  readonly steps: readonly StoryStep[];
  readonly tries: readonly TryFacts[];
  readonly webhooks: readonly WebhookFacts[];
}

export interface AskedSession {
  readonly paymentSessionId: string;
  /** Decides only when several sessions have the same id. */
  readonly environment: Environment | null;
}

/** What a page of one session can show at most; a session has a handful. */
const MOST = 50;

/** One session the operator may see, or `null`. */
export async function findSessionPage(db: Database, scope: Scope, asked: AskedSession): Promise<SessionPage | null> {
  const session = await findSession(db, scope, asked);
  if (!session) return null;
  const [test, steps, tries] = await Promise.all([
    findTest(db, session),
    listSteps(db, session),
    listTries(db, scope, session),
  ]);
  const savedTokens = steps
    .filter((one) => one.step === "cvn" && one.outcome.startsWith("pt"))
    .map((one) => one.outcome);
  const webhooks = await listWebhooks(db, scope, {
    session,
    primaryIds: [session.paymentSessionId, ...savedTokens],
    requestIds: tries.map((one) => one.paymentRequestId),
  });
  return { session, test, steps, tries, webhooks };
}

async function findSession(
  { read, tables: { sessions } }: Database,
  scope: Scope,
  asked: AskedSession,
): Promise<SessionFacts | null> {
  const rows = await read
    .select()
    .from(sessions)
    .where(
      and(
        inArray(sessions.environment, [...scope.environments]),
        eq(sessions.paymentSessionId, asked.paymentSessionId),
        scope.businessIds === null ? undefined : inArray(sessions.businessId, [...scope.businessIds]),
      ),
    );
  return rows.find((row) => row.environment === asked.environment) ?? rows[0] ?? null;
}

async function findTest(
  { read, tables: { testSessions } }: Database,
  session: SessionFacts,
): Promise<TestFacts | null> {
  const [row] = await read
    .select({
      operatorId: testSessions.operatorId,
      createdAt: testSessions.createdAt,
      expiresAt: testSessions.expiresAt,
      levers: testSessions.levers,
      pollAt: testSessions.pollAt,
    })
    .from(testSessions)
    .where(
      and(
        eq(testSessions.environment, session.environment),
        eq(testSessions.paymentSessionId, session.paymentSessionId),
      ),
    );
  return row ?? null;
}

async function listSteps({ read, tables }: Database, session: SessionFacts): Promise<readonly StoryStep[]> {
  const { testSessionSteps: steps } = tables;
  const rows = await read
    .select({ step: steps.step, at: steps.at, outcome: steps.outcome, exchange: steps.exchange })
    .from(steps)
    .where(and(eq(steps.environment, session.environment), eq(steps.paymentSessionId, session.paymentSessionId)))
    .orderBy(asc(steps.at), asc(steps.stepId))
    .limit(MOST * 2);
  return rows.map((row) => ({ ...row, exchange: row.exchange && redactExchange(row.exchange) }));
}

/** The tries of a session, latest first. */
async function listTries(
  { read, tables }: Database,
  scope: Scope,
  session: SessionFacts,
): Promise<readonly TryFacts[]> {
  const { paymentRequests: table } = tables;
  return read
    .select({
      paymentRequestId: table.paymentRequestId,
      status: table.status,
      sessionLink: table.sessionLink,
      network: table.network,
      networkFrom: table.networkFrom,
      threeDsFlow: table.threeDsFlow,
      eci: table.eci,
      cvn: table.cvn,
      avs: table.avs,
      response: table.response,
      failureCode: table.failureCode,
      capturedMinor: table.capturedMinor,
      currency: table.currency,
      sortAt: table.sortAt,
    })
    .from(table)
    .where(
      and(
        eq(table.environment, session.environment),
        eq(table.paymentSessionId, session.paymentSessionId),
        inBusiness(table.businessId, scope),
      ),
    )
    .orderBy(desc(table.sortAt), desc(table.paymentRequestId))
    .limit(MOST);
}

interface Naming {
  readonly session: SessionFacts;
  readonly primaryIds: readonly string[];
  readonly requestIds: readonly string[];
}

async function listWebhooks(
  { read, tables: { events } }: Database,
  scope: Scope,
  { session, primaryIds, requestIds }: Naming,
): Promise<readonly WebhookFacts[]> {
  const named = [inArray(events.primaryId, [...primaryIds])];
  if (requestIds.length > 0) named.push(inArray(events.paymentRequestId, [...requestIds]));
  return read
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      state: events.state,
      status: events.status,
      paymentRequestId: events.paymentRequestId,
      firstReceivedAt: events.firstReceivedAt,
      receipts: events.receipts,
    })
    .from(events)
    .where(and(eq(events.environment, session.environment), inBusiness(events.businessId, scope), or(...named)))
    .orderBy(asc(events.firstReceivedAt), asc(events.eventId))
    .limit(MOST);
}
