import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Database, Statement } from "../db.server.ts";
import { tokenDetails } from "../xendit/bodies/card-bodies.ts";
import { isoTime, type JsonObject, jsonText } from "../xendit/bodies/json.ts";
import { type PaymentFacts, type PaymentStatus, paymentData } from "../xendit/bodies/payment-bodies.ts";
import { type Chance, decide, type TryPlan, type Verdict } from "./decide.ts";
import type { Fault } from "./levers.ts";
import { outboxStatements } from "./outbox.server.ts";
import { AUTHORIZATION_LIFETIME, deliveryTime, sessionDeliveryTime } from "./schedule.ts";
import type { SandboxSettings } from "./settings.server.ts";
import { changed, digitsOf, objectOf, storedBody, textOf, textOrNull, timeOf } from "./stored.ts";

const chance: Chance = { random: Math.random, uuid: randomUUID };

export type TryRow = Database["tables"]["sandboxTries"]["$inferSelect"];
type SessionRow = Database["tables"]["sandboxSessions"]["$inferSelect"];

/** What every transition needs to know beside its row. */
export interface Transition {
  readonly db: Database;
  readonly settings: SandboxSettings;
  readonly businessId: string;
  readonly now: number;
}

/**
 * Gives a decided try its result: the payment, what becomes of request and session, and the webhooks, in one write.
 * Two callers may do it at once; the guard on the try's stage lets one of them through.
 */
export async function settleTry(transition: Transition, row: TryRow): Promise<void> {
  const plan = row.plan as TryPlan;
  const session = await findSession(transition.db, row.paymentSessionId);
  if (!session) return;
  if (row.paymentRequestId) await settlePayment(transition, row, plan, session, row.paymentRequestId);
  else if (row.paymentTokenId) await settleToken(transition, row, plan, session, row.paymentTokenId);
}

async function settlePayment(
  transition: Transition,
  row: TryRow,
  plan: TryPlan,
  session: SessionRow,
  requestId: string,
): Promise<void> {
  const { db, settings, businessId, now } = transition;
  const { sandboxPaymentRequests, sandboxPayments } = db.tables;
  const [request] = await db.read
    .select()
    .from(sandboxPaymentRequests)
    .where(eq(sandboxPaymentRequests.paymentRequestId, requestId));
  if (!request) return;

  const body = storedBody(request.body);
  const verdict = verdictOf(plan, row, body, session.status === "ACTIVE");
  const status = statusOf(verdict, textOf(body, "capture_method"));
  const facts = paymentFacts(transition, { plan, row, body, verdict, status });
  const data = paymentData(facts, status);
  const stored = {
    ...data,
    payment_token_id: plan.paidWith ?? undefined,
    channel_properties: objectOf(body, "channel_properties"),
  };
  const requestBody = changed(request.body, {
    status,
    updated: isoTime(row.dueAt),
    latest_payment_id: plan.paymentId,
    failure_code: verdict.failureCode ?? undefined,
    actions: [],
  });
  const event = { event: eventOf[status], businessId, data };
  const at = deliveryTime(row.dueAt, settings.timeScale);
  await db.write([
    finishTry(db, row),
    {
      query: db.read
        .update(sandboxPaymentRequests)
        .set({ status, body: requestBody })
        .where(eq(sandboxPaymentRequests.paymentRequestId, requestId)),
      rows: 1,
    },
    {
      query: db.read.insert(sandboxPayments).values({
        paymentId: plan.paymentId,
        paymentRequestId: requestId,
        status,
        createdAt: facts.createdAt,
        expiresAt: status === "AUTHORIZED" ? row.dueAt + AUTHORIZATION_LIFETIME : null,
        body: jsonText(stored),
      }),
      rows: 1,
    },
    ...outboxStatements(db, settings, { envelope: event, at, faults: plan.levers.faults ?? [] }, now),
    ...(plan.saves ? await endToken(transition, row, plan, plan.saves, verdict) : []),
    ...(status === "FAILED"
      ? []
      : completeSession(transition, session, row, plan, {
          payment_token_id: plan.saves ?? plan.paidWith ?? undefined,
          payment_request_id: requestId,
          payment_id: plan.paymentId,
        })),
  ]);
}

