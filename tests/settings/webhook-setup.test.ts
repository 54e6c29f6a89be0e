import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { addToken, NewTokenForm, revokeToken } from "~/domain/webhooks/change-token.server.ts";
import { findWebhookSetup } from "~/domain/webhooks/webhook-setup.server.ts";
import { checklistOf, EVENT_GROUPS, refusalText } from "~/domain/webhooks/webhook-setup.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import { loader } from "~/routes/settings.webhooks.tsx";
import { signedIn } from "../factories/signed-in.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

const TOKEN = "a-token-from-the-dashboard";
const by = { operatorId: "op_ada", email: "ada@example.com" };
const now = new Date("2026-03-31T08:00:00Z");
const everything = { environments: ENVIRONMENTS, businessIds: null };

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

const aToken = (change: object = {}) =>
  NewTokenForm.parse({ environment: "test", label: "march", callbackToken: TOKEN, ...change });

const setup = (change: Partial<Parameters<typeof findWebhookSetup>[2]> = {}, scope = everything) =>
  findWebhookSetup(db, scope, {
    config: aConfig(),
    environment: "test",
    withRefusals: true,
    now: now.getTime(),
    ...change,
  });

const capture = (event: string, receivedAt: number, businessId = "b-1") =>
  db.capture({
    environment: "test",
    bytes: new TextEncoder().encode(
      JSON.stringify({ event, business_id: businessId, data: { id: String(receivedAt) } }),
    ),
    headers: [],
    webhookId: `w-${receivedAt}`,
    tokenLabel: "march",
    address: null,
    replayHeader: null,
    receivedAt,
  });

describe("webhook tokens", () => {
  it("are kept as digests, and adding and revoking them is in the audit trail", async () => {
    expect((await addToken(db, aToken(), { by, now })).ok).toBe(true);
    const [row] = await db.read.select().from(db.tables.webhookTokens);
    const digest = createHash("sha256").update(TOKEN).digest("hex");
    expect(row).toMatchObject({ tokenDigest: digest, environment: "test", origin: "operator", revokedAt: null });
    await revokeToken(db, digest, { by, now, environments: ["test"] });
    expect((await setup()).tokens).toEqual([]);
    const audit = await db.read.select().from(db.tables.auditEntries);
    expect(audit.map((one) => one.detail)).toEqual([{ added: "march" }, { revoked: "march" }]);
    expect(JSON.stringify([row, audit])).not.toContain(TOKEN);
  });

  it("stand for one environment each", async () => {
    await addToken(db, aToken(), { by, now });
    expect(await addToken(db, aToken({ environment: "live" }), { by, now })).toMatchObject({ refusal: "known" });
    expect((await setup({ environment: "live" })).tokens).toEqual([]);
  });

  it("may be old and new at once while they are rotated", async () => {
    await addToken(db, aToken(), { by, now });
    await addToken(db, aToken({ label: "april", callbackToken: `${TOKEN}-2` }), { by, now });
    expect((await setup()).tokens.map((one) => one.label).sort()).toEqual(["april", "march"]);
  });

  it("of the configuration are not revoked here, nor those of environments one may not see", async () => {
    const row = { environment: "test", label: "test 1", origin: "configuration", createdAt: 1 } as const;
    await db.write([{ query: db.read.insert(db.tables.webhookTokens).values({ ...row, tokenDigest: "d1" }), rows: 1 }]);
    expect(await revokeToken(db, "d1", { by, now, environments: ["test"] })).toMatchObject({ refusal: "absent" });
    await addToken(db, aToken(), { by, now });
    const digest = createHash("sha256").update(TOKEN).digest("hex");
    expect(await revokeToken(db, digest, { by, now, environments: ["live"] })).toMatchObject({ refusal: "absent" });
    expect((await setup()).tokens).toHaveLength(2);
  });

  it("are never made for the sandbox by hand", () => {
    expect(NewTokenForm.safeParse({ ...aToken(), environment: "sandbox" }).success).toBe(false);
  });
});

describe("what has arrived", () => {
  const group = async (name: string, scope = everything) =>
    (await setup({}, scope)).groups.find((one) => one.name === name);

  it("is told by group, with the last event of each", async () => {
    await capture("payment.capture", 1_000);
    await capture("payment.failure", 3_000);
    await capture("payment_session.completed", 2_000);
    expect(await group("payment")).toMatchObject({ lastAt: 3_000, lastEvent: "payment.failure" });
    expect(await group("session")).toMatchObject({ lastAt: 2_000, lastEvent: "payment_session.completed" });
    expect(await group("refund")).toMatchObject({ lastAt: null, lastEvent: null });
  });

  it("of other businesses or environments does not count", async () => {
    await capture("payment.capture", 1_000, "b-1");
    expect(await group("payment", { environments: ENVIRONMENTS, businessIds: ["b-2"] as never })).toMatchObject({
      lastAt: null,
    });
    expect((await setup({ environment: "live" })).groups.every((one) => one.lastAt === null)).toBe(true);
  });

  it("is looked for under every event of Xendit's card products", () => {
    const events = EVENT_GROUPS.flatMap((one) => one.events);
    expect(new Set(events).size).toBe(events.length);
    expect(events).toEqual(
      expect.arrayContaining(["payment_request.expiry", "payment_token.activation", "dispute.won"]),
    );
  });
});

describe("the checklist", () => {
  const missing = async (change: Partial<Parameters<typeof findWebhookSetup>[2]> = {}) =>
    (await setup(change)).checks.filter((one) => !one.isMet).map((one) => one.id);

  it("of a fresh test environment names everything that is missing", async () => {
    expect(await missing()).toEqual(["address", "token", "token-used", "payment", "session"]);
  });

  it("shortens as things fall into place", async () => {
    await addToken(db, aToken(), { by, now });
    await capture("payment.capture", 1_000);
    const config = aConfig({ publicUrl: "https://desk.example", loopback: false });
    expect(await missing({ config })).toEqual(["token-used", "session"]);
  });

  it("asks no public address of the sandbox", () => {
    const facts = { url: "http://127.0.0.1:3000/webhooks/xendit", isPublic: false, arrived: new Set<string>() };
    const checks = checklistOf({
      ...facts,
      environment: "sandbox",
      hasToken: true,
      tokenUsed: true,
      wrongTokens: false,
    });
    expect(checks.map((one) => one.id)).not.toContain("address");
  });

  it("notices a sender with a wrong token, for a day", async () => {
    const refusal = { reason: "wrong_token", size: 10, address: "192.0.2.1" };
    await db.refuse({ ...refusal, refusedAt: now.getTime() - 1_000 });
    expect(await missing()).toContain("refused");
    expect(await missing({ now: now.getTime() + 2 * 24 * 60 * 60_000 })).not.toContain("refused");
    expect(refusalText("wrong_token")).toBe("Its token is not known here");
    expect(refusalText("body_odd")).toBe("body odd");
  });
});

describe("the page", () => {
  it("shows refusals, which belong to no environment, only to those who set up all of them", async () => {
    await db.refuse({ reason: "wrong_token", size: 10, address: "192.0.2.1", refusedAt: 1 });
    const asAdmin = await loader((await signedIn(db))("/settings/webhooks"));
    const asMerchant = await loader((await signedIn(db, { role: "merchant" }))("/settings/webhooks"));
    expect(asAdmin.setup.refusals).toHaveLength(1);
    expect(asMerchant.setup.refusals).toBeNull();
    expect(asMerchant.mayWrite).toBe(false);
  });
});
