import { and, asc, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";

interface Of {
  readonly environment: Environment;
  readonly paymentRequestId: string | null;
}

/** Far more than a payment has; beyond it a page shows totals and no lines. */
export const LINES_CAP = 500;

export type GroupPayment = NonNullable<Awaited<ReturnType<typeof readGroupPayment>>>;

/** What Paydesk knows of a group's payment: its money, to the single capture. The caller has asked for the scope. */
export async function readGroupPayment(db: Database, { environment, paymentRequestId }: Of) {
  if (paymentRequestId === null) return null;
  const { paymentRequests, payments, captures, refunds, disputes } = db.tables;
  const of = (table: typeof paymentRequests | typeof payments | typeof captures | typeof refunds | typeof disputes) =>
    and(eq(table.environment, environment), eq(table.paymentRequestId, paymentRequestId));
  const [[request], tried, captured, refunded, disputed] = await Promise.all([
    db.read.select().from(paymentRequests).where(of(paymentRequests)),
    db.read.select().from(payments).where(of(payments)).orderBy(asc(payments.paymentId)).limit(LINES_CAP),
    db.read
      .select()
      .from(captures)
      .where(of(captures))
      .orderBy(asc(captures.capturedAt), asc(captures.captureId))
      .limit(LINES_CAP),
    db.read
      .select()
      .from(refunds)
      .where(of(refunds))
      .orderBy(asc(refunds.createdAt), asc(refunds.refundId))
      .limit(LINES_CAP),
    db.read
      .select()
      .from(disputes)
      .where(of(disputes))
      .orderBy(asc(disputes.createdAt), asc(disputes.disputeId))
      .limit(LINES_CAP),
  ]);
  if (!request) return null;
  return { request, payments: tried, captures: captured, refunds: refunded, disputes: disputed };
}
