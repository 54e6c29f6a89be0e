import { describe, expect, it } from "vitest";
import { STATE_REASONS } from "../../app/xendit/observation.ts";
import { stateReasonText } from "../../app/xendit/state-reasons.ts";
import {
  answer,
  type Body,
  claim,
  dispute,
  event,
  fold,
  OTHER_PR,
  PR,
  PS,
  PY,
  paid,
  payment,
  refund,
  results,
  session,
  statesOf,
  token,
  webhook,
} from "./factories.ts";

const stateOf = (body: Parameters<typeof webhook>[0]) => statesOf(webhook(body))[0];
const channelless = (facts: Body = {}) => payment({ channel_code: undefined, ...facts });

describe("an event, by the rules in their order,", () => {
  it.each(["not json", "[]", "null", '"text"', ""])("is quarantined when it is not a JSON object: %j", (text) => {
    expect(stateOf(text)).toBe("quarantined: not_json");
  });

  it("is quarantined when it is not UTF-8", () => {
    expect(stateOf(Buffer.from([0x7b, 0xff, 0x7d]))).toBe("quarantined: not_json");
  });

  it("is quarantined when it was masked, whatever else it is", () => {
    expect(stateOf({ ...event("payment.capture", payment()), cvn: "123" })).toBe("quarantined: masked_card_data");
    expect(stateOf({ ...event("payment_session.completed", session()), pan: "4000000000001091" })).toBe(
      "quarantined: masked_card_data",
    );
  });

  it("is processed as a session's when it has an id, of whatever shape, in either field", () => {
    expect(stateOf(event("payment_session.completed", session()))).toBe("processed");
    expect(stateOf(event("payment_session.completed", { id: "ps_fixture", mode: "PAYMENT_LINK" }))).toBe("processed");
    expect(stateOf(event("payment_session.completed", {}))).toBe("quarantined: no_session_id");
  });

  it("is processed as a card payment's when it has pr-, py- and a status", () => {
    expect(stateOf(event("payment.capture", payment()))).toBe("processed");
    expect(stateOf(event("payment.brand_new", payment({ status: "REVIEWING" })))).toBe("processed");
    expect(stateOf(event("payment.capture", payment({ payment_request_id: null })))).toBe(
      "quarantined: no_payment_request_id",
    );
    expect(stateOf(event("payment.capture", payment({ payment_id: "pay_1" })))).toBe("quarantined: no_payment_id");
    expect(stateOf(event("payment.brand_new", payment({ status: undefined })))).toBe("quarantined: no_status");
  });

  it("has the status its name promises when the body has none", () => {
    expect(webhook(event("payment.failure", payment({ status: undefined }))).status).toBe("FAILED");
  });

  it("needs no py- when it is a payment request's", () => {
    expect(stateOf(event("payment_request.expiry", payment({ payment_id: undefined, status: "EXPIRED" })))).toBe(
      "processed",
    );
  });

  it("is stored when it names another channel, even with card results in it", () => {
    expect(stateOf(event("payment.capture", payment({ channel_code: "BRI_VIRTUAL_ACCOUNT" })))).toBe(
      "stored: other_channel",
    );
    expect(stateOf(event("payment.capture", payment({ channel_code: "DANA", ...results({ eci: "05" }) })))).toBe(
      "stored: other_channel",
    );
    const v2 = { channel_code: undefined, payment_method: { type: "EWALLET" } };
    expect(stateOf(event("payment.succeeded", payment(v2)))).toBe("stored: other_channel");
  });

  it("without a channel is processed when authorization or authentication data is there", () => {
    expect(stateOf(event("payment.capture", channelless(results({ cvn: "M" }))))).toBe("processed");
    const authentication = { payment_details: { authentication_data: { flow: "CHALLENGE" } } };
    expect(stateOf(event("payment.failure", channelless(authentication)))).toBe("processed");
    expect(stateOf(event("payment.capture", channelless({ ...results({ cvn: "M" }), payment_id: null })))).toBe(
      "quarantined: no_payment_id",
    );
  });

  it("without a channel is processed when its payment request is a known card payment", () => {
    const silent = webhook(event("payment.failure", channelless()));
    expect(statesOf(silent)).toEqual(["stored: not_linked_to_a_card_payment"]);
    expect(statesOf(silent, paid())).toEqual(["processed", "processed"]);
    expect(statesOf(silent, claim(PS, PR))[0]).toBe("processed");
    expect(statesOf(silent, webhook(event("payment_session.completed", session({ payment_request_id: PR }))))[0]).toBe(
      "processed",
    );
  });

  it("without a channel stays stored beside a session that takes other channels too", () => {
    const silent = webhook(event("payment.failure", channelless()));
    const link = webhook(event("payment_session.completed", session({ payment_request_id: PR, mode: "PAYMENT_LINK" })));
    expect(statesOf(silent, link)[0]).toBe("stored: not_linked_to_a_card_payment");
  });

  it("without a channel and without an id to find its payment by is quarantined", () => {
    expect(stateOf(event("payment.capture", { status: "PENDING", amount: 125000 }))).toBe("quarantined: no_usable_id");
    expect(
      stateOf(event("payment.capture", { payment_id: "pay_1", payment_request_id: "pr_1", status: "PENDING" })),
    ).toBe("quarantined: no_usable_id");
  });

  it.each<[string, (card: boolean) => Body]>([
    ["a refund", (card) => event("refund.succeeded", refund({ payment_method_type: card ? "CARD" : "EWALLET" }))],
    ["a dispute", (card) => dispute({ channel_code: card ? "CARDS" : "QRIS" })],
    ["a token", (card) => event("payment_token.activation", token({ channel_code: card ? "CARDS" : "OVO" }))],
  ])("as %s is processed when it is about a card, and stored otherwise", (_, body) => {
    expect(stateOf(body(true))).toBe("processed");
    expect(stateOf(body(false))).toBe("stored: other_channel");
  });

  it("as a refund or a dispute that names no channel is looked at again when its card payment is known", () => {
    const silentRefund = webhook(event("refund.succeeded", refund({ payment_method_type: undefined })));
    const silentDispute = webhook(dispute({ channel_code: undefined }));
    expect(statesOf(silentRefund, silentDispute)).toEqual([
      "stored: not_linked_to_a_card_payment",
      "stored: not_linked_to_a_card_payment",
    ]);
    expect(statesOf(silentRefund, silentDispute, paid())).toEqual(["processed", "processed", "processed"]);
    expect(fold(silentRefund).projection.refunds).toEqual([]);
    expect(fold(silentRefund, paid()).projection.refunds).toHaveLength(1);
  });

  it("of any other name is quarantined when it names cards", () => {
    expect(stateOf(event("capture.succeeded", { id: "1", payment_method: { type: "CARD" } }))).toBe(
      "quarantined: unknown_card_event",
    );
    expect(stateOf({ id: "1", channel_code: "CARDS" })).toBe("quarantined: unknown_card_event");
  });

  it("of other products and older shapes is stored", () => {
    expect(stateOf({ id: "64de", status: "PAID", payment_channel: "CREDIT_CARD" })).toBe("stored: other_product");
    expect(stateOf({ event: "qr.payment", id: "qrpy_1" })).toBe("stored: other_product");
    expect(stateOf("{}")).toBe("stored: other_product");
  });
});

