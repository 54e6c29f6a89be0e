import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { fold, statesOf, webhook } from "./factories.ts";

const folder = resolve(import.meta.dirname, "../fixtures/xendit");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const sample = (name: string) => webhook(readFileSync(resolve(folder, name)));

/** What each body is when it comes to the webhook address, the answers and requests among them too. */
const expected: Record<string, readonly [kind: string, state: string]> = {
  "card_charge.v1.response.mastercard_3ds.json": ["other", "stored: other_product"],
  "card_refund.v1.response.requested.json": ["other", "stored: other_product"],
  "cards_session_js.collect_cvn.request.json": ["other", "quarantined: masked_card_data"],
  "cards_session_js.collect_cvn.response.json": ["other", "stored: other_product"],
  "dispute.action_required.json": ["dispute", "processed"],
  "dispute.due_date_approaching.json": ["dispute", "processed"],
  "dispute.won.json": ["dispute", "processed"],
  "error.skip_3ds_forbidden.json": ["other", "stored: other_product"],
  "error.unauthorized_sender_ip.json": ["other", "stored: other_product"],
  "invoice.paid.credit_card_flat.json": ["other", "stored: other_product"],
  "payment.authorization.cards.v3.json": ["payment", "processed"],
  "payment.authorization_data.decline.json": ["other", "stored: other_product"],
  "payment.capture.cards.v3.challenge.json": ["payment", "processed"],
  "payment.capture.cards.v3.no_3ds.json": ["payment", "processed"],
  "payment.capture.reusable_code.v3.json": ["payment", "stored: other_channel"],
  "payment.capture.spec_example.json": ["payment", "stored: other_channel"],
  "payment.capture.token.v3.json": ["payment", "stored: other_channel"],
  "payment.capture.va_bri.v3.json": ["payment", "stored: other_channel"],
  "payment.failure.spec_example.json": ["payment", "processed"],
  "payment.get.response.cards.spec.json": ["other", "quarantined: unknown_card_event"],
  "payment.succeeded.v2.ewallet_dana.json": ["payment", "stored: other_channel"],
  "payment.succeeded.v2.otc_indomaret.json": ["payment", "stored: other_channel"],
  "payment_request.get.response.cards.spec.json": ["other", "quarantined: unknown_card_event"],
  "payment_request.response.mit_no_3ds.json": ["other", "quarantined: unknown_card_event"],
  "payment_request.response.requires_action.json": ["other", "quarantined: unknown_card_event"],
  "payment_request.response.v2.card_requires_action.json": ["other", "quarantined: unknown_card_event"],
  "payment_session.completed.integrator_capture.json": ["session", "processed"],
  "payment_session.completed.spec_example.json": ["session", "processed"],
  "payment_session.expired.spec_example.json": ["session", "processed"],
  "payment_token.activation.v3.json": ["token", "stored: other_channel"],
  "payment_token.failure.spec_example.json": ["token", "stored: other_channel"],
  "payment_token.get.response.cards.spec.json": ["other", "quarantined: unknown_card_event"],
  "qr.payment.v1.flat.json": ["other", "stored: other_product"],
  "refund.response.cards.full.json": ["refund", "processed"],
  "refund.succeeded.spec_double_wrapped.json": ["refund", "stored: other_channel"],
  "refund.succeeded.v2.dana.json": ["refund", "stored: other_channel"],
  "report.completed.json": ["report", "stored: other_product"],
  "session.cancel.response.spec.json": ["other", "stored: other_product"],
  "session.create.request.cards_session_js.json": ["other", "stored: other_product"],
  "session.create.response.cards_session_js.json": ["other", "stored: other_product"],
  "session.create.response.components.json": ["other", "stored: other_product"],
  "session.create.response.payment_link.json": ["other", "stored: other_product"],
  "simulate.response.va.json": ["other", "stored: other_product"],
  "synthetic.missing_primary_identity.json": ["payment", "quarantined: no_usable_id"],
  "synthetic.payment_amount_mismatch.json": ["payment", "quarantined: no_usable_id"],
  "synthetic.payment_capture_conflicting_replay.json": ["payment", "quarantined: no_usable_id"],
  "synthetic.payment_capture_succeeded.json": ["payment", "quarantined: no_usable_id"],
  "synthetic.payment_out_of_order_old.json": ["payment", "quarantined: no_usable_id"],
  "synthetic.payment_pending.json": ["payment", "quarantined: no_usable_id"],
  "synthetic.unsupported_event.json": ["payment", "quarantined: no_usable_id"],
  "transactions.list.response.json": ["other", "stored: other_product"],
  "va.created.status_flat.json": ["other", "stored: other_product"],
  "va.payment.legacy_flat_bca.json": ["other", "stored: other_product"],
};

