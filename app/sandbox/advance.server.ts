import { and, asc, eq, inArray, lte, min } from "drizzle-orm";
import type { Database } from "../db.server.ts";
import { isoTime } from "../xendit/bodies/json.ts";
import type { Envelope } from "../xendit/bodies/payment-bodies.ts";
import type { TryPlan } from "./decide.ts";
import { outboxStatements } from "./outbox.server.ts";
import { deliveryTime } from "./schedule.ts";
import { finishTry, sessionData, settleTry, type Transition, type TryRow } from "./settle-try.server.ts";
import { changed, storedBody } from "./stored.ts";

/** How many rows of a kind are moved at once; the rest follow in the next round. */
const BATCH = 100;

/**
 * Moves everything whose time has come: tries get their result, requests, sessions and authorizations expire, refunds
 * arrive. Called by the sender's clock and before an answer is given, so that nobody ever sees a stale object.
 */
export async function advance(transition: Transition): Promise<void> {
  await advanceTries(transition);
  await expireSessions(transition);
  await expireAuthorizations(transition);
  await finishRefunds(transition);
}

async function advanceTries(transition: Transition): Promise<void> {
  const { db, now } = transition;
  const { sandboxTries } = db.tables;
  const due = await db.read
    .select()
    .from(sandboxTries)
    .where(and(inArray(sandboxTries.stage, ["challenge", "settling"]), lte(sandboxTries.dueAt, now)))
    .orderBy(asc(sandboxTries.dueAt))
    .limit(BATCH);
  for (const row of due) {
    if (row.stage === "settling") await settleTry(transition, row);
    else await expireTry(transition, row);
  }
}

/** Nobody finished the challenge: the request lapses, the session stays open for another try. */
async function expireTry(transition: Transition, row: TryRow): Promise<void> {
  const { db, settings, businessId, now } = transition;
  const { sandboxPaymentRequests, sandboxTokens } = db.tables;
  const plan = row.plan as TryPlan;
  const faults = plan.levers.faults ?? [];
  const at = deliveryTime(row.dueAt, settings.timeScale);
  const members = { status: "EXPIRED", updated: isoTime(row.dueAt) };
  if (row.paymentRequestId) {
    const same = eq(sandboxPaymentRequests.paymentRequestId, row.paymentRequestId);
    const [request] = await db.read.select().from(sandboxPaymentRequests).where(same);
    if (!request) return;
    const body = changed(request.body, { ...members, actions: [] });
    const envelope = { event: "payment_request.expiry", businessId, data: storedBody(body) };
    await db.write([
      finishTry(db, row),
      { query: db.read.update(sandboxPaymentRequests).set({ status: "EXPIRED", body }).where(same), rows: 1 },
      ...outboxStatements(db, settings, { envelope, at, faults }, now),
    ]);
  } else if (row.paymentTokenId) {
    const same = eq(sandboxTokens.paymentTokenId, row.paymentTokenId);
    const [token] = await db.read.select().from(sandboxTokens).where(same);
    if (!token) return;
    const body = changed(token.body, { ...members, actions: undefined });
    const envelope = { event: "payment_token.expiry", businessId, data: storedBody(body) };
    await db.write([
      finishTry(db, row),
      { query: db.read.update(sandboxTokens).set({ status: "EXPIRED", body }).where(same), rows: 1 },
      ...outboxStatements(db, settings, { envelope, at, faults }, now),
    ]);
  }
}

async function expireSessions({ db, settings, businessId, now }: Transition): Promise<void> {
  const { sandboxSessions } = db.tables;
  const due = await db.read
    .select()
    .from(sandboxSessions)
    .where(and(eq(sandboxSessions.status, "ACTIVE"), lte(sandboxSessions.expiresAt, now)))
    .orderBy(asc(sandboxSessions.expiresAt))
    .limit(BATCH);
  for (const row of due) {
    const ended = { status: "EXPIRED", updated: isoTime(row.expiresAt) };
    const none = { payment_request_id: undefined, payment_id: undefined, payment_token_id: undefined };
    const body = changed(row.body, { ...ended, ...none });
    const envelope = { event: "payment_session.expired", businessId, data: sessionData(body) };
    const at = deliveryTime(row.expiresAt, settings.timeScale);
    const active = and(
      eq(sandboxSessions.paymentSessionId, row.paymentSessionId),
      eq(sandboxSessions.status, "ACTIVE"),
    );
    await db.write([
      { query: db.read.update(sandboxSessions).set({ status: "EXPIRED", body }).where(active), rows: 1 },
      ...outboxStatements(db, settings, { envelope, at, faults: [] }, now),
    ]);
  }
}

