import { and, asc, count, desc, eq, inArray, ne, type SQL } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { maskEmail, redactPersonal } from "~/lib/pii.ts";
import type { Scope } from "~/lib/scope.ts";
import type { Disagreement } from "~/xendit/projection.ts";
import { searchText } from "../lists/identifier-targets.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { exactIdentifiers } from "./exact-identifiers.ts";
import { countPaymentEvents, EVENT_CAP, listPaymentEvents } from "./payment-events.server.ts";
import { ROW_CAP } from "./row-cap.ts";

interface Asked {
  readonly paymentRequestId: string;
  /** `null` looks in all of the scope; ids are unique in practice, but only a pair with the environment is a key. */
  readonly environment: Environment | null;
}

export type PaymentDetail = NonNullable<Awaited<ReturnType<typeof findPayment>>>;

/** A payment request with all that is known of it, or `null` when it is absent or not this operator's to see. */
export async function findPayment(db: Database, scope: Scope, asked: Asked) {
  const request = await findRequest(db, scope, asked);
  if (!request) return null;
  const [tried, captures, refunded, disputed, session, siblings, found, ids] = await Promise.all([
    listTried(db, request),
    listCaptures(db, request),
    listRefunds(db, request),
    listDisputes(db, request),
    findSession(db, scope, request),
    listSiblings(db, scope, request),
    listPaymentEvents(db, scope, request),
    listIdentifiers(db, request),
  ]);
  const eventCount = found.length < EVENT_CAP ? found.length : await countPaymentEvents(db, scope, request);
  const rows = [request, ...tried, ...captures.captures, ...refunded, ...disputed, ...(session ? [session] : [])];
  const spelled = exactIdentifiers(
    ids,
    rows,
    found.map(({ bytes }) => bytes),
  );
  return {
    request: { ...request, disagreements: request.disagreements.map(withoutPersonalValues) },
    payments: tried.map((payment) => ({ ...payment, verification: withoutPersonal(payment.verification) })),
    /** The first ones of `captureCount`. */
    ...captures,
    refunds: refunded,
    disputes: disputed,
    session,
    siblings,
    events: found.map(({ bytes: _, ...event }) => event),
    /** Of which `events` are the first. */
    eventCount,
    identifiers: spelled.map((id) => (id.kind === "email" ? { ...id, value: maskEmail(id.value) } : id)),
  };
}

/** The payment requests another of its identifiers leads to, for somebody who pasted a `py-` or `ps-` into the address. */
export async function findByIdentifier(
  db: Database,
  scope: Scope,
  { value, environment }: { value: string; environment: Environment | null },
): Promise<readonly { readonly environment: Environment; readonly paymentRequestId: string }[]> {
  const { identifiers, paymentRequests } = db.tables;
  const environments = visibleEnvironments(scope, environment);
  if (environments.length === 0) return [];
  return db.read
    .selectDistinct({
      environment: paymentRequests.environment,
      paymentRequestId: paymentRequests.paymentRequestId,
    })
    .from(identifiers)
    .innerJoin(
      paymentRequests,
      and(
        eq(paymentRequests.environment, identifiers.environment),
        eq(paymentRequests.paymentRequestId, identifiers.target),
        scope.businessIds === null ? undefined : inArray(paymentRequests.businessId, [...scope.businessIds]),
      ),
    )
    .where(and(inArray(identifiers.environment, [...environments]), eq(identifiers.value, searchText(value))))
    .limit(2);
}

async function findRequest(db: Database, scope: Scope, { paymentRequestId, environment }: Asked) {
  const { paymentRequests } = db.tables;
  const environments = visibleEnvironments(scope, environment);
  if (environments.length === 0) return null;
  const [request = null] = await db.read
    .select()
    .from(paymentRequests)
    .where(
      and(
        inArray(paymentRequests.environment, [...environments]),
        eq(paymentRequests.paymentRequestId, paymentRequestId),
        scope.businessIds === null ? undefined : inArray(paymentRequests.businessId, [...scope.businessIds]),
      ),
    )
    .orderBy(desc(paymentRequests.sortAt))
    .limit(1);
  return request;
}

function visibleEnvironments(scope: Scope, environment: Environment | null): readonly Environment[] {
  if (environment === null) return scope.environments;
  return scope.environments.includes(environment) ? [environment] : [];
}

