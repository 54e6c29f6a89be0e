import fc from "fast-check";
import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";
import { maskBody } from "../../app/xendit/mask.ts";
import type { StoredObservation } from "../../app/xendit/observation.ts";
import { at } from "./factories.ts";

/**
 * Sets of observations as they may come: out of small pools of ids, so that sessions own several requests, requests
 * several payments, and events of one key repeat, vary and contradict each other.
 */

const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const sessionIds = [1, 2].map((n) => `ps-66746c1006b7752b4d91725${n}`);
const requestIds = [1, 2, 3].map((n) => `pr-${uuid(n)}`);
const paymentIds = [1, 2, 3, 4].map((n) => `py-${uuid(n)}`);
const captureIds = [1, 2, 3].map((n) => `cptr-${uuid(n)}`);
const refundIds = [1, 2].map((n) => `rfd-${uuid(n)}`);
const disputeIds = [1, 2].map((n) => `mi-dspt-${uuid(n)}`);
const tokenIds = [1, 2].map((n) => `pt-${uuid(n)}`);

const sessionId = fc.constantFrom(...sessionIds);
const requestId = fc.constantFrom(...requestIds);
const paymentId = fc.constantFrom(...paymentIds);
const instant = fc.integer({ min: 0, max: 5 }).map((n) => at(`05:4${n}`));
/** In IDR: whole, with cents, as a string, and one that does not fit. */
const amount = fc.constantFrom<unknown>(10000, 5000, "10000", "2500.50", 10000.5, "10.005");
const currency = fc.constantFrom("IDR", "IDR", "IDR", "PHP");
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

const results = fc.record({
  network: maybe(fc.constantFrom("VISA", "MASTERCARD")),
  authorization_data: maybe(
    fc.record({
      network_response_code: maybe(fc.constantFrom("00", "05", "51")),
      cvn_verification_result: maybe(fc.constantFrom("M", "N", "")),
      address_verification_result: maybe(fc.constantFrom("M", "N", "Z")),
      retrieval_reference_number: maybe(fc.constantFrom("435205253972", "435205253973")),
    }),
  ),
  authentication_data: maybe(
    fc.record({
      flow: maybe(fc.constantFrom("CHALLENGE", "FULL_AUTH", "FRICTIONLESS")),
      a_res: fc.record({
        eci: maybe(fc.constantFrom("05", "02", "07")),
        authentication_value: maybe(fc.constant("AAIB")),
      }),
    }),
  ),
});

const capture = fc.record({
  capture_id: fc.constantFrom(...captureIds),
  capture_amount: amount,
  capture_timestamp: maybe(instant),
});

const paymentData = fc.record({
  payment_id: paymentId,
  payment_request_id: fc.oneof({ weight: 9, arbitrary: requestId }, { weight: 1, arbitrary: fc.constant(undefined) }),
  payment_token_id: maybe(fc.constantFrom(...tokenIds)),
  channel_code: fc.constantFrom("CARDS", "CARDS", "CARDS", "CARDS", "BRI_VIRTUAL_ACCOUNT", undefined),
  type: fc.constantFrom("PAY", "PAY", "PAY", "REUSABLE_PAYMENT_CODE"),
  status: fc.constantFrom(
    "SUCCEEDED",
    "SUCCEEDED",
    "AUTHORIZED",
    "FAILED",
    "EXPIRED",
    "CANCELED",
    "PENDING",
    "REVIEWING",
    undefined,
  ),
  failure_code: maybe(fc.constantFrom("INSUFFICIENT_BALANCE", "TIMEOUT_ERROR")),
  reference_id: maybe(fc.constantFrom("order-1", "order-1_b8d18f2f-3", "order-2")),
  currency,
  request_amount: amount,
  capture_method: fc.constantFrom("AUTOMATIC", "MANUAL", undefined),
  captures: maybe(fc.array(capture, { maxLength: 3 })),
  payment_details: maybe(results),
  created: maybe(instant),
  updated: maybe(instant),
});