describe("what is only stored or quarantined", () => {
  it("makes no rows: a reusable code's many payments, and a masked body", () => {
    const code = { type: "REUSABLE_PAYMENT_CODE", channel_code: "BNI_VIRTUAL_ACCOUNT" };
    const reusable = [PY, "py-2", "py-3"].map((payment_id) =>
      webhook(event("payment.capture", payment({ ...code, payment_id }))),
    );
    const masked = webhook(event("payment.capture", { ...payment({ payment_request_id: OTHER_PR }), cvn: "123" }));
    const { projection } = fold(...reusable, masked);
    expect(Object.values(projection).flat()).toEqual([]);
  });

  it("ties no reusable code's payments together, so that the thousandth does not fold a thousand", () => {
    const code = { type: "REUSABLE_PAYMENT_CODE", channel_code: "BNI_VIRTUAL_ACCOUNT" };
    expect(webhook(event("payment.capture", payment(code))).links).not.toContain(PR);
    expect(webhook(event("payment.capture", payment({ type: "REUSABLE_PAYMENT_CODE" }))).links).toContain(PR);
  });

  it("does not let a session make a payment request of a payment that is not by card", () => {
    const wallet = webhook(event("payment.capture", payment({ channel_code: "DANA" })));
    const completed = webhook(
      event("payment_session.completed", session({ mode: "PAYMENT_LINK", payment_request_id: PR })),
    );
    const { projection } = fold(wallet, completed);
    expect(projection.paymentRequests).toEqual([]);
    expect(projection.sessions).toMatchObject([
      { paymentSessionId: PS, paymentRequestId: null, paymentRequestCount: 0 },
    ]);
  });
});

describe("an API answer", () => {
  it("takes part by the same rules", () => {
    const { projection } = fold(answer("payment", payment()), answer("refund", refund()));
    expect(projection.payments).toHaveLength(1);
    expect(projection.refunds).toHaveLength(1);
    expect(fold(answer("payment", payment({ channel_code: "DANA" }))).projection.payments).toEqual([]);
  });
});

describe("the reasons", () => {
  it("all have words that end as a sentence", () => {
    for (const reason of STATE_REASONS) expect(stateReasonText[reason]).toMatch(/^[A-Z].*\.$/);
  });
});
