import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aSession, type Hook, openSandbox, type Sandbox, until, withCard } from "./sandbox.ts";

const sample = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../fixtures/xendit/${name}.json`), "utf8"));

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox({ timeScale: 0 });
  sandbox.startSender();
});
afterEach(async () => {
  vi.useRealTimers();
  await sandbox.close();
});

const hook = (event: string) =>
  until<Hook>(() => sandbox.receiver.hooks.find((one) => one.body.event === event) ?? null);

async function payment(change: Record<string, unknown> = {}) {
  const created = await sandbox.call(
    "POST",
    "sessions",
    aSession({ cards_session_js: withCard("VISA", "FRICTIONLESS"), ...change }),
  );
  const paid = await sandbox.pay({ cvn: "321", payment_session_id: created.body.payment_session_id });
  const manual = change.capture_method === "MANUAL";
  const { body } = await hook(manual ? "payment.authorization" : "payment.capture");
  return { requestId: paid.body.payment_request_id as string, paymentId: body.data.payment_id as string, event: body };
}

describe("what was authorized manually", () => {
  it("is told as held, with the keys of the sample and no captures", async () => {
    const { event } = await payment({ capture_method: "MANUAL", cards_session_js: withCard("VISA", "FRICTIONLESS") });
    const keys = Object.keys(sample("payment.authorization.cards.v3").data).sort();
    expect(Object.keys(event.data).sort()).toEqual(keys);
    expect(event.data).toMatchObject({ status: "AUTHORIZED", capture_method: "MANUAL" });
  });

  it("is captured in part, once, with a webhook", async () => {
    const { paymentId, requestId } = await payment({ capture_method: "MANUAL" });
    const path = `v3/payments/${paymentId}/capture`;
    const tooMuch = await sandbox.call("POST", path, { capture_amount: 10000.01 });
    expect(tooMuch).toMatchObject({ status: 400, body: { error_code: "CAPTURE_AMOUNT_EXCEEDED" } });
    const done = await sandbox.call("POST", path, { capture_amount: 4000 });
    expect(done).toMatchObject({ status: 200, body: { status: "SUCCEEDED" } });
    const { data } = (await hook("payment.capture")).body;
    expect(data.captures).toEqual([
      { capture_id: expect.stringMatching(/^cptr-/), capture_amount: 4000, capture_timestamp: expect.any(String) },
    ]);
    expect(Date.parse(data.updated)).toBeLessThan(Date.parse(data.captures[0].capture_timestamp));
    expect(data).not.toHaveProperty("channel_properties");
    expect((await sandbox.call("GET", `v3/payment_requests/${requestId}`)).body.status).toBe("SUCCEEDED");
    const again = await sandbox.call("POST", path, { capture_amount: 1 });
    expect(again.body.error_code).toBe("INELIGIBLE_TRANSACTION_STATUS");
  });

  it("is voided without a webhook", async () => {
    const { paymentId } = await payment({ capture_method: "MANUAL" });
    await hook("payment_session.completed");
    const done = await sandbox.call("POST", `v3/payments/${paymentId}/cancel`);
    expect(done).toMatchObject({ status: 200, body: { status: "CANCELED" } });
    const capture = await sandbox.call("POST", `v3/payments/${paymentId}/capture`, { capture_amount: 1 });
    expect(capture.body.error_code).toBe("INACTIVE_PAYMENT_REQUEST");
    await new Promise((done) => setTimeout(done, 50));
    expect(sandbox.receiver.hooks).toHaveLength(2);
  });

  it("is captured by its payment id, not by the request's", async () => {
    const { requestId } = await payment({ capture_method: "MANUAL" });
    const wrong = await sandbox.call("POST", `v3/payments/${requestId}/capture`, { capture_amount: 1 });
    expect(wrong).toMatchObject({ status: 404, body: { error_code: "DATA_NOT_FOUND" } });
  });

  it("lapses after seven days", async () => {
    const { paymentId } = await payment({ capture_method: "MANUAL" });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7 * 86_400_000 + 1_000 });
    expect((await sandbox.call("GET", `v3/payments/${paymentId}`)).body.status).toBe("EXPIRED");
    sandbox.signals.ring("sandbox-webhooks");
    expect((await hook("payment.expiry")).body.data).toMatchObject({ status: "EXPIRED", payment_id: paymentId });
  });
});

describe("refunds", () => {
  it("are pending, then succeed with a webhook; another one waits its turn", async () => {
    await sandbox.call("PUT", "settings", { time_scale: 0.05 });
    const { requestId } = await payment();
    const wanted = { payment_request_id: requestId, reason: "REQUESTED_BY_CUSTOMER", amount: 2500 };
    const first = await sandbox.call("POST", "refunds", wanted);
    expect(first.status).toBe(200);
    expect(Object.keys(first.body)).toEqual(Object.keys(sample("refund.response.cards.full")));
    expect(first.body.status).toBe("PENDING");
    expect((await sandbox.call("POST", "refunds", wanted)).body.error_code).toBe("REFUND_IN_PROGRESS");
    const { data } = (await hook("refund.succeeded")).body;
    expect(data).toMatchObject({ id: first.body.id, status: "SUCCEEDED", amount: 2500, payment_method_type: "CARD" });
    expect((await sandbox.call("GET", `refunds/${first.body.id}`)).body.status).toBe("SUCCEEDED");
    const tooMuch = await sandbox.call("POST", "refunds", { ...wanted, amount: 7500.01 });
    expect(tooMuch.body.error_code).toBe("REFUND_AMOUNT_EXCEEDED");
    const rest = await sandbox.call("POST", "refunds", { ...wanted, amount: undefined });
    expect(rest.body.amount).toBe(7500);
  });

  it("two at the same moment are one refund", async () => {
    const { requestId } = await payment();
    await sandbox.call("PUT", "settings", { time_scale: 1 });
    const wanted = { payment_request_id: requestId, reason: "OTHERS", amount: 100 };
    const answers = await Promise.all([1, 2, 3].map(() => sandbox.call("POST", "refunds", wanted)));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 400, 400]);
  });

  it("need money that was captured, a known reason and a known request", async () => {
    const { requestId } = await payment({ capture_method: "MANUAL" });
    const code = async (body: unknown) => (await sandbox.call("POST", "refunds", body)).body.error_code;
    const reason = "DUPLICATE";
    expect(await code({ payment_request_id: requestId, reason })).toBe("INELIGIBLE_TRANSACTION_STATUS");
    expect(await code({ payment_request_id: "pr-none", reason })).toBe("DATA_NOT_FOUND");
    expect(await code({ payment_request_id: requestId, reason: "BORED" })).toBe("API_VALIDATION_ERROR");
  });
});

describe("saving a card", () => {
  const card = {
    card_number: "5200000000002151",
    expiry_month: "11",
    expiry_year: "2034",
    cvn: "987",
    cardholder_first_name: "Ann",
    cardholder_last_name: "Lee",
    cardholder_email: "ann@example.com",
  };
  const urls = { success_return_url: "https://a.example/s", failure_return_url: "https://a.example/f" };
  const save = async () => {
    const session = aSession({ session_type: "SAVE", amount: 0, cards_session_js: urls });
    const { body } = await sandbox.call("POST", "sessions", session);
    const step = await sandbox.pay({ ...card, payment_session_id: body.payment_session_id });
    return { session: body.payment_session_id, ...step };
  };

  it("activates a token that pays the next time, and says so", async () => {
    const { body, session } = await save();
    expect(body).not.toHaveProperty("payment_request_id");
    await sandbox.press(body.action_url, "authenticate");
    const { data } = (await hook("payment_token.activation")).body;
    expect(data).toMatchObject({
      payment_token_id: body.payment_token_id,
      status: "ACTIVE",
      channel_properties: { card_details: { network: "MASTERCARD", masked_card_number: "520000XXXXXX2151" } },
      token_details: { authentication_data: { a_res: { eci: "02" } } },
    });
    expect(data).not.toHaveProperty("amount");
    const completed = await hook("payment_session.completed");
    expect(completed.body.data).toMatchObject({ payment_session_id: session, payment_token_id: body.payment_token_id });

    const read = await sandbox.call("GET", `v3/payment_tokens/${body.payment_token_id}`);
    const known = new Set(Object.keys(sample("payment_token.get.response.cards.spec")));
    expect(Object.keys(read.body).filter((key) => !known.has(key))).toEqual([]);
    const cards = (await sandbox.call("GET", "saved_cards")).body.data;
    expect(cards).toContainEqual(
      expect.objectContaining({
        payment_token_id: body.payment_token_id,
        label: `Mastercard •••• 2151, challenge, saved here (…${String(body.payment_token_id).slice(-6)})`,
      }),
    );
    const again = await sandbox.call(
      "POST",
      "sessions",
      aSession({ cards_session_js: { ...urls, card_payment_token_id: body.payment_token_id } }),
    );
    expect(again.status).toBe(201);
  });

  it("fails with the 3-D Secure that failed, and the token pays nothing", async () => {
    const { body } = await save();
    await sandbox.press(body.action_url, "fail");
    const { data } = (await hook("payment_token.failure")).body;
    expect(data).toMatchObject({ status: "FAILED", failure_code: "AUTHENTICATION_FAILED" });
    const js = { ...urls, card_payment_token_id: body.payment_token_id };
    const refused = await sandbox.call("POST", "sessions", aSession({ cards_session_js: js }));
    expect(refused).toMatchObject({ status: 400, body: { error_code: "INVALID_TOKEN" } });
  });

  it("goes together with a payment when the session asks for it", async () => {
    const session = aSession({ cards_session_js: urls, allow_save_payment_method: "FORCED" });
    const created = await sandbox.call("POST", "sessions", session);
    const step = await sandbox.pay({ ...card, payment_session_id: created.body.payment_session_id });
    await sandbox.press(step.body.action_url, "authenticate");
    expect((await hook("payment.capture")).body.data.type).toBe("PAY_AND_SAVE");
    const token = (await hook("payment_token.activation")).body.data.payment_token_id;
    expect((await hook("payment_session.completed")).body.data.payment_token_id).toBe(token);
  });

  it("is undone by cancelling the token", async () => {
    const [first] = (await sandbox.call("GET", "saved_cards")).body.data;
    const path = `v3/payment_tokens/${first.payment_token_id}`;
    expect((await sandbox.call("POST", `${path}/cancel`)).body.status).toBe("CANCELED");
    expect((await sandbox.call("POST", `${path}/cancel`)).status).toBe(400);
    expect((await sandbox.call("GET", path)).body.status).toBe("CANCELED");
    const left = (await sandbox.call("GET", "saved_cards")).body.data;
    expect(left.map((one: { payment_token_id: string }) => one.payment_token_id)).not.toContain(first.payment_token_id);
  });
});

describe("transactions", () => {
  it("list captures and refunds with fee, net and the ids that reports join on", async () => {
    const { requestId, paymentId } = await payment({ amount: 100000 });
    const refunded = await sandbox.call("POST", "refunds", { payment_request_id: requestId, reason: "OTHERS" });
    await hook("refund.succeeded");
    const { body } = await sandbox.call("GET", "transactions");
    const spec = sample("transactions.list.response").data[3];
    expect(body.has_more).toBe(false);
    expect(body.data.map((one: { type: string }) => one.type)).toEqual(["REFUND", "PAYMENT"]);
    const [refund, line] = body.data;
    expect(Object.keys(line).sort()).toEqual(Object.keys(spec).sort());
    expect(line).toMatchObject({
      product_id: paymentId,
      status: "SUCCESS",
      amount: 100000,
      // 2.9 % + 2,000 is 4,900; 11 % VAT on it is 539.
      net_amount: 94561,
      fee: { xendit_fee: 4900, value_added_tax: 539, status: "PENDING" },
      product_data: { payment_request_id: requestId },
    });
    expect(refund).toMatchObject({ product_id: refunded.body.id, cashflow: "MONEY_OUT", amount: 100000 });
    const filtered = await sandbox.call("GET", `transactions?types=PAYMENT&product_id=${paymentId}&amount=100000.00`);
    expect(filtered.body.data).toEqual([line]);
    expect((await sandbox.call("GET", "transactions?currency=PHP")).body.data).toEqual([]);
  });

  it("page by after_id without losing or repeating a line", async () => {
    for (let count = 0; count < 3; count += 1) {
      await payment();
      sandbox.receiver.hooks.length = 0;
    }
    const all = (await sandbox.call("GET", "transactions")).body.data;
    expect(all).toHaveLength(3);
    const first = (await sandbox.call("GET", "transactions?limit=2")).body;
    expect(first.has_more).toBe(true);
    const rest = (await sandbox.call("GET", `transactions?limit=2&after_id=${first.data[1].id}`)).body;
    expect([...first.data, ...rest.data]).toEqual(all);
    expect(rest.has_more).toBe(false);
    expect((await sandbox.call("GET", "transactions?limit=51")).status).toBe(400);
  });
});
