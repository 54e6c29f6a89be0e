import type { Environment } from "../../app/lib/environment.ts";
import { foldCluster } from "../../app/xendit/fold.ts";
import { maskBody } from "../../app/xendit/mask.ts";
import type { Observation, StoredObservation } from "../../app/xendit/observation.ts";
import { readObservation } from "../../app/xendit/read-observation.ts";

/** Bodies and observations that are valid by themselves; a test names only what matters to it. */

export const PR = "pr-5593127f-8c7b-4d2f-b487-c785ffc21e2f";
export const OTHER_PR = "pr-6693127f-8c7b-4d2f-b487-c785ffc21e2f";
export const PY = "py-3f57d678-2448-4c9f-a433-8468d366fb5c";
export const OTHER_PY = "py-4f57d678-2448-4c9f-a433-8468d366fb5c";
export const PS = "ps-6746c1006b7752b4d91725af";
export const PT = "pt-a15a6c28-c65a-4ede-a6cc-10ff3b1d093e";
export const RFD = "rfd-50d758bc-e352-46fc-aa5d-82b69d2fe35a";
export const DSPT = "mi-dspt-f44d259f-fd9d-4de9-80de-1eef3f1506b7";
export const CPTR = "cptr-08f17fa3-e80c-4d8e-8c34-17aa3400bc1c";
export const OTHER_CPTR = "cptr-18f17fa3-e80c-4d8e-8c34-17aa3400bc1c";

export type Body = Readonly<Record<string, unknown>>;

/** `12:00` is noon of the day everything here happens on. */
export function at(time: string): string {
  return `2024-12-18T${time.length === 5 ? `${time}:00` : time}.000Z`;
}

export function ms(time: string): number {
  return Date.parse(at(time));
}

export function payment(facts: Body = {}): Body {
  return {
    payment_id: PY,
    payment_request_id: PR,
    business_id: "62440e322008e87fb29c1fd0",
    channel_code: "CARDS",
    status: "SUCCEEDED",
    currency: "IDR",
    request_amount: 10000,
    capture_method: "AUTOMATIC",
    created: at("05:46"),
    updated: at("05:47"),
    ...facts,
  };
}

export function captures(...items: readonly (readonly [id: string, amount: unknown, time?: string])[]): Body {
  return {
    captures: items.map(([capture_id, capture_amount, time = "05:48"]) => ({
      capture_id,
      capture_amount,
      capture_timestamp: at(time),
    })),
  };
}

/** Results as v3 nests them. */
export function results(facts: {
  eci?: unknown;
  cvn?: unknown;
  avs?: unknown;
  response?: unknown;
  flow?: string;
  network?: string;
}): Body {
  const { eci, cvn, avs, response, flow, network } = facts;
  const withThreeDs = eci !== undefined || flow !== undefined;
  return {
    payment_details: {
      network,
      authorization_data: {
        network_response_code: response ?? "00",
        cvn_verification_result: cvn,
        address_verification_result: avs,
      },
      authentication_data: withThreeDs ? { flow: flow ?? "CHALLENGE", a_res: { eci } } : undefined,
    },
  };
}

export function session(facts: Body = {}): Body {
  return {
    payment_session_id: PS,
    status: "ACTIVE",
    reference_id: "order-1",
    session_type: "PAY",
    mode: "CARDS_SESSION_JS",
    currency: "IDR",
    amount: 10000,
    created: at("05:40"),
    updated: at("05:40"),
    expires_at: at("06:10"),
    ...facts,
  };
}

export function refund(facts: Body = {}): Body {
  return {
    id: RFD,
    payment_request_id: PR,
    payment_method_type: "CARD",
    channel_code: "",
    currency: "IDR",
    amount: 2500,
    status: "SUCCEEDED",
    created: at("09:00"),
    updated: at("09:01"),
    ...facts,
  };
}

/** Flat, as disputes arrive. */
export function dispute(facts: Body = {}): Body {
  return {
    event: "dispute.action_required",
    id: DSPT,
    channel_code: "CARDS",
    status: "ACTION_REQUIRED",
    currency: "IDR",
    amount: { initial: "10000.00", terminal: null },
    created_at: at("10:00"),
    updated_at: at("10:00"),
    due_date: at("23:00"),
    payment_id: PY,
    ...facts,
  };
}

export function token(facts: Body = {}): Body {
  return {
    payment_token_id: PT,
    channel_code: "CARDS",
    status: "ACTIVE",
    channel_properties: { card_details: { network: "VISA", masked_card_number: "400000XXXXXX1091" } },
    created: at("01:00"),
    updated: at("01:00"),
    ...facts,
  };
}

/** An event as Xendit wraps it. */
export function event(name: string, data: Body, envelope: Body = {}): Body {
  return { event: name, business_id: "62440e322008e87fb29c1fd0", created: at("06:00"), data, ...envelope };
}

interface Arrived {
  readonly webhookId?: string;
  readonly environment?: Environment;
}

export function storedWebhook(
  body: Body | string | Uint8Array,
  { webhookId, environment }: Arrived = {},
): StoredObservation {
  return {
    ...maskedBytes(body),
    environment: environment ?? "test",
    source: "webhook",
    subject: null,
    webhookId: webhookId ?? null,
  };
}

export function webhook(body: Body | string | Uint8Array, arrived: Arrived = {}): Observation {
  return readObservation(storedWebhook(body, arrived));
}

export function answer(
  subject: "session" | "payment_request" | "payment" | "refund" | "token",
  body: Body,
): Observation {
  return readObservation({ ...maskedBytes(body), environment: "test", source: "api", subject, webhookId: null });
}

/** The browser's hand-back at the CVN step. */
export function claim(paymentSessionId: string, paymentRequestId: string): Observation {
  const body = { payment_session_id: paymentSessionId, payment_request_id: paymentRequestId };
  return readObservation({
    ...maskedBytes(body),
    environment: "test",
    source: "claim",
    subject: null,
    webhookId: null,
  });
}

export const paid = (facts: Body = {}) => webhook(event("payment.capture", payment(facts)));
export const held = (facts: Body = {}) =>
  webhook(event("payment.authorization", payment({ status: "AUTHORIZED", ...facts })));
export const failed = (facts: Body = {}) => webhook(event("payment.failure", payment({ status: "FAILED", ...facts })));

export function fold(...members: readonly Observation[]) {
  return foldCluster(members, []);
}

/** The only payment request of a fold. */
export function requestOf(...members: readonly Observation[]) {
  const { paymentRequests } = fold(...members).projection;
  const [row] = paymentRequests;
  if (!row || paymentRequests.length > 1)
    throw new Error(`expected one payment request, found ${paymentRequests.length}`);
  return row;
}

export function sessionOf(...members: readonly Observation[]) {
  const { sessions } = fold(...members).projection;
  const [row] = sessions;
  if (!row || sessions.length > 1) throw new Error(`expected one session, found ${sessions.length}`);
  return row;
}

export function statesOf(...members: readonly Observation[]) {
  return fold(...members).states.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state));
}

function maskedBytes(body: Body | string | Uint8Array): { bytes: Uint8Array; masked: boolean } {
  if (body instanceof Uint8Array) return maskBody(body);
  return maskBody(Buffer.from(typeof body === "string" ? body : JSON.stringify(body)));
}
