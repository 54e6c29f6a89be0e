import { and, asc, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ROW_CAP } from "../payments/row-cap.ts";

interface Of {
  readonly environment: Environment;
  readonly paymentRequestId: string | null;
}

export type GroupPayment = NonNullable<Awaited<ReturnType<typeof readGroupPayment>>>;

/** What Paydesk knows of a group's payment: its money, to the single capture. The caller has asked for the scope. */
export async function readGroupPayment(db: Database, { environment, paymentRequestId }: Of) {
  if (paymentRequestId === null) return null;
  const { paymentRequests, captures, refunds, disputes } = db.tables;
  const [request] = await db.read
    .select({
      paymentRequestId: paymentRequests.paymentRequestId,
      paymentId: paymentRequests.paymentId,
      paymentSessionId: paymentRequests.paymentSessionId,
      referenceId: paymentRequests.referenceId,
      status: paymentRequests.status,
      currency: paymentRequests.currency,
      amountMinor: paymentRequests.amountMinor,
      amountRaw: paymentRequests.amountRaw,
      capturedMinor: paymentRequests.capturedMinor,
      capturedItemised: paymentRequests.capturedItemised,
      refundedMinor: paymentRequests.refundedMinor,
      capturedAt: paymentRequests.capturedAt,
      createdAt: paymentRequests.createdAt,
      country: paymentRequests.country,
      channelCode: paymentRequests.channelCode,
    })
    .from(paymentRequests)
    .where(and(eq(paymentRequests.environment, environment), eq(paymentRequests.paymentRequestId, paymentRequestId)));
  if (!request) return null;
  const [captured, refunded, disputed] = await Promise.all([
    db.read
      .select()
      .from(captures)
      .where(and(eq(captures.environment, environment), eq(captures.paymentRequestId, paymentRequestId)))
      .orderBy(asc(captures.capturedAt), asc(captures.captureId))
      .limit(ROW_CAP),
    db.read
      .select()
      .from(refunds)
      .where(and(eq(refunds.environment, environment), eq(refunds.paymentRequestId, paymentRequestId)))
      .orderBy(asc(refunds.createdAt), asc(refunds.refundId))
      .limit(ROW_CAP),
    db.read
      .select()
      .from(disputes)
      .where(and(eq(disputes.environment, environment), eq(disputes.paymentRequestId, paymentRequestId)))
      .orderBy(asc(disputes.createdAt), asc(disputes.disputeId))
      .limit(ROW_CAP),
  ]);
  return { request, captures: captured, refunds: refunded, disputes: disputed };
}