const requestData = fc.record({
  payment_request_id: requestId,
  latest_payment_id: maybe(paymentId),
  channel_code: fc.constantFrom("CARDS", "CARDS", "DANA"),
  status: fc.constantFrom(
    "REQUIRES_ACTION",
    "ACCEPTING_PAYMENTS",
    "SUCCEEDED",
    "AUTHORIZED",
    "FAILED",
    "CANCELED",
    "EXPIRED",
    "NEW",
  ),
  currency,
  request_amount: amount,
  channel_properties: maybe(fc.record({ card_details: fc.record({ network: fc.constantFrom("VISA", "AMEX") }) })),
  created: maybe(instant),
  updated: maybe(instant),
});

const sessionData = fc.record({
  payment_session_id: sessionId,
  payment_request_id: maybe(requestId),
  payment_id: maybe(paymentId),
  mode: fc.constantFrom("CARDS_SESSION_JS", "PAYMENT_LINK"),
  status: fc.constantFrom("ACTIVE", "PENDING", "COMPLETED", "EXPIRED", "CANCELED", "PAUSED"),
  reference_id: maybe(fc.constantFrom("order-1", "order-2")),
  currency,
  amount,
  cards_session_js: maybe(fc.record({ card_payment_token_id: fc.constantFrom(...tokenIds) })),
  expires_at: maybe(instant),
  created: maybe(instant),
  updated: maybe(instant),
});

const refundData = fc.record({
  id: fc.constantFrom(...refundIds),
  payment_request_id: maybe(requestId),
  payment_id: fc.oneof(paymentId, requestId),
  payment_method_type: fc.constantFrom("CARD", "EWALLET", undefined),
  currency,
  amount,
  status: fc.constantFrom("PENDING", "SUCCEEDED", "FAILED", "CANCELLED"),
  created: maybe(instant),
  updated: maybe(instant),
});

const disputeBody = fc.record({
  event: fc.constantFrom("dispute.action_required", "dispute.under_review", "dispute.won", "dispute.lost"),
  id: fc.constantFrom(...disputeIds),
  payment_id: paymentId,
  channel_code: fc.constantFrom("CARDS", "QRIS", undefined),
  card_brands: maybe(fc.constantFrom("VISA", "MASTERCARD")),
  status: fc.constantFrom("ACTION_REQUIRED", "UNDER_REVIEW", "WON", "LOST"),
  currency,
  amount: fc.record({ initial: fc.constantFrom("1000.00", "10000"), terminal: fc.constant(null) }),
  updated_at: maybe(instant),
});

const tokenData = fc.record({
  payment_token_id: fc.constantFrom(...tokenIds),
  channel_code: fc.constantFrom("CARDS", "OVO"),
  status: fc.constantFrom("ACTIVE", "FAILED"),
  channel_properties: maybe(fc.record({ card_details: fc.record({ network: fc.constantFrom("VISA", "MASTERCARD") }) })),
  updated: maybe(instant),
});

const wrapped = (names: readonly string[], data: fc.Arbitrary<unknown>) =>
  fc.record({
    event: fc.constantFrom(...names),
    business_id: fc.constantFrom("b1", "b1", "b1", "b2"),
    created: instant,
    data,
  });

const eventBody: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 8,
    arbitrary: wrapped(["payment.capture", "payment.authorization", "payment.failure", "payment.expiry"], paymentData),
  },
  { weight: 1, arbitrary: wrapped(["payment_request.expiry"], requestData) },
  { weight: 3, arbitrary: wrapped(["payment_session.completed", "payment_session.expired"], sessionData) },
  { weight: 3, arbitrary: wrapped(["refund.succeeded", "refund.failed"], refundData) },
  { weight: 1, arbitrary: wrapped(["refund.succeeded"], wrapped(["refund.succeeded"], refundData)) },
  { weight: 2, arbitrary: disputeBody },
  { weight: 2, arbitrary: wrapped(["payment_token.activation", "payment_token.failure"], tokenData) },
  {
    weight: 1,
    arbitrary: fc.record({ id: fc.constantFrom("a", "b"), status: fc.constantFrom("PAID", "PENDING"), amount }),
  },
);

