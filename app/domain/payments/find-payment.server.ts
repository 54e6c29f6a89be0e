import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { maskEmail, redactPersonal } from "~/lib/pii.ts";
import type { Scope } from "~/lib/scope.ts";
import type { Disagreement } from "~/xendit/projection.ts";
import { searchText } from "../lists/identifier-targets.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { listPaymentEvents } from "./payment-events.server.ts";

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
  const { payments, captures, refunds, disputes, identifiers } = db.tables;
  const { environment, paymentRequestId } = request;
  const ofRequest = (table: typeof payments | typeof captures | typeof refunds | typeof disputes) =>
    and(eq(table.environment, environment), eq(table.paymentRequestId, paymentRequestId));

  const [tried, captured, refunded, disputed, session, siblings, events, ids] = await Promise.all([
    db.read
      .select()
      .from(payments)
      .where(ofRequest(payments))
      .orderBy(asc(payments.createdAt), asc(payments.paymentId)),
    db.read
      .select()
      .from(captures)
      .where(ofRequest(captures))
      .orderBy(asc(captures.capturedAt), asc(captures.captureId)),
    db.read.select().from(refunds).where(ofRequest(refunds)).orderBy(asc(refunds.createdAt), asc(refunds.refundId)),
    db.read
      .select()
      .from(disputes)
      .where(ofRequest(disputes))
      .orderBy(asc(disputes.createdAt), asc(disputes.disputeId)),
    findSession(db, scope, request),
    listSiblings(db, scope, request),
    listPaymentEvents(db, scope, request),
    db.read
      .select({ kind: identifiers.kind, value: identifiers.value })
      .from(identifiers)
      .where(and(eq(identifiers.environment, environment), eq(identifiers.target, paymentRequestId)))
      .orderBy(asc(identifiers.kind), asc(identifiers.value))
      .limit(200),
  ]);
  return {
    request: { ...request, disagreements: request.disagreements.map(withoutPersonalValues) },
    payments: tried.map((payment) => ({ ...payment, verification: withoutPersonal(payment.verification) })),
    captures: captured,
    refunds: refunded,
    disputes: disputed,
    session,
    siblings,
    events,
    identifiers: ids.map((id) => (id.kind === "email" ? { ...id, value: maskEmail(id.value) } : id)),
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
