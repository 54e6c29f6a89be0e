import { describe, expect, it } from "vitest";
import { compareSameKey } from "../../app/xendit/compare.ts";
import {
  at,
  type Body,
  CPTR,
  captures,
  DSPT,
  dispute,
  event,
  fold,
  OTHER_CPTR,
  PR,
  PS,
  PT,
  PY,
  payment,
  RFD,
  refund,
  requestOf,
  results,
  session,
  statesOf,
  token,
  webhook,
} from "./factories.ts";

const capture = (facts: Body = {}, envelope: Body = {}) =>
  webhook(event("payment.capture", payment({ ...captures([CPTR, 10000]), ...facts }), envelope));

describe("the key of an event", () => {
  it("is the environment and the webhook-id, whatever the body says", () => {
    const first = webhook(event("payment.capture", payment()), { webhookId: "w-1" });
    const second = webhook("not json", { webhookId: "w-1" });
    expect(second.dedupeKey).toBe(first.dedupeKey);
    expect(webhook(event("payment.capture", payment()), { webhookId: "w-2" }).dedupeKey).not.toBe(first.dedupeKey);
  });

  it("is never shared between environments", () => {
    const body = event("payment.capture", payment());
    expect(webhook(body, { environment: "live" }).dedupeKey).not.toBe(webhook(body, { environment: "test" }).dedupeKey);
  });

  it("is, without a webhook-id, the event, primary id, captures and status", () => {
    const base = capture().dedupeKey;
    expect(capture({}, { created: at("23:00") }).dedupeKey).toBe(base);
    expect(capture({ request_amount: 5 }).dedupeKey).toBe(base);
    expect(capture({ status: "PENDING" }).dedupeKey).not.toBe(base);
    expect(capture({ payment_id: "py-another" }).dedupeKey).not.toBe(base);
    expect(capture(captures([OTHER_CPTR, 10000])).dedupeKey).not.toBe(base);
    expect(webhook(event("payment.authorization", payment(captures([CPTR, 10000])))).dedupeKey).not.toBe(base);
  });

  it("does not depend on the order of the captures", () => {
    const one = capture(captures([CPTR, 1], [OTHER_CPTR, 2]));
    const other = capture(captures([OTHER_CPTR, 2], [CPTR, 1]));
    expect(one.dedupeKey).toBe(other.dedupeKey);
  });

  it("adds the time of a dispute, a token and a report, which tell the same status again", () => {
    const later = { updated_at: at("11:00") };
    expect(webhook(dispute(later)).dedupeKey).not.toBe(webhook(dispute()).dedupeKey);
    const activation = (updated: string) => webhook(event("payment_token.activation", token({ updated })));
    expect(activation(at("02:00")).dedupeKey).not.toBe(activation(at("03:00")).dedupeKey);
    const report = (updated: string) => webhook({ id: "report_1", status: "COMPLETED", updated });
    expect(report(at("02:00")).dedupeKey).not.toBe(report(at("03:00")).dedupeKey);
    expect(capture({ updated: at("12:00") }).dedupeKey).toBe(capture().dedupeKey);
  });

  it("is the digest of the masked bytes when the body cannot be read", () => {
    expect(webhook("cvn=123").dedupeKey).toBe(webhook("cvn=456").dedupeKey);
    expect(webhook("one").dedupeKey).not.toBe(webhook("two").dedupeKey);
  });

  it("cannot be forged by an id that contains the separator", () => {
    const one = webhook({ event: "a|b", id: "c" });
    const other = webhook({ event: "a", id: "b|c" });
    expect(one.dedupeKey).not.toBe(other.dedupeKey);
  });

  it("stays short however long the webhook-id is", () => {
    expect(webhook("{}", { webhookId: "x".repeat(8000) }).dedupeKey?.length).toBeLessThan(120);
  });
});

describe("the primary id", () => {
  it.each([
    ["a payment's py-", event("payment.capture", payment()), PY],
    ["a payment request's pr-", event("payment_request.expiry", payment({ payment_id: undefined })), PR],
    ["a session's payment_session_id", event("payment_session.completed", session({ payment_id: PY })), PS],
    ["a session's id when it has no other", event("payment_session.completed", { id: "ps_fixture" }), "ps_fixture"],
    ["a token's pt-", event("payment_token.activation", token()), PT],
    ["a refund's rfd-", event("refund.succeeded", refund({ payment_id: PY })), RFD],
    ["a dispute's id", dispute(), DSPT],
    ["a report's id", { id: "report_1", status: "COMPLETED" }, "report_1"],
    ["a flat id of any shape", { id: "64dee1ac", status: "PAID" }, "64dee1ac"],
    ["none, so that the content stands in", { status: "PAID" }, null],
  ])("is %s", (_, body, expected) => {
    expect(webhook(body).primaryId).toBe(expected);
  });
});

