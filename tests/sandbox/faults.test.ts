import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leverOptions } from "~/domain/sessions/levers.ts";
import { FAULTS } from "~/sandbox/levers.ts";
import { sessionDeliveryTime, triesLater } from "~/sandbox/schedule.ts";
import { startTestServer } from "../setup/server.ts";
import { aSession, openSandbox, type Sandbox, until } from "./sandbox.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox({ timeScale: 0.00002 });
});
afterEach(() => sandbox.close());

/** Pays a session whose webhooks have these faults, and answers with the id of its payment request. */
async function payWith(faults: readonly string[]): Promise<string> {
  const created = await sandbox.call("POST", "sessions", aSession());
  const session = created.body.payment_session_id;
  expect((await sandbox.call("PUT", `levers/${session}`, { faults })).status).toBe(200);
  const paid = await sandbox.pay({ cvn: "321", payment_session_id: session, device: { fingerprint: "f" } });
  await sandbox.press(paid.body.action_url, "authenticate");
  return paid.body.payment_request_id;
}

const outbox = () => sandbox.db.read.select().from(sandbox.db.tables.sandboxDeliveries);
const ended = async (count = 2) => {
  for (;;) {
    const rows = await outbox();
    if (rows.length >= count && rows.every(({ state }) => state !== "waiting")) return rows;
    await new Promise((done) => setTimeout(done, 5));
  }
};

describe("a webhook fault", () => {
  it("wrong token: every try carries another token, the same each time", async () => {
    sandbox.receiver.answers.push(...Array<number>(100).fill(401));
    sandbox.startSender();
    await payWith(["wrong_token"]);
    const rows = await ended();
    expect(rows.map(({ state, outcome }) => [state, outcome])).toEqual(rows.map(() => ["failed", "401"]));
    const tokens = new Set(sandbox.receiver.hooks.map(({ headers }) => headers["x-callback-token"]));
    expect(tokens.size).toBe(1);
    expect([...tokens][0]).toHaveLength(sandbox.keys.webhookToken.length);
    expect(tokens).not.toContain(sandbox.keys.webhookToken);
  });

  it("500 twice: two tries never reach the receiver, the third does, when it is due", async () => {
    const before = Date.now();
    await payWith(["server_error_twice"]);
    sandbox.startSender();
    const rows = await ended();
    for (const { attempts, state, updatedAt } of rows) {
      expect({ attempts, state }).toEqual({ attempts: 3, state: "delivered" });
      expect(updatedAt).toBeGreaterThanOrEqual(before + triesLater(2, 0.00002));
    }
    expect(sandbox.receiver.hooks).toHaveLength(rows.length);
  });

  it("never: nothing is sent, and the API knows the payment", async () => {
    sandbox.startSender();
    const id = await payWith(["never"]);
    const rows = await ended();
    expect(rows.map(({ state, attempts }) => [state, attempts])).toEqual(rows.map(() => ["failed", 0]));
    expect(sandbox.receiver.hooks).toEqual([]);
    expect((await sandbox.call("GET", `v3/payment_requests/${id}`)).body.status).toBe("SUCCEEDED");
  });

  it("capture before session: the session's webhook comes long after", async () => {
    sandbox.startSender();
    await payWith(["capture_before_session"]);
    const hooks = await until(() => sandbox.receiver.hooks.length === 2 && sandbox.receiver.hooks);
    expect(hooks.map(({ body }) => body.event)).toEqual(["payment.capture", "payment_session.completed"]);
    const at = (order: "usual" | "long_after_payment") => sessionDeliveryTime(0, 1, order);
    expect(at("long_after_payment") - at("usual")).toBeGreaterThan(60_000);
  });

  it("truncated or with a wrong token: Paydesk quarantines the one and refuses the other", async () => {
    const token = sandbox.keys.webhookToken;
    const desk = await startTestServer({ config: { webhookTokens: [{ environment: "sandbox", token }] } });
    Object.assign(sandbox.config, { internalUrl: desk.url });
    sandbox.startSender();
    const { events, refusals } = desk.db.tables;
    try {
      await payWith(["truncated"]);
      await ended();
      const kept = await desk.db.read.select({ state: events.state, reason: events.reason }).from(events);
      expect(kept).toEqual([
        { state: "quarantined", reason: "not_json" },
        { state: "quarantined", reason: "not_json" },
      ]);
      await payWith(["wrong_token"]);
      await ended(4);
      expect(await desk.db.read.select().from(events)).toHaveLength(2);
      expect((await desk.db.read.select().from(refusals)).length).toBeGreaterThan(0);
    } finally {
      await sandbox.stopSender();
      await desk.close();
    }
  });

  it("can be chosen in the form, every one of them", () => {
    expect(leverOptions.faults.map(({ value }) => value).sort()).toEqual([...FAULTS].sort());
  });
});

describe("a planted payment", () => {
  const request = { payment_request_id: "pr-1", status: "SUCCEEDED", created: "2026-01-01T00:00:00.000Z" };
  const payment = { payment_id: "py-1", ...request };
  const plant = (body: unknown) => sandbox.call("PUT", "planted_payments/pr-1", body);

  it("is answered as it was planted, once", async () => {
    const body = { payment_session_id: "ps-1", payment_request: request, payment };
    expect((await plant(body)).status).toBe(200);
    await plant({ ...body, payment_request: { ...request, status: "FAILED" } });
    expect((await sandbox.call("GET", "v3/payment_requests/pr-1")).body).toEqual(request);
    expect((await sandbox.call("GET", "v3/payments/py-1")).body).toEqual(payment);
  });

  it.each([
    [{}, 3],
    [{ payment_session_id: "ps-1", payment_request: { ...request, payment_request_id: "pr-2" }, payment }, 1],
    [{ payment_session_id: "ps-1", payment_request: request, payment: { ...payment, created: "soon" } }, 1],
  ])("is refused when the API would not answer so: %j", async (body, errors) => {
    const answer = await plant(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveLength(errors);
  });
});