const event: fc.Arbitrary<StoredObservation> = fc
  .record({
    body: eventBody,
    webhookId: fc.constantFrom(null, null, "w-1", "w-2", "w-3"),
    cvn: fc.integer({ min: 0, max: 29 }),
  })
  .map(({ body, webhookId, cvn }) => {
    // One in thirty carries what it must not carry.
    const sent = cvn === 0 ? { ...(body as object), cvn: "123" } : body;
    return { ...bytesOf(sent), environment: "test", source: "webhook", subject: null, webhookId };
  });

const unreadable: fc.Arbitrary<StoredObservation> = fc.constantFrom("[]", "not json", "\u0000").map((text) => ({
  ...maskBody(Buffer.from(text)),
  environment: "test",
  source: "webhook",
  subject: null,
  webhookId: null,
}));

const answers = [
  ["payment", paymentData],
  ["payment_request", requestData],
  ["session", sessionData],
  ["refund", refundData],
  ["token", tokenData],
] as const;

const answer: fc.Arbitrary<StoredObservation> = fc.oneof(
  ...answers.map(([subject, data]) =>
    (data as fc.Arbitrary<unknown>).map(
      (body): StoredObservation => ({ ...bytesOf(body), environment: "test", source: "api", subject, webhookId: null }),
    ),
  ),
);

const claim: fc.Arbitrary<StoredObservation> = fc
  .record({ payment_session_id: sessionId, payment_request_id: requestId })
  .map((body) => ({
    ...bytesOf(body),
    environment: "test",
    source: "claim",
    subject: "payment_request",
    webhookId: null,
  }));

export const storedEvent: fc.Arbitrary<StoredObservation> = fc.oneof(
  { weight: 20, arbitrary: event },
  { weight: 1, arbitrary: unreadable },
);

export const storedObservation: fc.Arbitrary<StoredObservation> = fc.oneof(
  { weight: 12, arbitrary: storedEvent },
  { weight: 4, arbitrary: answer },
  { weight: 2, arbitrary: claim },
);

/** A set as it may have happened; not one in which everything hangs together. */
export const storedObservations = fc.array(storedObservation, { minLength: 1, maxLength: 14 });

export interface Arrivals {
  readonly set: readonly StoredObservation[];
  /** The same set in another order, some of it again: other bytes, equal content. */
  readonly again: readonly StoredObservation[];
}

export const arrivals: fc.Arbitrary<Arrivals> = storedObservations.chain((set) =>
  fc
    .record({
      order: fc.shuffledSubarray([...set.keys()], { minLength: set.length }),
      repeated: fc.array(fc.nat({ max: set.length - 1 }), { maxLength: 6 }),
      places: fc.infiniteStream(fc.nat({ max: 20 })),
    })
    .map(({ order, repeated, places }) => {
      const again = order.flatMap((index) => set[index] ?? []);
      for (const index of repeated) {
        const original = set[index];
        if (original) again.splice(places.next().value % (again.length + 1), 0, retried(original));
      }
      return { set, again };
    }),
);

/** The same content in other bytes: another delivery time, other key order, amounts spelled otherwise. */
export function retried(stored: StoredObservation): StoredObservation {
  const body = parsed(stored.bytes);
  if (body === null) return stored;
  const isEnvelope = "data" in body && stored.source === "webhook";
  const sent = isEnvelope ? { ...body, created: at("23:59") } : body;
  return { ...stored, bytes: Buffer.from(stringify(respelled(sent, "")) ?? "") };
}

function parsed(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value = parse(Buffer.from(bytes).toString());
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function respelled(value: unknown, key: string): unknown {
  if (isLosslessNumber(value)) return key.endsWith("amount") ? value.value : new LosslessNumber(`${value.value}e0`);
  if (typeof value === "string" && key.endsWith("amount"))
    return new LosslessNumber(`${value}${value.includes(".") ? "0" : ".0"}`);
  if (Array.isArray(value)) return value.map((item) => respelled(item, key));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, inner]) => [name, respelled(inner, name)]));
}

function bytesOf(body: unknown): { bytes: Uint8Array; masked: boolean } {
  return maskBody(Buffer.from(JSON.stringify(body)));
}
