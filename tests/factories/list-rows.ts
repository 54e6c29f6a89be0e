import type { Database, Tables } from "~/db.server.ts";

type PaymentRequest = Tables["paymentRequests"]["$inferInsert"];
type Session = Tables["sessions"]["$inferInsert"];

export const NOON = Date.parse("2026-03-10T12:00:00Z");

/** A projected payment request as the fold would leave it; give what matters. */
export function aPaymentRequest(fields: Partial<PaymentRequest> & { paymentRequestId: string }): PaymentRequest {
  return {
    environment: "sandbox",
    businessId: "biz-1",
    referenceId: `ref-${fields.paymentRequestId}`,
    status: "SUCCEEDED",
    currency: "IDR",
    amountRaw: "10000",
    amountMinor: 1_000_000,
    capturedMinor: 1_000_000,
    capturedItemised: true,
    refundedMinor: 0,
    paymentId: `py-${fields.paymentRequestId.slice(3)}`,
    paymentCount: 1,
    eci: "05",
    cvn: "M",
    avs: "M",
    response: "00",
    createdAt: NOON,
    sortAt: fields.createdAt ?? NOON,
    flags: [],
    disagreements: [],
    ...fields,
  };
}

export function aSession(fields: Partial<Session> & { paymentSessionId: string }): Session {
  return {
    environment: "sandbox",
    businessId: "biz-1",
    status: "COMPLETED",
    currency: "IDR",
    amountRaw: "10000",
    amountMinor: 1_000_000,
    createdAt: NOON,
    sortAt: fields.createdAt ?? NOON,
    paymentRequestCount: 0,
    eci: null,
    cvn: null,
    avs: null,
    flags: [],
    ...fields,
  };
}

export async function insertPaymentRequests(db: Database, rows: readonly PaymentRequest[]): Promise<void> {
  await db.write(rows.map((row) => ({ query: db.read.insert(db.tables.paymentRequests).values(row), rows: 1 })));
}

export async function insertSessions(db: Database, rows: readonly Session[]): Promise<void> {
  await db.write(rows.map((row) => ({ query: db.read.insert(db.tables.sessions).values(row), rows: 1 })));
}

export async function insertIdentifiers(
  db: Database,
  rows: readonly Tables["identifiers"]["$inferInsert"][],
): Promise<void> {
  await db.write(rows.map((row) => ({ query: db.read.insert(db.tables.identifiers).values(row), rows: 1 })));
}