async function settleToken(
  transition: Transition,
  row: TryRow,
  plan: TryPlan,
  session: SessionRow,
  tokenId: string,
): Promise<void> {
  const verdict = verdictOf(plan, row, storedBody(session.body), session.status === "ACTIVE");
  await transition.db.write([
    finishTry(transition.db, row),
    ...(await endToken(transition, row, plan, tokenId, verdict)),
    ...(verdict.failureCode ? [] : completeSession(transition, session, row, plan, { payment_token_id: tokenId })),
  ]);
}

/** A token lives or dies with the try that made it. */
async function endToken(
  transition: Transition,
  row: TryRow,
  plan: TryPlan,
  tokenId: string,
  verdict: Verdict,
): Promise<Statement[]> {
  const { db, settings, businessId, now } = transition;
  const { sandboxTokens } = db.tables;
  const [token] = await db.read.select().from(sandboxTokens).where(eq(sandboxTokens.paymentTokenId, tokenId));
  if (!token) return [];
  const status = verdict.failureCode ? "FAILED" : "ACTIVE";
  const body = changed(token.body, {
    status,
    failure_code: verdict.failureCode ? tokenFailureCode(verdict.failureCode) : undefined,
    token_details: tokenDetails(verdict),
    actions: undefined,
    updated: isoTime(row.dueAt),
  });
  const event = status === "ACTIVE" ? "payment_token.activation" : "payment_token.failure";
  const envelope = { event, businessId, data: storedBody(body) };
  const at = deliveryTime(row.dueAt, settings.timeScale);
  return [
    {
      query: db.read.update(sandboxTokens).set({ status, body }).where(eq(sandboxTokens.paymentTokenId, tokenId)),
      rows: 1,
    },
    ...outboxStatements(db, settings, { envelope, at, faults: plan.levers.faults ?? [] }, now),
  ];
}

/** Only an ACTIVE session can be completed; otherwise the whole write is taken back and the try is looked at again. */
function completeSession(
  transition: Transition,
  session: SessionRow,
  row: TryRow,
  plan: TryPlan,
  ids: JsonObject,
): Statement[] {
  const { db, settings, businessId, now } = transition;
  const { sandboxSessions } = db.tables;
  const body = changed(session.body, { status: "COMPLETED", updated: isoTime(row.dueAt), ...ids });
  const faults = plan.levers.faults ?? [];
  const envelope = { event: "payment_session.completed", businessId, data: sessionData(body) };
  const at = sessionDeliveryTime(row.dueAt, settings.timeScale, orderOf(faults));
  return [
    {
      query: db.read
        .update(sandboxSessions)
        .set({ status: "COMPLETED", body })
        .where(
          and(eq(sandboxSessions.paymentSessionId, session.paymentSessionId), eq(sandboxSessions.status, "ACTIVE")),
        ),
      rows: 1,
    },
    ...outboxStatements(db, settings, { envelope, at, faults }, now),
  ];
}

function orderOf(faults: readonly Fault[]) {
  if (faults.includes("out_of_order")) return "before_payment";
  return faults.includes("capture_before_session") ? "long_after_payment" : "usual";
}

/** `data` of a session webhook: the session without the return addresses of its JS mode. */
export function sessionData(body: string): JsonObject {
  return { ...storedBody(body), cards_session_js: undefined };
}

export async function findSession(db: Database, paymentSessionId: string): Promise<SessionRow | null> {
  const { sandboxSessions } = db.tables;
  const [row] = await db.read
    .select()
    .from(sandboxSessions)
    .where(eq(sandboxSessions.paymentSessionId, paymentSessionId));
  return row ?? null;
}