interface OfRequest {
  readonly environment: Environment;
  readonly paymentRequestId: string;
  readonly paymentSessionId: string | null;
}

async function listTried(db: Database, { environment, paymentRequestId }: OfRequest) {
  const { payments } = db.tables;
  return db.read
    .select()
    .from(payments)
    .where(and(eq(payments.environment, environment), eq(payments.paymentRequestId, paymentRequestId)))
    .orderBy(asc(payments.createdAt), asc(payments.paymentId))
    .limit(ROW_CAP);
}

/** The first ones, and how many there are: one payment may be captured thousands of times. */
async function listCaptures(db: Database, { environment, paymentRequestId }: OfRequest) {
  const { captures: table } = db.tables;
  const where = and(eq(table.environment, environment), eq(table.paymentRequestId, paymentRequestId));
  const captures = await db.read
    .select()
    .from(table)
    .where(where)
    .orderBy(asc(table.capturedAt), asc(table.captureId))
    .limit(ROW_CAP);
  if (captures.length < ROW_CAP) return { captures, captureCount: captures.length };
  const [counted] = await db.read.select({ count: count() }).from(table).where(where);
  return { captures, captureCount: Number(counted?.count ?? captures.length) };
}

async function listRefunds(db: Database, { environment, paymentRequestId }: OfRequest) {
  const { refunds } = db.tables;
  return db.read
    .select()
    .from(refunds)
    .where(and(eq(refunds.environment, environment), eq(refunds.paymentRequestId, paymentRequestId)))
    .orderBy(asc(refunds.createdAt), asc(refunds.refundId))
    .limit(ROW_CAP);
}

async function listDisputes(db: Database, { environment, paymentRequestId }: OfRequest) {
  const { disputes } = db.tables;
  return db.read
    .select()
    .from(disputes)
    .where(and(eq(disputes.environment, environment), eq(disputes.paymentRequestId, paymentRequestId)))
    .orderBy(asc(disputes.createdAt), asc(disputes.disputeId))
    .limit(ROW_CAP);
}

/** Captures have a panel of their own, and thousands of them must not push out everything else. */
async function listIdentifiers(db: Database, { environment, paymentRequestId }: OfRequest) {
  const { identifiers: table } = db.tables;
  const select = (kind: SQL, limit: number) =>
    db.read
      .select({ kind: table.kind, value: table.value })
      .from(table)
      .where(and(eq(table.environment, environment), eq(table.target, paymentRequestId), kind))
      .orderBy(asc(table.kind), asc(table.value))
      .limit(limit);
  return [...(await select(ne(table.kind, "capture"), 200)), ...(await select(eq(table.kind, "capture"), 10))];
}

async function findSession(db: Database, scope: Scope, { environment, paymentSessionId }: OfRequest) {
  if (paymentSessionId === null) return null;
  const { sessions } = db.tables;
  const [session = null] = await db.read
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.environment, environment),
        eq(sessions.paymentSessionId, paymentSessionId),
        inBusiness(sessions.businessId, scope),
      ),
    )
    .limit(1);
  return session;
}

/** The session's other tries. */
async function listSiblings(db: Database, scope: Scope, request: OfRequest) {
  if (request.paymentSessionId === null) return [];
  const { paymentRequests } = db.tables;
  const rows = await db.read
    .select({
      paymentRequestId: paymentRequests.paymentRequestId,
      status: paymentRequests.status,
      amountMinor: paymentRequests.amountMinor,
      amountRaw: paymentRequests.amountRaw,
      currency: paymentRequests.currency,
      createdAt: paymentRequests.createdAt,
    })
    .from(paymentRequests)
    .where(
      and(
        eq(paymentRequests.environment, request.environment),
        eq(paymentRequests.paymentSessionId, request.paymentSessionId),
        inBusiness(paymentRequests.businessId, scope),
      ),
    )
    .limit(50);
  return rows.filter((row) => row.paymentRequestId !== request.paymentRequestId);
}

function withoutPersonalValues(disagreement: Disagreement): Disagreement {
  const values = disagreement.values.map((one) => ({ ...one, value: redactPersonal(one.value).text }));
  return { ...disagreement, values };
}

function withoutPersonal<Value extends { readonly cardholderEmail: string | null }>(verification: Value): Value {
  const { cardholderEmail } = verification;
  return { ...verification, cardholderEmail: cardholderEmail && maskEmail(cardholderEmail) };
}
