import type { Arrival } from "../app/db.server.ts";

/** Webhooks of made-up payments, the same for the same number. */
const CREATED = Date.parse("2026-01-01T00:00:00Z");
const MINUTE = 60_000;
const ecis = ["05", "05", "05", "02", "07", "06", null];
const cvns = ["M", "M", "M", "N", "P", null];

export function benchPaymentRequestId(number: number): string {
  return `pr-${uuid(number)}`;
}

/** A payment's two webhooks: its session's and its capture's. */
export function benchArrivals(number: number): readonly [session: Arrival, capture: Arrival] {
  return [anArrival(sessionBody(number)), anArrival(captureBody(number))];
}

function sessionBody(number: number) {
  return {
    event: "payment_session.completed",
    business_id: "62440e322008e87fb29c1fd0",
    created: time(number, 2),
    data: {
      payment_session_id: `ps-${uuid(number)}`,
      payment_request_id: benchPaymentRequestId(number),
      reference_id: `order-${number}`,
      status: "COMPLETED",
      session_type: "PAY",
      mode: "CARDS_SESSION_JS",
      currency: "IDR",
      amount: 10_000 + number,
      country: "ID",
      created: time(number, 0),
      updated: time(number, 2),
    },
  };
}

function captureBody(number: number) {
  const succeeded = number % 7 !== 0;
  return {
    event: succeeded ? "payment.capture" : "payment.failure",
    business_id: "62440e322008e87fb29c1fd0",
    created: time(number, 2),
    data: {
      payment_id: `py-${uuid(number)}`,
      payment_request_id: benchPaymentRequestId(number),
      reference_id: `order-${number}`,
      customer_id: `cust-${uuid(number % 500)}`,
      channel_code: "CARDS",
      status: succeeded ? "SUCCEEDED" : "FAILED",
      ...(succeeded ? {} : { failure_code: "CARD_DECLINED" }),
      country: "ID",
      currency: "IDR",
      request_amount: 10_000 + number,
      capture_method: "AUTOMATIC",
      captures: succeeded
        ? [{ capture_id: `cptr-${uuid(number)}`, capture_amount: 10_000 + number, capture_timestamp: time(number, 2) }]
        : [],
      payment_details: {
        authorization_data: {
          authorization_code: String(100_000 + (number % 900_000)),
          network_response_code: succeeded ? "00" : "05",
          cvn_verification_result: cvns[number % cvns.length],
          address_verification_result: "M",
          retrieval_reference_number: String(435_200_000_000 + number),
          reconciliation_id: String(7_345_007_929_000_000 + number),
        },
        authentication_data: {
          flow: "CHALLENGE",
          a_res: { eci: ecis[number % ecis.length], message_version: "2.2.0" },
        },
      },
      created: time(number, 1),
      updated: time(number, 2),
    },
  };
}

function anArrival(body: object): Arrival {
  return {
    environment: "test",
    bytes: Buffer.from(JSON.stringify(body)),
    headers: [["content-type", "application/json"]],
    webhookId: null,
    tokenLabel: "bench",
    address: "127.0.0.1",
    replayHeader: null,
    receivedAt: CREATED,
  };
}

function time(number: number, minutes: number): string {
  return new Date(CREATED + (number * 3 + minutes) * MINUTE).toISOString();
}

function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