export function finishTry(db: Database, row: TryRow): Statement {
  const { sandboxTries } = db.tables;
  const same = and(eq(sandboxTries.authenticationId, row.authenticationId), eq(sandboxTries.stage, row.stage));
  return { query: db.read.update(sandboxTries).set({ stage: "done" }).where(same), rows: 1 };
}

const eventOf = {
  SUCCEEDED: "payment.capture",
  AUTHORIZED: "payment.authorization",
  FAILED: "payment.failure",
} as const;

function statusOf(verdict: Verdict, captureMethod: string): keyof typeof eventOf {
  if (verdict.failureCode) return "FAILED";
  return captureMethod === "MANUAL" ? "AUTHORIZED" : "SUCCEEDED";
}

/** A session that another try completed, or that ended, takes no more money. */
function verdictOf(plan: TryPlan, row: TryRow, body: JsonObject, sessionOpen: boolean): Verdict {
  if (!sessionOpen) {
    return { authorization: null, authentication: null, network: null, failureCode: "PAYMENT_REQUEST_EXPIRED" };
  }
  const digits = "request_amount" in body ? digitsOf(body, "request_amount") : digitsOf(body, "amount");
  return decide(plan, { digits, currency: textOf(body, "currency") }, authorizedAt(plan, row), chance);
}

/** The issuer answers a little after the decision and before the capture. */
function authorizedAt(plan: TryPlan, row: TryRow): number {
  const decidedAt = plan.decidedAt ?? row.createdAt;
  return Math.max(decidedAt, Math.round(decidedAt + (row.dueAt - decidedAt) * 0.53));
}

function paymentFacts(
  transition: Transition,
  result: {
    readonly plan: TryPlan;
    readonly row: TryRow;
    readonly body: JsonObject;
    readonly verdict: Verdict;
    readonly status: PaymentStatus;
  },
): PaymentFacts {
  const { plan, row, body, verdict, status } = result;
  const amount = digitsOf(body, "request_amount");
  const channel = objectOf(body, "channel_properties");
  const captured = status === "SUCCEEDED";
  return {
    businessId: transition.businessId,
    paymentId: plan.paymentId,
    paymentRequestId: textOf(body, "payment_request_id"),
    customerId: textOrNull(body, "customer_id"),
    referenceId: textOf(body, "reference_id"),
    type: textOf(body, "type") === "PAY_AND_SAVE" ? "PAY_AND_SAVE" : "PAY",
    country: textOf(body, "country"),
    currency: textOf(body, "currency"),
    amount,
    captureMethod: textOf(body, "capture_method") === "MANUAL" ? "MANUAL" : "AUTOMATIC",
    createdAt: timeOf(body, "created"),
    // Xendit's `updated` is older than the capture; of a decline it is when the answer came.
    updatedAt: status === "FAILED" ? row.dueAt : (plan.decidedAt ?? row.createdAt),
    authorization: verdict.authorization,
    authentication: verdict.authentication,
    network: verdict.network,
    captures: captured ? [{ captureId: `cptr-${randomUUID()}`, amount, capturedAt: row.dueAt }] : [],
    failureCode: verdict.failureCode,
    description: textOrNull(body, "description"),
    metadata: body.metadata,
    returnUrls: {
      success: textOf(channel, "success_return_url"),
      failure: textOf(channel, "failure_return_url"),
    },
    stringAmounts: transition.settings.stringAmounts || (plan.levers.faults ?? []).includes("string_amounts"),
  };
}

/** A token's failures have names of their own for what the card answered. */
function tokenFailureCode(failureCode: string): string {
  return ["AUTHENTICATION_FAILED", "INSUFFICIENT_BALANCE", "ISSUER_UNAVAILABLE"].includes(failureCode)
    ? failureCode
    : "CARD_DECLINED";
}
