import { readFileSync } from "node:fs";
import type { Arrival } from "../../db/database.ts";

/** Bodies and arrivals for the store's tests. Ids follow from a number, so that a failing run can be told again. */
export interface Payment {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly captureId: string;
  readonly sessionId: string;
}

export function aPayment(number: number): Payment {
  const tail = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return {
    paymentRequestId: `pr-${tail}`,
    paymentId: `py-${tail}`,
    captureId: `cptr-${tail}`,
    sessionId: `ps-${tail}`,
  };
}

const sample = JSON.parse(
  readFileSync(new URL("../fixtures/xendit/payment.capture.cards.v3.challenge.json", import.meta.url), "utf8"),
);

/** The `payment.capture` of the seed, with ids of its own and whatever fields of `data` a test cares for. */
export function captureBody(payment: Payment, data: Record<string, unknown> = {}) {
  const { paymentRequestId, paymentId, captureId } = payment;
  return {
    ...sample,
    data: {
      ...sample.data,
      payment_request_id: paymentRequestId,
      payment_id: paymentId,
      captures: [{ ...sample.data.captures[0], capture_id: captureId }],
      ...data,
    },
  };
}

export function failureBody(payment: Payment, failureCode: string) {
  const body = captureBody(payment, { status: "FAILED", failure_code: failureCode, captures: [] });
  return { ...body, event: "payment.failure" };
}

export function sessionBody({ sessionId, paymentRequestId }: Payment, status = "COMPLETED") {
  return {
    event: `payment_session.${status.toLowerCase()}`,
    business_id: sample.business_id,
    created: "2024-12-18T05:46:36.000Z",
    data: {
      payment_session_id: sessionId,
      status,
      session_type: "PAY",
      currency: "IDR",
      amount: 10_000,
      country: "ID",
      created: "2024-12-18T05:40:00.000Z",
      updated: "2024-12-18T05:46:36.000Z",
      ...(status === "COMPLETED" ? { payment_request_id: paymentRequestId } : {}),
    },
  };
}

export function refundBody({ paymentRequestId, paymentId }: Payment, number: number, status: string) {
  return {
    event: `refund.${status.toLowerCase()}`,
    business_id: sample.business_id,
    created: "2024-12-19T00:00:00.000Z",
    data: {
      id: `rfd-${paymentId.slice(3, -4)}${String(number).padStart(4, "0")}`,
      payment_request_id: paymentRequestId,
      payment_id: paymentId,
      status,
      currency: "IDR",
      amount: 2_500,
      channel_code: "CARDS",
      created: "2024-12-19T00:00:00.000Z",
      updated: "2024-12-19T00:00:10.000Z",
    },
  };
}

export function tokenBody(tokenId: string, network: string) {
  return {
    event: "payment_token.activation",
    business_id: sample.business_id,
    created: "2024-12-18T05:30:00.000Z",
    data: {
      payment_token_id: tokenId,
      channel_code: "CARDS",
      status: "ACTIVE",
      country: "ID",
      currency: "IDR",
      channel_properties: { card_details: { masked_card_number: "5XXXXXXXXXXX0008", network } },
      created: "2024-12-18T05:30:00.000Z",
      updated: "2024-12-18T05:30:00.000Z",
    },
  };
}

export function anArrival(body: unknown, fields: Partial<Arrival> = {}): Arrival {
  return {
    environment: "test",
    bytes: body instanceof Uint8Array ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
    headers: [["content-type", "application/json"]],
    webhookId: null,
    tokenLabel: "main",
    address: "127.0.0.1",
    replayHeader: null,
    receivedAt: 1_734_500_000_000,
    ...fields,
  };
}
