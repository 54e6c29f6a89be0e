import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aSession, openSandbox, type Sandbox } from "./sandbox.ts";

const sample = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../fixtures/xendit/${name}.json`), "utf8"));

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const create = (change: Record<string, unknown> = {}) => sandbox.call("POST", "sessions", aSession(change));
const urls = { success_return_url: "https://a.example/s", failure_return_url: "https://a.example/f" };

describe("POST sessions", () => {
  it("answers the sample's request with the sample's keys, in its order", async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    expect(Object.keys(body)).toEqual(Object.keys(sample("session.create.response.cards_session_js")));
    expect(body.payment_session_id).toMatch(/^ps-[0-9a-f]{24}$/);
    expect(body.customer_id).toMatch(/^cust-[0-9a-f-]{36}$/);
    expect(Date.parse(body.expires_at) - Date.parse(body.created)).toBe(30 * 60_000);
    expect(body.amount).toBe(10000);
  });

  it("echoes what was sent beside, and amounts by their digits", async () => {
    const extra = { description: "Two shirts", capture_method: "MANUAL", metadata: { cart: "7" }, amount: 10000.5 };
    expect((await create(extra)).body).toMatchObject(extra);
  });

  it("names every missing property as Xendit's validator does", async () => {
    const { status, body } = await sandbox.call("POST", "sessions", {});
    expect(status).toBe(400);
    expect(body.error_code).toBe("API_VALIDATION_ERROR");
    expect(body.message).toBe("request/body must have required property 'reference_id'");
    expect(body.errors).toContainEqual({
      path: "/body/session_type",
      message: "must have required property 'session_type'",
    });
  });

  it.each([
    [{ amount: "10000" }, "/body/amount", "must be number"],
    [{ reference_id: "x".repeat(65) }, "/body/reference_id", "must NOT have more than 64 characters"],
    [{ session_type: "GIFT" }, "/body/session_type", "must be equal to one of the allowed values"],
    [{ mode: "COURIER" }, "/body/mode", "must be equal to one of the allowed values"],
    [{ cards_session_js: undefined }, "/body/cards_session_js", "must have required property 'cards_session_js'"],
    [
      { cards_session_js: { success_return_url: "https://a.example" } },
      "/body/cards_session_js/failure_return_url",
      "must have required property 'failure_return_url'",
    ],
    [
      { channel_properties: { cards: { card_details: {} } } },
      "/body/channel_properties/cards/card_details",
      "must NOT have additional properties",
    ],
    [
      { items: [{ reference_id: "i", type: "FEE", name: "n", net_unit_amount: 1, quantity: 0 }] },
      "/body/items/0/quantity",
      "must be >= 1",
    ],
  ])("refuses the shape of %j", async (change, path, message) => {
    const { status, body } = await create(change);
    expect(status).toBe(400);
    expect(body.error_code).toBe("API_VALIDATION_ERROR");
    expect(body.errors).toContainEqual({ path, message });
  });

  it.each([
    [{ amount: 0 }, 400, "INVALID_AMOUNT"],
    [{ amount: 10000.001 }, 400, "INVALID_AMOUNT"],
    [{ amount: 4999 }, 400, "INVALID_AMOUNT"],
    [{ amount: 200000000.01 }, 400, "INVALID_AMOUNT"],
    [{ session_type: "SAVE" }, 400, "INVALID_AMOUNT"],
    [{ amount: 5000.5, currency: "VND", country: "VN" }, 400, "INVALID_AMOUNT"],
    [{ currency: "EUR" }, 400, "INVALID_CURRENCY"],
    [{ currency: "PHP" }, 400, "INVALID_CURRENCY"],
    [{ country: "US" }, 400, "INVALID_COUNTRY"],
    [{ customer: undefined }, 400, "MISSING_CUSTOMER"],
    [{ customer: undefined, customer_id: "shopper-1" }, 400, "INVALID_CUSTOMER_ID"],
    [{ customer: undefined, customer_id: "cust-00000000-0000-0000-0000-000000000000" }, 404, "DATA_NOT_FOUND"],
    [{ cards_session_js: { ...urls, success_return_url: "http://shop.example/s" } }, 400, "INVALID_URL"],
    [{ cards_session_js: { ...urls, success_return_url: "https://evil.com/\r\nX: y" } }, 400, "INVALID_URL"],
    [{ cards_session_js: { ...urls, failure_return_url: "https://evil.com/\t" } }, 400, "INVALID_URL"],
    [{ cancel_return_url: "https://evil.com/\u0000" }, 400, "INVALID_URL"],
    [{ cards_session_js: { ...urls, failure_return_url: "javascript:alert(1)" } }, 400, "INVALID_URL"],
    [{ cards_session_js: { ...urls, card_payment_token_id: "pt-unknown" } }, 404, "DATA_NOT_FOUND"],
    [{ expires_at: new Date(Date.now() + 60_000).toISOString() }, 400, "INVALID_EXPIRY_DATE"],
    [{ expires_at: new Date(Date.now() + 31 * 86_400_000).toISOString() }, 400, "INVALID_EXPIRY_DATE"],
    [{ session_type: "AUTHORIZATION" }, 400, "SESSION_TYPE_NOT_SUPPORTED"],
    [{ mode: "PAYMENT_LINK" }, 400, "MODE_NOT_SUPPORTED"],
    [{ allowed_payment_channels: ["OVO"] }, 400, "INVALID_PAYMENT_CHANNEL"],
    [{ metadata: { ["k".repeat(41)]: "v" } }, 400, "INVALID_METADATA"],
    [{ metadata: { k: "v".repeat(81) } }, 400, "INVALID_METADATA"],
  ])("refuses %j with %d %s", async (change, status, code) => {
    const answer = await create(change);
    expect([answer.status, answer.body.error_code]).toEqual([status, code]);
    expect(answer.body.message).toEqual(expect.any(String));
  });

  it("takes test amounts outside the limits, and http on loopback only", async () => {
    expect((await create({ amount: 10.05 })).status).toBe(201);
    expect((await create({ amount: 405900, currency: "VND", country: "VN" })).status).toBe(201);
    const loopback = { success_return_url: "http://127.0.0.1:3000/s", failure_return_url: "http://localhost:3000/f" };
    expect((await create({ cards_session_js: loopback })).status).toBe(201);
  });

  it("creates a customer once by reference, and takes it again by id", async () => {
    const session = aSession();
    const first = await sandbox.call("POST", "sessions", session);
    const second = await sandbox.call("POST", "sessions", session);
    expect(second).toMatchObject({ status: 409, body: { error_code: "DUPLICATE_ERROR" } });
    const { customer_id } = first.body;
    const third = await create({ customer: undefined, customer_id });
    expect(third).toMatchObject({ status: 201, body: { customer_id } });
  });
});

describe("GET and cancel", () => {
  it("read the session back and cancel it once, without a webhook", async () => {
    sandbox.startSender();
    const { body } = await create();
    const path = `sessions/${body.payment_session_id}`;
    expect((await sandbox.call("GET", path)).body).toEqual(body);
    expect(await sandbox.call("POST", `${path}/cancel`)).toMatchObject({ status: 200, body: { status: "CANCELED" } });
    const again = await sandbox.call("POST", `${path}/cancel`);
    expect(again).toMatchObject({ status: 422, body: { error_code: "INVALID_SESSION_STATUS" } });
    expect(again.body.message).toMatch(/CANCELED.*expecting ACTIVE/);
    await new Promise((done) => setTimeout(done, 60));
    expect(sandbox.receiver.hooks).toEqual([]);
  });

  it("answer 404 for an unknown session", async () => {
    const missing = await sandbox.call("GET", "sessions/ps-000000000000000000000000");
    expect(missing).toMatchObject({ status: 404, body: { error_code: "NOT_FOUND", message: "Session not found" } });
  });
});

describe("transport", () => {
  it("opens with the secret key alone", async () => {
    const basic = (key: string) => ({ headers: { authorization: `Basic ${btoa(`${key}:`)}` } });
    const status = async (init: RequestInit) => {
      const response = await sandbox.request("transactions", init);
      return [response.status, (await response.json()).error_code];
    };
    expect(await status({})).toEqual([401, "INVALID_API_KEY"]);
    expect(await status(basic("xnd_development_other"))).toEqual([401, "INVALID_API_KEY"]);
    expect(await status(basic(sandbox.keys.publicKey))).toEqual([403, "REQUEST_FORBIDDEN_ERROR"]);
    expect(await status({ headers: { cookie: "__session=operator" } })).toEqual([401, "INVALID_API_KEY"]);
  });

  it("names each answer, and tells how many requests are left in the minute", async () => {
    await sandbox.call("PUT", "settings", { rate_limit: 2 });
    const read = () => sandbox.call("GET", "sessions/ps-none");
    const [first, second, third] = [await read(), await read(), await read()];
    expect(first.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect([first, second].map((one) => one.headers.get("rate-limit-remaining"))).toEqual(["1", "0"]);
    expect(third).toMatchObject({ status: 429, body: { error_code: "RATE_LIMIT_EXCEEDED" } });
    expect(Number(third.headers.get("rate-limit-reset"))).toBeGreaterThan(0);
    expect((await sandbox.call("GET", "transactions")).status).toBe(200);
  });

  it("answers a body that is no JSON object", async () => {
    for (const text of ["not json", "[]", '"text"']) {
      expect(await sandbox.call("POST", "sessions", text)).toMatchObject({
        status: 400,
        body: { error_code: "API_VALIDATION_ERROR" },
      });
    }
  });

  it("lets any page's browser make the card step, without credentials", async () => {
    const preflight = await sandbox.request("v3/payment_with_session", { method: "OPTIONS" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")).toMatch(/authorization/i);
    expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
    const refused = await sandbox.pay({});
    expect(refused.status).toBe(400);
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    expect((await sandbox.call("GET", "transactions")).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("knows no secret key at the card step", async () => {
    const { body } = await create();
    const step = { cvn: "123", payment_session_id: body.payment_session_id };
    expect(await sandbox.call("POST", "v3/payment_with_session", step)).toMatchObject({
      status: 401,
      body: { error_code: "INVALID_API_KEY" },
    });
  });
});

describe("the card step's validation", () => {
  it.each([
    [{ cvn: "12" }, "/body/cvn"],
    [{ cvn: "12a" }, "/body/cvn"],
    [{ cvn: undefined }, "/body/cvn"],
    [{ payment_session_id: "ps-1" }, "/body/payment_session_id"],
    [{ card_number: "4000000000002504", expiry_month: "12", expiry_year: "2035" }, "/body/card_number"],
    [{ card_number: "4000000000002503", expiry_month: "13", expiry_year: "2035" }, "/body/expiry_month"],
    [{ card_number: "4000000000002503", expiry_month: "12" }, "/body/expiry_year"],
  ])("refuses %j at %s", async (change, path) => {
    const { body } = await create();
    const answer = await sandbox.pay({ cvn: "123", payment_session_id: body.payment_session_id, ...change });
    expect(answer.body.error_code).toBe("API_VALIDATION_ERROR");
    expect(answer.body.errors.map((one: { path: string }) => one.path)).toContain(path);
    expect(JSON.stringify(answer.body)).not.toMatch(/12a|400000/);
  });

  it("refuses a card that has expired, and takes one in its last month", async () => {
    const { body } = await create();
    const card = { payment_session_id: body.payment_session_id, cvn: "123", card_number: "4000000000002503" };
    const expired = await sandbox.pay({ ...card, expiry_month: "01", expiry_year: "2024" });
    expect(expired).toMatchObject({ status: 400, body: { error_code: "CARD_EXPIRED" } });
    const now = new Date();
    const month = String(now.getUTCMonth() + 1).padStart(2, "0");
    const last = await sandbox.pay({ ...card, expiry_month: month, expiry_year: String(now.getUTCFullYear()) });
    expect(last.status).toBe(200);
  });
});
