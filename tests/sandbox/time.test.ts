import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { retryWait } from "~/sandbox/schedule.ts";
import { aSession, type Hook, openSandbox, type Receiver, type Sandbox, startReceiver, until } from "./sandbox.ts";

let sandbox: Sandbox;
let merchant: Receiver | null = null;
beforeEach(async () => {
  sandbox = await openSandbox({ timeScale: 0 });
});
afterEach(async () => {
  vi.useRealTimers();
  await sandbox.close();
  await merchant?.close();
  merchant = null;
});

const hook = (event: string) =>
  until<Hook>(() => sandbox.receiver.hooks.find((one) => one.body.event === event) ?? null);
const laterBy = (milliseconds: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

async function start(change: Record<string, unknown> = {}): Promise<string> {
  return (await sandbox.call("POST", "sessions", aSession(change))).body.payment_session_id;
}

async function payNow(): Promise<void> {
  const session = await start();
  await sandbox.call("PUT", `levers/${session}`, { flow: "NONE" });
  await sandbox.pay({ cvn: "321", payment_session_id: session });
}

describe("what ends by itself", () => {
  it("a session expires after half an hour, with a webhook that names no payment", async () => {
    const session = await start();
    laterBy(30 * 60_000 + 1_000);
    const { body } = await sandbox.call("GET", `sessions/${session}`);
    expect(body).toMatchObject({ status: "EXPIRED", updated: body.expires_at });
    sandbox.startSender();
    const { data } = (await hook("payment_session.expired")).body;
    expect(data).toMatchObject({ status: "EXPIRED", payment_session_id: session });
    expect(data).not.toHaveProperty("payment_request_id");
  });

  it("a challenge nobody finished expires after ten minutes; the session waits for another try", async () => {
    const session = await start();
    const { body } = await sandbox.pay({ cvn: "321", payment_session_id: session });
    laterBy(10 * 60_000 + 1_000);
    const late = await sandbox.press(body.action_url, "authenticate");
    expect(late.status).toBe(410);
    sandbox.startSender();
    const { data } = (await hook("payment_request.expiry")).body;
    expect(data).toMatchObject({ payment_request_id: body.payment_request_id, status: "EXPIRED" });
    expect((await sandbox.call("GET", `sessions/${session}`)).body.status).toBe("ACTIVE");
  });

  it("a payment request is cancelled only while the shopper is waited for", async () => {
    const { body } = await sandbox.pay({ cvn: "321", payment_session_id: await start() });
    const path = `v3/payment_requests/${body.payment_request_id}/cancel`;
    expect((await sandbox.call("POST", path)).body.status).toBe("CANCELED");
    expect((await sandbox.call("POST", path)).body.error_code).toBe("INACTIVE_PAYMENT_REQUEST");
  });
});

describe("delivery", () => {
  it("carries the token, and reaches Paydesk well under a second after the result at the usual scale", async () => {
    await sandbox.call("PUT", "settings", { time_scale: 0.1 });
    sandbox.startSender();
    const { body } = await sandbox.pay({ cvn: "321", payment_session_id: await start() });
    const pressedAt = Date.now();
    await sandbox.press(body.action_url, "authenticate");
    const { headers, path, receivedAt } = await hook("payment.capture");
    expect(path).toBe("/webhooks/xendit");
    expect(headers["x-callback-token"]).toBe(sandbox.keys.webhookToken);
    expect(headers["content-type"]).toBe("application/json");
    expect(receivedAt - pressedAt).toBeLessThan(5_000);
    expect(receivedAt - pressedAt).toBeGreaterThan(350);
  });

  it("is tried again under the same webhook-id with a new created, until somebody says 2xx", async () => {
    sandbox.receiver.answers.push(500, 302, 503);
    sandbox.startSender();
    await payNow();
    const tries = await until(() => {
      const found = sandbox.receiver.hooks.filter((one) => one.body.event === "payment.capture");
      return found.length > 1 && sandbox.receiver.hooks.length >= 5 && found;
    });
    expect(new Set(tries.map((one) => one.headers["webhook-id"])).size).toBe(1);
    const [first, second] = tries;
    expect(second?.body.data).toEqual(first?.body.data);
    expect(Date.parse(second?.body.created)).toBeGreaterThanOrEqual(Date.parse(first?.body.created));
    const ids = new Set(sandbox.receiver.hooks.map((one) => one.headers["webhook-id"]));
    expect(ids.size).toBe(2);
  });

  it("follows Xendit's waits, scaled, and gives up after the sixth retry", async () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((made) => retryWait(made, 0.1));
    const minutes = [15, 45, 120, 180, 360, 720];
    expect(waits).toEqual([...minutes.map((wait) => wait * 6_000), null]);
    sandbox.receiver.answers.push(...Array.from({ length: 100 }, () => 500));
    sandbox.startSender();
    await payNow();
    await until(() => sandbox.receiver.hooks.length >= 14);
    await pause(80);
    expect(sandbox.receiver.hooks).toHaveLength(14);
  });

  it("goes on after a restart with what was not delivered", async () => {
    await payNow();
    await pause(20);
    expect(sandbox.receiver.hooks).toEqual([]);
    sandbox.startSender();
    await hook("payment.capture");
    await sandbox.stopSender();
    sandbox.startSender();
    await hook("payment_session.completed");
    await pause(50);
    expect(sandbox.receiver.hooks).toHaveLength(2);
  });

  it("is not repeated in a loop when the store cannot record it", async () => {
    await payNow();
    const { write } = sandbox.db;
    sandbox.db.write = async () => {
      throw new Error("disk full");
    };
    const errors: unknown[] = [];
    sandbox.startSender((error) => errors.push(error));
    await until(() => errors.length > 0);
    await pause(400);
    expect(errors.length).toBeLessThan(8);
    expect(sandbox.receiver.hooks.length).toBeLessThan(3);
    sandbox.db.write = write;
  });

  it("also goes to the merchant's own address, with a token of its own", async () => {
    merchant = await startReceiver();
    const settings = { merchant_webhook_url: `${merchant.origin}/my/hook`, merchant_webhook_token: "mine" };
    const put = await sandbox.call("PUT", "settings", settings);
    expect(put.body).toMatchObject({
      ...settings,
      merchant_webhook_token: "set",
      paydesk_webhook_url: `${sandbox.receiver.origin}/webhooks/xendit`,
    });
    sandbox.startSender();
    await payNow();
    const { hooks } = merchant;
    const own = await until<Hook>(() => hooks.find((one) => one.body.event === "payment.capture") ?? null);
    const ours = await hook("payment.capture");
    expect(own.path).toBe("/my/hook");
    expect(own.headers["x-callback-token"]).toBe("mine");
    expect(own.headers["webhook-id"]).toBe(ours.headers["webhook-id"]);
    expect(own.body.data).toEqual(ours.body.data);
  });

  it("refuses a merchant's address inside a network, and this server as one", async () => {
    for (const url of [
      "http://10.0.0.8/hook",
      "http://169.254.169.254/",
      sandbox.config.publicUrl,
      "ftp://a.example",
    ]) {
      const put = await sandbox.call("PUT", "settings", { merchant_webhook_url: url });
      expect(put.body.errors?.[0].path, url).toBe("/body/merchant_webhook_url");
    }
  });
});