describe("two events of one key", () => {
  it("are equal when only the delivery time, the key order or the spelling of an amount differs", () => {
    const { data, ...envelope } = event("payment.capture", payment({ request_amount: "10000.00" }));
    const again = webhook({
      data: Object.fromEntries(Object.entries(data as object).reverse()),
      ...envelope,
      created: at("23:00"),
    });
    expect(compareSameKey(webhook(event("payment.capture", payment())), again)).toEqual({
      outcome: "equal",
      drift: [],
    });
  });

  it("are variants when a field came, went or moved, and the drift names it", () => {
    const first = capture(results({ eci: "05", cvn: "M" }));
    const without = capture({ payment_details: { authorization_data: { network_response_code: "00" } } });
    expect(compareSameKey(first, without)).toEqual({
      outcome: "variant",
      drift: [
        "data.payment_details.authentication_data",
        "data.payment_details.authorization_data.cvn_verification_result",
      ],
    });
    expect(compareSameKey(capture(), capture({ metadata: { a: 1 }, updated: at("09:00") }))).toEqual({
      outcome: "variant",
      drift: ["data.metadata", "data.updated"],
    });
  });

  it.each<[string, Body, Body]>([
    ["an id", { payment_request_id: "pr-1" }, { payment_request_id: "pr-2" }],
    ["the amount", { request_amount: 10000 }, { request_amount: 10001 }],
    ["the currency", { currency: "IDR" }, { currency: "PHP" }],
    ["a captured amount", captures([CPTR, 10000]), captures([CPTR, 9000])],
    ["the failure code", { failure_code: "EXPIRED_CARD" }, { failure_code: "STOLEN_CARD" }],
    ["the ECI", results({ eci: "05" }), results({ eci: "07" })],
    ["the CVN result", results({ cvn: "M" }), results({ cvn: "N" })],
    ["the AVS result", results({ avs: "M" }), results({ avs: "N" })],
    ["the network response", results({ response: "00" }), results({ response: "05" })],
    ["the reference", { reference_id: "a" }, { reference_id: "b" }],
  ])("contradict each other when %s differs", (_, one, other) => {
    expect(compareSameKey(capture(one), capture(other)).outcome).toBe("conflict");
  });

  it("contradict each other under one webhook-id when the status or the captures differ", () => {
    const sent = (facts: Body) => webhook(event("payment.capture", payment(facts)), { webhookId: "w-1" });
    expect(compareSameKey(sent({ status: "SUCCEEDED" }), sent({ status: "FAILED" })).outcome).toBe("conflict");
    const [one, two] = [captures([CPTR, 1]), captures([CPTR, 1], [OTHER_CPTR, 1])];
    expect(compareSameKey(sent(one), sent(two)).outcome).toBe("conflict");
  });

  it("name at most fifty fields of drift and say how many more there are", () => {
    const metadata = Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`k${n}`, n]));
    const { drift } = compareSameKey(capture({ metadata: {} }), capture({ metadata }));
    expect(drift).toHaveLength(50);
    expect(drift.at(-1)).toBe("and 31 more");
  });
});

describe("a conflict", () => {
  const one = capture({ request_amount: 10000 });
  const other = capture({ request_amount: 20000 });

  it("is the state of every event of the key, variants included", () => {
    const variant = capture({ request_amount: 10000, metadata: { a: 1 } });
    expect(statesOf(one, variant, other)).toEqual(["conflict", "conflict", "conflict"]);
    expect(statesOf(one, variant)).toEqual(["processed", "processed"]);
  });

  it("lets all take part, flags the payment and shows the values side by side", () => {
    const row = requestOf(one, other);
    expect(row.flags).toContain("conflict");
    expect(row.disagreements).toContainEqual({
      field: "amount",
      paymentId: PY,
      values: [
        { value: "10000", source: "webhook" },
        { value: "20000", source: "webhook" },
      ],
    });
  });

  it("does not release what is quarantined", () => {
    const masked = webhook(
      event("payment.capture", { ...payment({ request_amount: 20000, ...captures([CPTR, 10000]) }), cvn: "123" }),
    );
    expect(statesOf(one, masked)).toEqual(["conflict", "quarantined: masked_card_data"]);
  });

  it("is none between two keys", () => {
    const first = webhook(event("payment.capture", payment()), { webhookId: "w-1" });
    const second = webhook(event("payment.capture", payment()), { webhookId: "w-2" });
    expect(statesOf(first, second)).toEqual(["processed", "processed"]);
    expect(fold(first, second).projection).toEqual(fold(first).projection);
  });
});
