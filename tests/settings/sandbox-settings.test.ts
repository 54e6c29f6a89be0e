import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  clearDemo,
  findSandboxSettings,
  SandboxSettingsForm,
  saveSandboxSettings,
} from "~/domain/sandbox-settings.server.ts";
import { startSession } from "~/domain/sessions/start-session.server.ts";
import { action, loader } from "~/routes/settings.sandbox.tsx";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { type Desk, eventually, openDesk, savedCard } from "../sessions/desk.ts";
import { aForm, aStarter } from "../sessions/factories.ts";

const by = { operatorId: "op_ada", email: "ada@example.com" };
const SECRET_TOKEN = "the-merchants-own-token";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const save = (change: object) =>
  saveSandboxSettings(desk.db, SandboxSettingsForm.parse({ timeScale: "0.5", ...change }), {
    config: desk.config,
    by,
    now: new Date(),
  });

const settings = () => findSandboxSettings(desk.db, desk.config);

describe("the sandbox's settings", () => {
  it("are read and changed over HTTP, with a trace in the audit trail", async () => {
    expect(await save({ merchantWebhookUrl: "http://127.0.0.1:4900/hook", stringAmounts: "on" })).toEqual({ ok: true });
    expect(await settings()).toMatchObject({
      merchantWebhookUrl: "http://127.0.0.1:4900/hook",
      timeScale: "0.5",
      stringAmounts: true,
      hasMerchantToken: false,
    });
    expect(await desk.db.read.select().from(desk.db.tables.auditEntries)).toMatchObject([
      { action: "sandbox:configure", actor: "ada@example.com" },
    ]);
  });

  it("keep the merchant's token when the field is left empty, and drop it only when asked", async () => {
    await save({ merchantWebhookToken: SECRET_TOKEN });
    await save({ merchantWebhookToken: "" });
    expect(await settings()).toMatchObject({ hasMerchantToken: true });
    expect(JSON.stringify(await settings())).not.toContain(SECRET_TOKEN);
    await save({ removeToken: "on" });
    expect(await settings()).toMatchObject({ hasMerchantToken: false });
  });

  it("refuse an address the guard would not send to, beside its field", async () => {
    const refused = await save({ merchantWebhookUrl: "file:///etc/passwd" });
    expect(refused).toMatchObject({ ok: false, errors: { merchantWebhookUrl: expect.stringContaining("http") } });
    const ourselves = await save({ merchantWebhookUrl: `${desk.config.publicUrl}/webhooks/xendit` });
    expect(ourselves).toMatchObject({ ok: false, errors: { merchantWebhookUrl: expect.any(String) } });
    const { port } = new URL(desk.config.publicUrl);
    const mapped = await save({ merchantWebhookUrl: `http://[::ffff:127.0.0.1]:${port}/webhooks/xendit` });
    expect(mapped).toMatchObject({ ok: false, errors: { merchantWebhookUrl: expect.stringContaining("itself") } });
  });

  it("are told to be out of reach rather than drawn empty", async () => {
    expect(await findSandboxSettings(desk.db, { ...desk.config, internalUrl: "http://127.0.0.1:1" })).toBeNull();
  });
});

describe("the sandbox page", () => {
  const open = async (role: "admin" | "merchant" | "support" | "viewer") => {
    const call = await signedIn(desk.db, { role, config: desk.config });
    return loader(call("/settings/sandbox"));
  };

  it("shows the keys to those who may configure the sandbox, and to nobody else", async () => {
    for (const role of ["admin", "merchant"] as const) {
      expect(JSON.stringify(await open(role))).toContain(desk.keys.secretKey);
    }
    for (const role of ["support", "viewer"] as const) {
      const text = JSON.stringify(await open(role));
      expect(text).not.toContain(desk.keys.secretKey);
      expect(text).not.toContain(desk.keys.webhookToken);
    }
  });

  it("is closed to who is limited to another environment", async () => {
    for (const role of ["admin", "merchant"] as const) {
      const call = await signedIn(desk.db, { role, environments: ["test"], config: desk.config });
      const text = JSON.stringify(await loader(call("/settings/sandbox")));
      expect(text).not.toContain(desk.keys.secretKey);
      expect(text).not.toContain(desk.keys.webhookToken);
      for (const body of ["intent=clear", "timeScale=1"]) {
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        const post = action(call("/settings/sandbox", {}, { method: "POST", body, headers }));
        expect((await responseOf(post)).status).toBe(403);
      }
    }
  });

  it("lets only an administrator clear the demo data", async () => {
    const clear = async (role: "admin" | "merchant") => {
      const call = await signedIn(desk.db, { role, config: desk.config });
      const init = {
        method: "POST",
        body: "intent=clear",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      };
      return (await responseOf(action(call("/settings/sandbox", {}, init)))).status;
    };
    expect(await clear("merchant")).toBe(403);
    expect(await clear("admin")).toBe(302);
  });
});

describe("clearing the demo data", () => {
  it("takes sandbox payments and sessions, and leaves test data, keys and settings", async () => {
    const form = aForm({ savedCard: savedCard("VISA", "FRICTIONLESS") });
    const started = await startSession(desk.db, form, { config: desk.config, by: aStarter(), now: new Date() });
    if (!started.ok) throw new Error(started.refusal);
    await desk.pay(started.paymentSessionId);
    await eventually(async () => (await desk.db.read.select().from(desk.db.tables.payments)).length > 0);
    const bytes = new TextEncoder().encode(JSON.stringify({ payment_session_id: "ps-test", status: "ACTIVE" }));
    await desk.db.observe({ environment: "test", source: "api", subject: "session", bytes, receivedAt: 1 });
    await save({ merchantWebhookUrl: "http://127.0.0.1:4900/hook" });

    expect(await clearDemo(desk.db, { by, now: new Date() })).toEqual({ payments: 1 });
    const { sessions, testSessions, payments, events } = desk.db.tables;
    expect(await desk.db.read.select().from(sessions)).toMatchObject([{ environment: "test" }]);
    for (const table of [testSessions, payments, events]) expect(await desk.db.read.select().from(table)).toEqual([]);
    expect(await settings()).toMatchObject({ merchantWebhookUrl: "http://127.0.0.1:4900/hook" });
    const next = await startSession(desk.db, aForm(), { config: desk.config, by: aStarter(), now: new Date() });
    expect(next.ok).toBe(true);
  });
});