async function expireAuthorizations({ db, settings, businessId, now }: Transition): Promise<void> {
  const { sandboxPayments, sandboxPaymentRequests } = db.tables;
  const due = await db.read
    .select()
    .from(sandboxPayments)
    .where(and(eq(sandboxPayments.status, "AUTHORIZED"), lte(sandboxPayments.expiresAt, now)))
    .limit(BATCH);
  for (const row of due) {
    const expiredAt = row.expiresAt ?? now;
    const members = { status: "EXPIRED", updated: isoTime(expiredAt) };
    const body = changed(row.body, members);
    const envelope = { event: "payment.expiry", businessId, data: paymentWebhookData(body) };
    const same = eq(sandboxPaymentRequests.paymentRequestId, row.paymentRequestId);
    const [request] = await db.read.select().from(sandboxPaymentRequests).where(same);
    if (!request) continue;
    const held = and(eq(sandboxPayments.paymentId, row.paymentId), eq(sandboxPayments.status, "AUTHORIZED"));
    await db.write([
      {
        query: db.read.update(sandboxPayments).set({ status: "EXPIRED", expiresAt: null, body }).where(held),
        rows: 1,
      },
      {
        query: db.read
          .update(sandboxPaymentRequests)
          .set({ status: "EXPIRED", body: changed(request.body, members) })
          .where(same),
        rows: 1,
      },
      ...outboxStatements(db, settings, { envelope, at: deliveryTime(expiredAt, settings.timeScale), faults: [] }, now),
    ]);
  }
}

async function finishRefunds({ db, settings, businessId, now }: Transition): Promise<void> {
  const { sandboxRefunds } = db.tables;
  const due = await db.read
    .select()
    .from(sandboxRefunds)
    .where(and(eq(sandboxRefunds.status, "PENDING"), lte(sandboxRefunds.dueAt, now)))
    .limit(BATCH);
  for (const row of due) {
    const body = changed(row.body, { status: "SUCCEEDED", updated: isoTime(row.dueAt) });
    const envelope = { event: "refund.succeeded", businessId, data: storedBody(body) };
    const pending = and(eq(sandboxRefunds.refundId, row.refundId), eq(sandboxRefunds.status, "PENDING"));
    await db.write([
      { query: db.read.update(sandboxRefunds).set({ status: "SUCCEEDED", body }).where(pending), rows: 1 },
      ...outboxStatements(db, settings, { envelope, at: deliveryTime(row.dueAt, settings.timeScale), faults: [] }, now),
    ]);
  }
}

/** A payment webhook says what the API says, without token and card. */
export function paymentWebhookData(body: string): Envelope["data"] {
  return { ...storedBody(body), payment_token_id: undefined, channel_properties: undefined };
}

/** When something happens next by itself, or `null`. */
export async function nextDue(db: Database): Promise<number | null> {
  const { sandboxTries, sandboxSessions, sandboxPayments, sandboxRefunds } = db.tables;
  const dues = await Promise.all([
    db.read
      .select({ at: min(sandboxTries.dueAt) })
      .from(sandboxTries)
      .where(inArray(sandboxTries.stage, ["challenge", "settling"])),
    db.read
      .select({ at: min(sandboxSessions.expiresAt) })
      .from(sandboxSessions)
      .where(eq(sandboxSessions.status, "ACTIVE")),
    db.read
      .select({ at: min(sandboxPayments.expiresAt) })
      .from(sandboxPayments)
      .where(eq(sandboxPayments.status, "AUTHORIZED")),
    db.read
      .select({ at: min(sandboxRefunds.dueAt) })
      .from(sandboxRefunds)
      .where(eq(sandboxRefunds.status, "PENDING")),
  ]);
  const times = dues
    .flat()
    .map((row) => row.at)
    .filter((at) => at !== null);
  return times.length > 0 ? Math.min(...times) : null;
}
