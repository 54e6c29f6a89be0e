import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { addDestination } from "../../app/domain/destinations/add-destination.server.ts";
import { listDestinations } from "../../app/domain/destinations/destination-queries.server.ts";
import { removeDestination } from "../../app/domain/destinations/remove-destination.server.ts";
import type { Config } from "../../app/env.server.ts";
import { anOperator, NOW } from "../replays/desk.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

const operator = anOperator("destinations:write");
const config = aConfig();

describe("destinations", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
  });
  const add = (url: string, more: { name?: string; token?: string; config?: Config } = {}) =>
    addDestination(db, {
      name: more.name ?? "staging",
      url,
      token: more.token ?? "",
      config: more.config ?? config,
      operator,
      now: NOW,
    });

  it("takes a public address, and this machine while developing on it", async () => {
    expect((await add("https://hooks.example.com/paydesk")).ok).toBe(true);
    expect((await add("http://127.0.0.1:4100/hook", { name: "mine" })).ok).toBe(true);
    expect((await listDestinations(db, operator.scope)).map((one) => one.name)).toEqual(["mine", "staging"]);
  });

  it.each([
    ["a private network", "http://10.0.0.8/hook"],
    ["the machine's metadata", "http://169.254.169.254/latest"],
    ["this server", "http://127.0.0.1:3000/webhooks/xendit"],
    ["this server by another spelling", "http://[::1]:3000/webhooks/xendit"],
    ["this server by its mapped address", "http://[::ffff:127.0.0.1]:3000/webhooks/xendit"],
    ["this server by another loopback address", "http://127.0.0.2:3000/webhooks/xendit"],
    ["a file", "file:///etc/passwd"],
    ["a URL with a password", "https://user:secret@hooks.example.com/"],
  ])("refuses %s", async (_what, url) => {
    expect(await add(url)).toMatchObject({ ok: false, refusal: "url_not_allowed" });
  });

  it("closes loopback when this is not a loopback installation", async () => {
    expect((await add("http://127.0.0.1:4100/", { config: { ...config, loopback: false } })).ok).toBe(false);
  });

  it("closes loopback as soon as live payments can be in the store, by key or by token", async () => {
    const live = { ...config.xendit, live: { secretKey: "a-live-key", publicKey: null } };
    expect((await add("http://127.0.0.1:4100/", { config: { ...config, xendit: live } })).ok).toBe(false);
    const token = {
      tokenDigest: "d",
      environment: "live" as const,
      label: "live",
      origin: "operator" as const,
      createdAt: 1,
    };
    await db.write([{ query: db.read.insert(db.tables.webhookTokens).values(token), rows: 1 }]);
    expect((await add("http://127.0.0.1:4100/")).ok).toBe(false);
  });

  it("keeps a token sealed, and shows only that there is one", async () => {
    await add("https://hooks.example.com/", { token: "typed-for-it" });
    const [shown] = await listDestinations(db, operator.scope);
    expect(shown?.hasToken).toBe(true);
    const stored = JSON.stringify([
      await db.read.select().from(db.tables.secrets),
      await db.read.select().from(db.tables.destinations),
      await db.read.select().from(db.tables.auditEntries),
      shown,
    ]);
    expect(stored).not.toContain("typed-for-it");
  });

  it("refuses a token that webhooks are accepted with here", async () => {
    const { createHash } = await import("node:crypto");
    const tokenDigest = createHash("sha256").update("xendits-own").digest("hex");
    const token = {
      tokenDigest,
      environment: "test" as const,
      label: "test",
      origin: "configuration" as const,
      createdAt: 1,
    };
    await db.write([{ query: db.read.insert(db.tables.webhookTokens).values(token), rows: 1 }]);
    const refused = await add("https://hooks.example.com/", { token: "xendits-own" });
    expect(refused).toMatchObject({ ok: false, refusal: "token_is_a_webhook_token" });
  });

  it("lets who may not write live destinations remove their own only", async () => {
    const theirs = await add("https://hooks.example.com/");
    if (!theirs.ok) throw new Error("not added");
    const { destinationId } = theirs.value;
    const merchant = anOperator("destinations:write", { operatorId: "op_merchant", role: "merchant" });
    const limited = anOperator("destinations:write", { operatorId: "op_limited", environments: ["test"] });
    for (const other of [merchant, limited]) {
      const refused = await removeDestination(db, { destinationId, operator: other, now: NOW });
      expect(refused).toMatchObject({ ok: false, refusal: "not_yours" });
    }
    const own = { name: "own", url: "https://own.example.com/", token: "", config, now: NOW };
    const added = await addDestination(db, { ...own, operator: merchant });
    if (!added.ok) throw new Error("not added");
    expect((await removeDestination(db, { ...added.value, operator: merchant, now: NOW })).ok).toBe(true);
  });

  it("takes a name once, and again after the first was removed", async () => {
    const first = await add("https://hooks.example.com/");
    expect(await add("https://other.example.com/")).toMatchObject({ ok: false, refusal: "name_taken" });
    if (!first.ok) throw new Error("not added");
    const { destinationId } = first.value;
    expect((await removeDestination(db, { destinationId, operator, now: NOW })).ok).toBe(true);
    expect((await removeDestination(db, { destinationId, operator, now: NOW })).ok).toBe(false);
    expect((await add("https://other.example.com/")).ok).toBe(true);
  });
});
