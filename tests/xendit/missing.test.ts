import { describe, expect, it } from "vitest";
import type { Observation } from "../../app/xendit/observation.ts";
import type { MissingWebhook } from "../../app/xendit/projection.ts";
import {
  answer,
  at,
  claim,
  event,
  failed,
  fold,
  held,
  OTHER_PR,
  OTHER_PY,
  PR,
  PS,
  PY,
  paid,
  payment,
  requestOf,
  session,
  sessionOf,
  webhook,
} from "./factories.ts";

const done = session({ status: "COMPLETED", updated: at("05:48"), payment_request_id: PR, payment_id: PY });
const completed = webhook(event("payment_session.completed", done));
const completedByAnswer = answer("session", done);
const saved = session({ status: "COMPLETED", session_type: "SAVE", amount: 0 });
const created = answer("session", session());
const request = (status: string, facts = {}) =>
  answer("payment_request", payment({ payment_id: undefined, status, ...facts }));
const throughSession = { reference_id: "order-1_0a1b2c3d-5" };

type Example = readonly [what: string, missing: MissingWebhook | null, ...told: Observation[]];

const requests: readonly Example[] = [
  ["paid, both webhooks told", null, paid(), completed],
  ["paid without a session of ours", null, paid()],
  ["failed and told", null, failed(throughSession)],
  ["held and told, without a session", null, held()],
  [
    "voided, which no webhook tells",
    null,
    held(),
    answer("payment", payment({ status: "CANCELED", updated: at("07:00") })),
  ],
  ["of a status we do not know", null, webhook(event("payment.capture", payment({ status: "SETTLING" })))],

  ["its session completed by webhook, no payment webhook", "payment_webhook", completed],
  ["its session completed by API answer, no payment webhook", "payment_webhook", completedByAnswer],
  ["paid as the API answers", "payment_webhook", completed, answer("payment", payment())],
  ["failed as the API answers", "payment_webhook", request("FAILED")],
  ["lapsed as the API answers", "payment_webhook", request("EXPIRED")],
  ["held by webhook, captured as the API answers", "payment_webhook", held(), completed, answer("payment", payment())],

  ["paid through a session known by its creation only", "session_webhook", paid(), created, claim(PS, PR)],
  ["paid through a session known to be completed by API answer only", "session_webhook", paid(), completedByAnswer],
  ["paid with the reference of a session nobody named", "session_webhook", paid(throughSession)],
  ["held through a session", "session_webhook", held(throughSession)],

  ["known by a claim only", "outcome", created, claim(PS, PR)],
  ["waiting for its shopper", "outcome", request("REQUIRES_ACTION")],
  ["pending", "outcome", request("PENDING")],
];

describe("the webhook that a payment misses", () => {
  for (const [what, missing, ...told] of requests) {
    it(`${what}: ${missing ?? "none"}`, () => {
      expect(requestOf(...told).missing).toBe(missing);
      expect(requestOf(...told.toReversed()).missing).toBe(missing);
    });
  }

  it("is not blamed on an earlier try when another one completed the session", () => {
    const { paymentRequests } = fold(
      completed,
      claim(PS, OTHER_PR),
      paid(),
      request("REQUIRES_ACTION", { payment_request_id: OTHER_PR }),
    ).projection;
    const missing = Object.fromEntries(paymentRequests.map((row) => [row.paymentRequestId, row.missing]));
    expect(missing).toEqual({ [PR]: null, [OTHER_PR]: "outcome" });
  });
});

const sessions: readonly Example[] = [
  ["completed and its payment told", null, completed, paid()],
  ["completed, its first try unheard of and its second told", null, completed, claim(PS, OTHER_PR), paid()],
  ["still open", null, created],
  ["completed by saving a card, which takes no payment", null, webhook(event("payment_session.completed", saved))],
  ["completed, and no payment told", "payment_webhook", completed],
  ["completed as the API answers, and no payment told", "payment_webhook", completedByAnswer],
  ["completed, its payment known by API answer only", "payment_webhook", completed, answer("payment", payment())],
  [
    "completed, and only another request's payment told",
    "payment_webhook",
    completed,
    paid({ payment_request_id: OTHER_PR, payment_id: OTHER_PY }),
  ],
];

describe("the webhook that a session misses", () => {
  for (const [what, missing, ...told] of sessions) {
    it(`${what}: ${missing ?? "none"}`, () => {
      expect(sessionOf(...told).missing).toBe(missing);
      expect(sessionOf(...told.toReversed()).missing).toBe(missing);
    });
  }
});
