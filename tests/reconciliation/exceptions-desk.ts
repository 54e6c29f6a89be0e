import { and, eq } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Deciding } from "~/domain/reconciliation/decide-each.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { DAY } from "~/lib/time.ts";
import { aPaymentRequest, insertIdentifiers, insertPaymentRequests, NOON } from "../factories/list-rows.ts";
import { createTestDatabase } from "../setup/db.ts";

/** A month after everything here happened: what was due is overdue. */
export const LATER = new Date(NOON + 30 * DAY);

type Row = Tables["reportRows"]["$inferInsert"];
type Request = Tables["paymentRequests"]["$inferInsert"];

export function aRow(fields: Partial<Row> & { transactionId: string }): Row {
  return {
    environment: "sandbox",
    type: "PAYMENT",
    status: "SUCCESS",
    channel: "CARDS",
    currency: "IDR",
    amountRaw: "10000",
    amountMinor: 1_000_000,
    createdAt: NOON,
    disagreements: [],
    tellings: 1,
    ...fields,
  };
}

/** A payment of IDR 10,000.00 that was captured whole at noon. */
export async function addPayment(db: Database, fields: Partial<Request> & { paymentRequestId: string }) {
  const { paymentRequestId } = fields;
  const request = { ...aPaymentRequest(fields), capturedAt: fields.createdAt ?? NOON };
  const { environment, businessId, currency, amountRaw, amountMinor, capturedMinor, paymentId, status } = request;
  await insertPaymentRequests(db, [request]);
  const own = { environment, paymentRequestId, businessId, currency, amountRaw, amountMinor };
  const payment = { ...own, paymentId: paymentId ?? "", status, capturedMinor, capturedItemised: true };
  const capture = { ...own, captureId: `cptr-${paymentRequestId.slice(3)}`, paymentId: payment.paymentId };
  await db.write([
    { query: db.read.insert(db.tables.payments).values({ ...payment, verification: noVerification }), rows: 1 },
    { query: db.read.insert(db.tables.captures).values({ ...capture, capturedAt: request.capturedAt }), rows: 1 },
  ]);
  await insertIdentifiers(
    db,
    (
      [
        [paymentRequestId, "payment_request"],
        [payment.paymentId, "payment"],
        [capture.captureId, "capture"],
        [request.referenceId ?? "", "reference"],
      ] as const
    ).map(([value, kind]) => ({ environment, value, kind, target: paymentRequestId, businessId })),
  );
}

export async function addRows(db: Database, rows: readonly Row[]): Promise<void> {
  await db.write(rows.map((row) => ({ query: db.read.insert(db.tables.reportRows).values(row), rows: 1 })));
}

/** What the fold leaves of a payment nobody verified. */
const noVerification = {
  ...{ authorizationCode: null, retrievalReferenceNumber: null, reconciliationId: null, networkTransactionId: null },
  ...{ transactionLinkId: null, acquirerMerchantId: null, responseDescriptor: null, merchantAdviceCode: null },
  ...{ merchantAdviceDescriptor: null, threeDsFlow: null, threeDsVersion: null, threeDsStatus: null },
  ...{ threeDsStatusReason: null, challengeCancelCode: null, dsTransactionId: null, hasAuthenticationValue: false },
  ...{ network: null, networkFrom: null, maskedCardNumber: null, cardIssuer: null, cardType: null, cardCountry: null },
  ...{ cardExpiry: null, cardholderEmail: null },
};

/** pr-short is 50.00 short in the report, pr-lost is not in it, py-stranger is in nothing of ours, pr-equal is as it should be. */
export async function aDesk(): Promise<Database> {
  const db = await createTestDatabase();
  await addPayment(db, { paymentRequestId: "pr-short" });
  await addPayment(db, {
    paymentRequestId: "pr-lost",
    amountMinor: 2_000_000,
    amountRaw: "20000",
    capturedMinor: 2_000_000,
  });
  await addPayment(db, { paymentRequestId: "pr-equal" });
  await addRows(db, [
    aRow({ transactionId: "txn_short", productId: "py-short", amountRaw: "9950", amountMinor: 995_000 }),
    aRow({ transactionId: "txn_equal", productId: "py-equal" }),
    aRow({ transactionId: "txn_stranger", productId: "py-stranger", reference: "order 7" }),
  ]);
  await matchAll(db);
  return db;
}

export async function matchAll(db: Database, environment: Environment = "sandbox"): Promise<void> {
  await db.match({ environment, now: LATER.getTime() });
}

export async function groupOf(db: Database, groupKey: string) {
  const { reconciliationGroups: table } = db.tables;
  const [group] = await db.read
    .select()
    .from(table)
    .where(and(eq(table.environment, "sandbox"), eq(table.groupKey, groupKey)));
  if (!group) throw new Error(`no group ${groupKey}`);
  return group;
}

/** Somebody who decides in the sandbox, and what they do with it. */
export function deciding(fields: Partial<Deciding["operator"]> = {}): Deciding {
  const scope = { environments: ["sandbox"], businessIds: null } as const;
  const operator = { operatorId: newId("operator"), email: "finance@desk.test", scope, ...fields };
  return { environment: "sandbox", operator, now: LATER };
}

/** What was chosen on a page that shows the facts as they are now. */
export async function chosen(db: Database, groupKey: string, reason = "a rounding of the acquirer") {
  const { digest } = await groupOf(db, groupKey);
  return { groupKey, digest, reason };
}
