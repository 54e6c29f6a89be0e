import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aSession, type Hook, openSandbox, type Sandbox, until, withCard } from "./sandbox.ts";

const sample = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../fixtures/xendit/${name}.json`), "utf8"));

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
  sandbox.startSender();
});
afterEach(() => sandbox.close());

const hook = (event: string) =>
  until<Hook>(() => sandbox.receiver.hooks.find((one) => one.body.event === event) ?? null);

async function start(change: Record<string, unknown> = {}, levers: Record<string, unknown> = {}): Promise<string> {
  const created = await sandbox.call("POST", "sessions", aSession(change));
  expect(created.status, JSON.stringify(created.body)).toBe(201);
  const put = await sandbox.call("PUT", `levers/${created.body.payment_session_id}`, levers);
  expect(put.status, JSON.stringify(put.body)).toBe(200);
  return created.body.payment_session_id;
}

async function pay(session: string, button = "authenticate") {
  const paid = await sandbox.pay({ cvn: "321", payment_session_id: session, device: { fingerprint: "f" } });
  expect(paid.status, JSON.stringify(paid.body)).toBe(200);
  const back = paid.body.action_url ? await sandbox.press(paid.body.action_url, button) : null;
  return { id: paid.body.payment_request_id as string, actionUrl: paid.body.action_url as string, back };
}

/** Every key of a body with the type of its value. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, shape(one)]),
  );
}

describe("a one-click payment with a challenge", () => {
  it("ends in the webhook of the captured sample, field by field", async () => {
    const session = await start();
    const { id, back } = await pay(session);
    expect(back?.status).toBe(303);
    expect(back?.headers.get("location")).toBe("https://yourcompany.com/success");
    const { body } = await hook("payment.capture");
    expect(shape(body)).toEqual(shape(sample("payment.capture.cards.v3.challenge")));
    expect(body.data).toMatchObject({
      payment_request_id: id,
      request_amount: 10000,
      payment_details: {
        authorization_data: { cvn_verification_result: "M", network_response_code: "00", authorization_code: "831000" },
        authentication_data: { flow: "CHALLENGE", a_res: { eci: "05" } },
      },
    });
    expect(body.data.reference_id).toMatch(/^order-1_[0-9a-f]{8}-[0-9a-f]$/);
  });

  it("tells its times in Xendit's order, none in the future", async () => {
    await pay(await start());
    const { body, receivedAt } = await hook("payment.capture");
    const { data } = body;
    const [capture] = data.captures;
    const times = [data.created, data.updated, capture.capture_timestamp, body.created].map((text) => Date.parse(text));
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(times[1]).toBeLessThan(times[2] ?? 0);
    expect(times[3]).toBeLessThanOrEqual(receivedAt);
    const { reconciliation_id } = data.payment_details.authorization_data;
    const authorizedAt = Number(`1${reconciliation_id.slice(0, 9)}`) * 1000;
    expect(Math.abs(authorizedAt - (times[2] ?? 0))).toBeLessThan(2_000);
  });

  it("completes the session, and says so after the payment", async () => {
    const session = await start();
    const { id } = await pay(session);
    const { body } = await hook("payment_session.completed");
    const allowed = new Set(Object.keys(sample("payment_session.completed.spec_example").data));
    expect(Object.keys(body.data).filter((key) => !allowed.has(key))).toEqual([]);
    expect(body.data).toMatchObject({ status: "COMPLETED", payment_session_id: session, payment_request_id: id });
    expect(sandbox.receiver.hooks.map((one) => one.body.event)).toEqual([
      "payment.capture",
      "payment_session.completed",
    ]);
    const read = await sandbox.call("GET", `sessions/${session}`);
    expect(read.body).toMatchObject({ status: "COMPLETED", payment_request_id: id });
    const again = await sandbox.pay({ cvn: "321", payment_session_id: session });
    expect(again).toMatchObject({ status: 400, body: { error_code: "API_VALIDATION_ERROR" } });
    expect(again.body.errors[0].path).toBe("/body/payment_session_id");
  });

  it("can be read back request by request while it goes on", async () => {
    const session = await start();
    const paid = await sandbox.pay({ cvn: "321", payment_session_id: session });
    expect(shape(paid.body)).toEqual(shape(sample("cards_session_js.collect_cvn.response")));
    const waiting = await sandbox.call("GET", `v3/payment_requests/${paid.body.payment_request_id}`);
    expect(waiting.body.status).toBe("REQUIRES_ACTION");
    expect(waiting.body).not.toHaveProperty("latest_payment_id");
    expect(waiting.body.actions).toEqual([
      { type: "REDIRECT_CUSTOMER", descriptor: "WEB_URL", value: paid.body.action_url },
    ]);
    const { description: _1, metadata: _2, ...keys } = sample("payment_request.response.requires_action");
    expect(Object.keys(waiting.body)).toEqual(expect.arrayContaining(Object.keys(keys)));
    await sandbox.press(paid.body.action_url, "authenticate");
    await hook("payment.capture");
    const done = await sandbox.call("GET", `v3/payment_requests/${paid.body.payment_request_id}`);
    expect(done.body).toMatchObject({ status: "SUCCEEDED", actions: [] });
    const payment = await sandbox.call("GET", `v3/payments/${done.body.latest_payment_id}`);
    expect(payment.body).toMatchObject({
      status: "SUCCEEDED",
      channel_properties: { card_details: { network: "VISA" } },
    });
    expect(payment.body.channel_properties.card_details).not.toHaveProperty("cvn");
  });
});

describe("levers", () => {
  it("decide network, CVN and AVS results exactly (challenge, CVN N, AVS Z, Mastercard)", async () => {
    const session = await start({}, { flow: "CHALLENGE", network: "MASTERCARD", cvn: "N", avs: "Z" });
    await pay(session);
    const { body } = await hook("payment.capture");
    expect(body.data.payment_details).toMatchObject({
      network: "MASTERCARD",
      authorization_data: { cvn_verification_result: "N", address_verification_result: "Z" },
      authentication_data: { flow: "CHALLENGE", a_res: { eci: "02" } },
    });
  });

  it("leave the network unsaid when it is the card's own", async () => {
    await pay(await start({ cards_session_js: withCard("MASTERCARD", "CHALLENGE") }, { network: "MASTERCARD" }));
    const { body } = await hook("payment.capture");
    expect(body.data.payment_details).not.toHaveProperty("network");
    expect(body.data.payment_details.authentication_data.a_res.eci).toBe("02");
  });

  it("leave out what is chosen as not sent", async () => {
    await pay(await start({}, { cvn: "none", avs: "none" }));
    const { authorization_data } = (await hook("payment.capture")).body.data.payment_details;
    expect(authorization_data).not.toHaveProperty("cvn_verification_result");
    expect(authorization_data).not.toHaveProperty("address_verification_result");
  });

  it("make an anomaly by an explicit ECI", async () => {
    await pay(await start({}, { eci: "02" }));
    expect((await hook("payment.capture")).body.data.payment_details.authentication_data.a_res.eci).toBe("02");
  });

  it("attempted authentication pays with the ECI of an attempt", async () => {
    const session = await start({ cards_session_js: withCard("VISA", "FRICTIONLESS") }, { outcome: "ATTEMPTED" });
    expect((await pay(session)).actionUrl).toBeUndefined();
    const { authentication_data } = (await hook("payment.capture")).body.data.payment_details;
    expect(authentication_data).toMatchObject({ flow: "FRICTIONLESS", a_res: { eci: "06" } });
  });

  it("no 3-D Secure gives the body of the captured sample without it", async () => {
    await pay(await start({}, { flow: "NONE" }));
    const { body } = await hook("payment.capture");
    expect(shape(body)).toEqual(shape(sample("payment.capture.cards.v3.no_3ds")));
  });

  it("a network response that declines fails the payment with Xendit's code and the issuer's answer", async () => {
    const session = await start({}, { response: "51" });
    const { back } = await pay(session);
    expect(back?.headers.get("location")).toBe("https://yourcompany.com/failure");
    const { body } = await hook("payment.failure");
    expect(body.data).toMatchObject({
      status: "FAILED",
      failure_code: "INSUFFICIENT_BALANCE",
      payment_details: { authorization_data: { network_response_code: "51" } },
    });
    expect(body.data.payment_details.authorization_data).not.toHaveProperty("authorization_code");
    expect(body.data).not.toHaveProperty("captures");
  });

  it("send a webhook twice under one webhook-id", async () => {
    await pay(await start({}, { faults: ["duplicate"] }));
    const captures = await until(() => {
      const found = sandbox.receiver.hooks.filter((one) => one.body.event === "payment.capture");
      return found.length === 2 && found;
    });
    expect(new Set(captures.map((one) => one.headers["webhook-id"])).size).toBe(1);
    expect(captures[0]?.body.data).toEqual(captures[1]?.body.data);
  });

  it("send the session's webhook first, leave out the webhook-id, write amounts as text", async () => {
    await pay(await start({}, { faults: ["out_of_order", "no_webhook_id", "string_amounts"] }));
    const { body, headers } = await hook("payment.capture");
    expect(sandbox.receiver.hooks[0]?.body.event).toBe("payment_session.completed");
    expect(headers).not.toHaveProperty("webhook-id");
    expect(body.data.request_amount).toBe("10000");
  });

  it("are refused when they are no lever's value", async () => {
    const session = await start();
    const put = await sandbox.call("PUT", `levers/${session}`, { flow: "SOMETIMES", cvn: "MM" });
    expect(put).toMatchObject({ status: 400, body: { error_code: "API_VALIDATION_ERROR" } });
    expect(put.body.errors.map((one: { path: string }) => one.path)).toEqual(["/body/flow", "/body/cvn"]);
  });
});

describe("the challenge page", () => {
  it.each([
    ["fail", "AUTHENTICATION_FAILED", "07"],
    ["cancel", "AUTHENTICATION_FAILED", "07"],
    ["time_out", "TIMEOUT_ERROR", "07"],
  ])("%s fails the payment with %s, without an answer of the issuer", async (button, code, eci) => {
    const session = await start();
    const { back } = await pay(session, button);
    expect(back?.headers.get("location")).toBe("https://yourcompany.com/failure");
    const { body } = await hook("payment.failure");
    expect(body.data.failure_code).toBe(code);
    expect(body.data.payment_details).not.toHaveProperty("authorization_data");
    expect(body.data.payment_details.authentication_data.a_res.eci).toBe(eci);
    expect((await sandbox.call("GET", `sessions/${session}`)).body.status).toBe("ACTIVE");
  });

  it("lets the shopper try again in the same session, under a new payment request", async () => {
    const session = await start();
    const first = await pay(session, "fail");
    await hook("payment.failure");
    const second = await pay(session, "authenticate");
    expect(second.id).not.toBe(first.id);
    expect((await hook("payment_session.completed")).body.data.payment_request_id).toBe(second.id);
  });

  it("has the four buttons, its own policy and no use for cookies", async () => {
    const { body } = await sandbox.pay({ cvn: "321", payment_session_id: await start({ reference_id: "<b>&" }) });
    const page = await sandbox.request(
      new URL(body.action_url).pathname.replace("/sandbox/", "") + new URL(body.action_url).search,
    );
    const html = await page.text();
    expect([...html.matchAll(/<button[^>]*>([^<]+)</g)].map(([, label]) => label)).toEqual([
      "Authenticate",
      "Fail",
      "Cancel",
      "Time out",
    ]);
    expect(page.headers.get("content-security-policy")).toMatch(/^sandbox allow-forms allow-scripts;/);
    expect(page.headers.get("set-cookie")).toBeNull();
    expect(html).toContain("&lt;b&gt;&amp;");
  });

  it("counts only the first button", async () => {
    const { body } = await sandbox.pay({ cvn: "321", payment_session_id: await start() });
    const answers = await Promise.all(["authenticate", "fail"].map((button) => sandbox.press(body.action_url, button)));
    const places = new Set(answers.map((answer) => answer.headers.get("location")));
    expect(places.size).toBe(1);
    await until(() => sandbox.receiver.hooks.length >= 1);
    await new Promise((done) => setTimeout(done, 100));
    const payments = sandbox.receiver.hooks.filter((one) => one.body.event.startsWith("payment."));
    expect(payments).toHaveLength(1);
  });

  it("is closed to addresses without the public key", async () => {
    const { body } = await sandbox.pay({ cvn: "321", payment_session_id: await start() });
    const { pathname } = new URL(body.action_url);
    expect((await sandbox.request(pathname.replace("/sandbox/", ""))).status).toBe(401);
    expect((await sandbox.request(`authentications/nobody/render?api_key=${sandbox.keys.publicKey}`)).status).toBe(404);
  });

  it("two tries of one session cannot both be paid", async () => {
    const session = await start();
    const one = await sandbox.pay({ cvn: "321", payment_session_id: session });
    const two = await sandbox.pay({ cvn: "321", payment_session_id: session });
    await sandbox.press(one.body.action_url, "authenticate");
    await hook("payment.capture");
    const late = await sandbox.press(two.body.action_url, "authenticate");
    expect(late.headers.get("location")).toBe("https://yourcompany.com/failure");
    expect((await hook("payment.failure")).body.data.failure_code).toBe("PAYMENT_REQUEST_EXPIRED");
  });
});

describe("test amounts", () => {
  it.each([
    [10054, "INSUFFICIENT_BALANCE", "51"],
    [10058, "INVALID_CVV", "82"],
    [10.05, "DECLINED_BY_ISSUER", "05"],
  ])("%d fails with %s", async (amount, code, response) => {
    await pay(await start({ amount }));
    const { data } = (await hook("payment.failure")).body;
    expect(data.failure_code).toBe(code);
    expect(data.payment_details.authorization_data.network_response_code).toBe(response);
  });
});