describe("every sample body", () => {
  it("has its row in the table", () => {
    expect(Object.keys(expected).sort()).toEqual([...files].sort());
  });

  it.each(files)("%s is read, and kept for what it is", (name) => {
    const observation = sample(name);
    expect([observation.kind, statesOf(observation)[0]]).toEqual(expected[name]);
  });

  it("is read together with all the others, in either order, to the same rows", () => {
    const all = files.map(sample);
    expect(fold(...[...all].reverse()).projection).toEqual(fold(...all).projection);
  });
});

describe("the seed's payment.capture", () => {
  const capture = sample("payment.capture.cards.v3.challenge.json");

  it("shows ECI 05, CVN M, AVS M, response 00 and 10,000.00 IDR captured", () => {
    const { projection, states } = fold(capture);
    expect(states).toEqual([
      { state: "processed", reason: null, paymentRequestId: "pr-5593127f-8c7b-4d2f-b487-c785ffc21e2f" },
    ]);
    expect(projection.paymentRequests).toMatchObject([
      {
        status: "SUCCEEDED",
        eci: "05",
        cvn: "M",
        avs: "M",
        response: "00",
        currency: "IDR",
        capturedMinor: 1_000_000,
        capturedItemised: true,
        createdAt: Date.parse("2024-12-18T05:46:08.192Z"),
        capturedAt: Date.parse("2024-12-18T05:46:34.234Z"),
        flags: [],
      },
    ]);
  });

  it("after its authorization is one payment, still captured once", () => {
    const { projection } = fold(capture, sample("payment.authorization.cards.v3.json"), capture);
    expect(projection.payments).toMatchObject([{ status: "SUCCEEDED", capturedMinor: 1_000_000 }]);
    expect(projection.captures).toHaveLength(1);
  });
});

describe("the capture without 3-D Secure", () => {
  it("has results, no ECI, and says that it was approved without authentication", () => {
    expect(fold(sample("payment.capture.cards.v3.no_3ds.json")).projection.paymentRequests).toMatchObject([
      { eci: null, cvn: "M", avs: "M", flags: ["approved_without_3ds"] },
    ]);
  });
});

describe("the integrator's session", () => {
  it("is projected by its id although the field is another", () => {
    expect(fold(sample("payment_session.completed.integrator_capture.json")).projection.sessions).toMatchObject([
      { paymentSessionId: "ps_fixture_live_completed_0001", status: "COMPLETED", amountMinor: 12_500_000 },
    ]);
  });
});

describe("the three dispute samples", () => {
  it("end as WON", () => {
    const disputes = ["won", "action_required", "due_date_approaching"].map((name) => sample(`dispute.${name}.json`));
    const payment = webhook({
      event: "payment.capture",
      data: {
        payment_id: "py-59a3cf39-2a7d-4733-a3e3-8177c78090f7",
        payment_request_id: "pr-1",
        channel_code: "CARDS",
        status: "SUCCEEDED",
      },
    });
    const { projection } = fold(payment, ...disputes);
    expect(projection.disputes).toMatchObject([{ status: "WON", currency: "USD", amountMinor: 100_000 }]);
    expect(projection.paymentRequests).toMatchObject([{ network: "VISA", networkFrom: "dispute" }]);
  });
});
