import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { addDestination } from "~/domain/destinations/add-destination.server.ts";
import { removeToken, replaceToken } from "~/domain/destinations/callback-token.server.ts";
import { changeDestination } from "~/domain/destinations/change-destination.server.ts";
import { findTarget } from "~/domain/destinations/delivery-target.server.ts";
import type { ChangeDestinationForm } from "~/domain/destinations/destination-form.ts";
import { healthStatement } from "~/domain/destinations/destination-health.server.ts";
import { findDestination, listDestinations } from "~/domain/destinations/destination-queries.server.ts";
import { removeDestination } from "~/domain/destinations/remove-destination.server.ts";
import { addSigningKey, listSigningKeys, revokeSigningKey } from "~/domain/destinations/signing-keys.server.ts";
import { closeBreaker, switchDestination } from "~/domain/destinations/switch-destination.server.ts";
import type { StoredOperator } from "~/domain/operators/operator.ts";
import { newId } from "~/lib/ids.ts";
import { anOperator, NOW } from "../replays/desk.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

const config = aConfig();
const HOUR = 3_600_000;

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

/** Somebody the store knows, as they come to change destinations. */
async function somebody(operatorId: string, more: Partial<StoredOperator> = {}) {
  const stored = { operatorId, email: `${operatorId}@example.com`, ...more };
  const operator = anOperator("destinations:write", stored);
  const row = {
    role: "admin" as const,
    environments: null,
    businessIds: null,
    preferences: {},
    ...stored,
    passwordHash: "none",
    createdAt: 1,
  };
  await db.write([{ query: db.read.insert(db.tables.operators).values(row), rows: 1 }]);
  return operator;
}

type Somebody = Awaited<ReturnType<typeof somebody>>;

async function added(operator: Somebody, { name = "staging", token = "" } = {}): Promise<string> {
  const asked = { name, url: "https://hooks.example.com/secret-path", token, config, operator, now: NOW };
  const result = await addDestination(db, asked);
  if (!result.ok) throw new Error(result.refusal);
  return result.value.destinationId;
}

const aForm = (more: Partial<ChangeDestinationForm> = {}): ChangeDestinationForm => ({
  name: "staging",
  url: "https://hooks.example.com/secret-path",
  description: "",
  environments: ["sandbox", "test", "live"],
  types: "all",
  eventTypes: [],
  inOrder: false,
  sendsWebhookId: true,
  timeoutSeconds: 15,
  ratePerSecond: null,
  concurrency: 4,
  ...more,
});

async function audited(): Promise<string> {
  return JSON.stringify(await db.read.select().from(db.tables.auditEntries));
}

describe("what a sender is told", () => {
  it("has the defaults of a destination that was just added", async () => {
    const destinationId = await added(await somebody("op_ada"), { token: "typed-for-it" });
    expect(await findTarget(db, config, destinationId)).toEqual({
      destinationId,
      name: "staging",
      url: "https://hooks.example.com/secret-path",
      token: "typed-for-it",
      signingSecrets: [],
      sendsWebhookId: true,
      timeoutMs: 15_000,
      ratePerSecond: null,
      concurrency: 4,
      inOrder: false,
      isOn: true,
      environments: ["sandbox", "test", "live"],
      businessIds: null,
      eventTypes: null,
      breaker: { failuresInRow: 0, breakerOpenedAt: null },
    });
  });

  it("reaches no further than its maker does today, whatever was chosen", async () => {
    const merchant = await somebody("op_merchant", { role: "merchant", businessIds: ["biz-1"] });
    const destinationId = await added(merchant);
    const target = () => findTarget(db, config, destinationId);
    expect(await target()).toMatchObject({ environments: ["sandbox", "test"], businessIds: ["biz-1"] });
    const { destinations, operators } = db.tables;
    await db.write([{ query: db.read.update(destinations).set({ environments: ["test", "live"] }), rows: 1 }]);
    expect(await target()).toMatchObject({ environments: ["test"] });
    const demoted = db.read.update(operators).set({ role: "viewer" }).where(eq(operators.operatorId, "op_merchant"));
    await db.write([{ query: demoted, rows: 1 }]);
    expect(await target()).toMatchObject({ environments: [] });
  });

  it("is nothing once the destination was removed, and its secrets are destroyed", async () => {
    const ada = await somebody("op_ada");
    const destinationId = await added(ada, { token: "typed-for-it" });
    const asked = { destinationId, operator: ada, now: NOW };
    await addSigningKey(db, { ...asked, keyId: newId("signingKey"), overlap: "24h", config });
    expect(await removeDestination(db, asked)).toMatchObject({ ok: false, refusal: "name_not_typed" });
    expect(await removeDestination(db, { ...asked, confirmation: "staging" })).toMatchObject({ ok: true });
    expect(await findTarget(db, config, destinationId)).toBeNull();
    expect(await db.read.select().from(db.tables.secrets)).toEqual([]);
  });
});

describe("who may see and change a destination", () => {
  it("is there for those who may send something to it, and for nobody else", async () => {
    const ada = await somebody("op_ada");
    const destinationId = await added(ada);
    await changeDestination(db, {
      destinationId,
      form: aForm({ environments: ["live"] }),
      config,
      operator: ada,
      now: NOW,
    });
    const support = anOperator("replays:send", { role: "support" });
    const merchant = anOperator("replays:send", { role: "merchant" });
    expect(await findDestination(db, support.scope, destinationId)).not.toBeNull();
    expect(await findDestination(db, merchant.scope, destinationId)).toBeNull();
    expect(await listDestinations(db, merchant.scope)).toEqual([]);
  });

  it("is not there for a merchant of another business than its maker's", async () => {
    const destinationId = await added(await somebody("op_1st", { role: "merchant", businessIds: ["biz-1"] }));
    const of = (ids: readonly string[]) => anOperator("replays:send", { role: "merchant", businessIds: ids }).scope;
    expect(await findDestination(db, of(["biz-2"]), destinationId)).toBeNull();
    expect(await findDestination(db, of(["biz-2", "biz-1"]), destinationId)).not.toBeNull();
  });

  it("is changed by its maker or by who may write live ones", async () => {
    const ada = await somebody("op_ada");
    const merchant = await somebody("op_merchant", { role: "merchant" });
    const hers = await added(ada);
    const theirs = await added(merchant, { name: "mine" });
    const asked = { isOn: false, now: NOW };
    const refused = await switchDestination(db, { ...asked, destinationId: hers, operator: merchant });
    expect(refused).toMatchObject({ ok: false, refusal: "not_yours" });
    for (const operator of [merchant, ada]) {
      expect(await switchDestination(db, { ...asked, destinationId: theirs, operator })).toMatchObject({ ok: true });
    }
    expect(await findTarget(db, config, theirs)).toMatchObject({ isOn: false });
  });
});

describe("changing the settings", () => {
  let ada: Somebody;
  let destinationId: string;
  beforeEach(async () => {
    ada = await somebody("op_ada");
    destinationId = await added(ada, { token: "typed-for-it" });
  });
  const change = (form: ChangeDestinationForm, operator = ada) =>
    changeDestination(db, { destinationId, form, config, operator, now: NOW });

  it("takes every setting", async () => {
    const form = aForm({
      name: "warehouse",
      description: "Run by the stock team",
      environments: ["test"],
      types: "chosen",
      eventTypes: ["payment.capture", "refund.succeeded"],
      inOrder: true,
      sendsWebhookId: false,
      timeoutSeconds: 30,
      ratePerSecond: 20,
      concurrency: 8,
    });
    expect(await change(form)).toMatchObject({ ok: true, value: { isChanged: true, tokenRemoved: false } });
    expect(await findTarget(db, config, destinationId)).toMatchObject({
      name: "warehouse",
      environments: ["test"],
      eventTypes: ["payment.capture", "refund.succeeded"],
      inOrder: true,
      sendsWebhookId: false,
      timeoutMs: 30_000,
      ratePerSecond: 20,
      concurrency: 8,
      token: "typed-for-it",
    });
  });

  it("writes nothing when nothing differs", async () => {
    const before = await audited();
    expect(await change(aForm())).toMatchObject({ ok: true, value: { isChanged: false } });
    expect(await audited()).toBe(before);
  });

  it("destroys the token when the URL leads elsewhere, so that nobody can have it sent to themselves", async () => {
    const path = aForm({ url: "https://hooks.example.com/another-path" });
    expect(await change(path)).toMatchObject({ ok: true, value: { tokenRemoved: false } });
    expect(await findTarget(db, config, destinationId)).toMatchObject({ token: "typed-for-it" });
    const elsewhere = aForm({ url: "https://hooks.example.com:8443/another-path" });
    expect(await change(elsewhere)).toMatchObject({ ok: true, value: { tokenRemoved: true } });
    expect(await findTarget(db, config, destinationId)).toMatchObject({ token: null });
    expect(await db.read.select().from(db.tables.secrets)).toEqual([]);
  });

  it("says in the audit what differed, and of the URL no more than its origin", async () => {
    await change(aForm({ url: "https://other.example.com/another-secret", timeoutSeconds: 20 }));
    const said = await audited();
    expect(said).toContain('"timeoutMs":[15000,20000]');
    expect(said).toContain("https://other.example.com");
    expect(said).not.toContain("secret-path");
    expect(said).not.toContain("another-secret");
  });

  it("refuses an address that is not allowed, and lets the rest of a stored one be changed", async () => {
    expect(await change(aForm({ url: "http://10.0.0.8/" }))).toMatchObject({ ok: false, refusal: "url_not_allowed" });
    const { destinations } = db.tables;
    await db.write([{ query: db.read.update(destinations).set({ url: "http://10.0.0.8/" }), rows: 1 }]);
    expect(await change(aForm({ url: "http://10.0.0.8/", description: "closed since" }))).toMatchObject({ ok: true });
  });

  it("refuses an environment its maker may not write for, also when somebody else ticks it", async () => {
    const merchant = await somebody("op_merchant", { role: "merchant" });
    const theirs = await added(merchant, { name: "mine" });
    const form = aForm({ name: "mine", environments: ["live"] });
    const asked = { destinationId: theirs, form, config, operator: ada, now: NOW };
    expect(await changeDestination(db, asked)).toMatchObject({ ok: false, refusal: "not_for_its_maker" });
  });

  it("leads live webhooks nowhere new while it forwards", async () => {
    const { destinations } = db.tables;
    const set = (values: object) => db.write([{ query: db.read.update(destinations).set(values), rows: 1 }]);
    await set({ forwards: true, forwardAfter: 0, environments: ["sandbox"] });
    const refusal = { ok: false, refusal: "forwards_live" };
    expect(await change(aForm({ environments: ["sandbox", "live"] }))).toMatchObject(refusal);
    expect(await change(aForm({ environments: ["sandbox", "test"] }))).toMatchObject({ ok: true });
    await set({ environments: ["live"] });
    const moved = aForm({ environments: ["live"], url: "https://hooks.example.com/elsewhere" });
    expect(await change(moved)).toMatchObject(refusal);
    expect(await change(aForm({ environments: ["live"], description: "the same place" }))).toMatchObject({ ok: true });
    await set({ forwards: false });
    expect(await change(moved)).toMatchObject({ ok: true });
  });

  it("gives a name to one destination only, also when two take it at the same moment", async () => {
    const second = await added(ada, { name: "second" });
    const both = await Promise.all(
      [destinationId, second].map((id) =>
        changeDestination(db, { destinationId: id, form: aForm({ name: "third" }), config, operator: ada, now: NOW }),
      ),
    );
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toMatchObject({ refusal: "name_taken" });
    const asked = { name: "fourth", url: "https://hooks.example.com/", token: "", config, operator: ada, now: NOW };
    const adding = await Promise.all([addDestination(db, asked), addDestination(db, asked)]);
    expect(adding.filter((one) => one.ok)).toHaveLength(1);
  });

  it("closes the breaker by hand, and at a new address", async () => {
    const fail = async () => {
      for (let time = 0; time < 10; time++) {
        const end = { delivered: false, outcome: "refused", at: NOW.getTime() };
        await db.write([healthStatement(db, destinationId, end)]);
      }
      expect((await findTarget(db, config, destinationId))?.breaker).toMatchObject({ failuresInRow: 10 });
    };
    const closed = { breaker: { failuresInRow: 0, breakerOpenedAt: null } };
    await fail();
    expect(await closeBreaker(db, { destinationId, operator: ada, now: NOW })).toMatchObject({ ok: true });
    expect(await findTarget(db, config, destinationId)).toMatchObject(closed);
    await fail();
    await change(aForm({ url: "https://elsewhere.example.com/" }));
    expect(await findTarget(db, config, destinationId)).toMatchObject(closed);
  });

  it("replaces and removes the token, and takes none that webhooks are let in with", async () => {
    const asked = { destinationId, config, operator: ada, now: NOW };
    await replaceToken(db, { ...asked, token: "a-second-one" });
    expect(await findTarget(db, config, destinationId)).toMatchObject({ token: "a-second-one" });
    await removeToken(db, asked);
    expect(await findTarget(db, config, destinationId)).toMatchObject({ token: null });
    expect(await db.read.select().from(db.tables.secrets)).toEqual([]);
    expect(await audited()).not.toContain("a-second-one");
  });
});

describe("signing secrets", () => {
  let ada: Somebody;
  let destinationId: string;
  beforeEach(async () => {
    ada = await somebody("op_ada");
    destinationId = await added(ada);
  });
  const make = async (overlap: "now" | "1h" | "24h" | "7d", { at = 0, keyId = newId("signingKey") } = {}) => {
    const now = new Date(NOW.getTime() + at);
    const made = await addSigningKey(db, { destinationId, keyId, overlap, config, operator: ada, now });
    if (!made.ok) throw new Error(made.refusal);
    return { keyId, secret: made.value.secret };
  };
  const signingAt = async (at: number) =>
    (await findTarget(db, config, destinationId, NOW.getTime() + at))?.signingSecrets ?? [];

  it("are handed out once and kept sealed", async () => {
    const { keyId, secret } = await make("24h");
    expect(await signingAt(0)).toEqual([secret]);
    const stored = JSON.stringify([
      await db.read.select().from(db.tables.secrets),
      await db.read.select().from(db.tables.destinationSigningKeys),
      await listSigningKeys(db, destinationId, NOW.getTime()),
      await audited(),
    ]);
    expect(stored).not.toContain(secret.slice("whsec_".length));
    const again = { destinationId, keyId, overlap: "24h" as const, config, operator: ada, now: NOW };
    expect(await addSigningKey(db, again)).toMatchObject({ ok: false, refusal: "key_known" });
    expect(await signingAt(0)).toEqual([secret]);
  });

  it.each([
    ["1h", HOUR],
    ["24h", 24 * HOUR],
    ["7d", 7 * 24 * HOUR],
  ] as const)("both sign while one is rotated out over %s, the newest first", async (overlap, lasts) => {
    const first = await make("24h");
    const second = await make(overlap, { at: 1 });
    expect(await signingAt(lasts)).toEqual([second.secret, first.secret]);
    expect(await signingAt(lasts + 1)).toEqual([second.secret]);
  });

  it("end at once when that is asked for, the secret with them", async () => {
    await make("24h");
    const second = await make("now", { at: 1 });
    expect(await signingAt(1)).toEqual([second.secret]);
    expect(await db.read.select().from(db.tables.secrets)).toHaveLength(1);
  });

  it("keep an end that was sooner", async () => {
    const first = await make("24h");
    const second = await make("1h", { at: 1 });
    const third = await make("7d", { at: 2 });
    expect(await signingAt(HOUR)).toEqual([third.secret, second.secret, first.secret]);
    expect(await signingAt(HOUR + 1)).toEqual([third.secret, second.secret]);
  });

  it("are revoked at once and for good", async () => {
    const first = await make("24h");
    const second = await make("24h", { at: 1 });
    const asked = { destinationId, keyId: second.keyId, operator: ada, now: new Date(NOW.getTime() + 2) };
    expect(await revokeSigningKey(db, asked)).toMatchObject({ ok: true });
    expect(await signingAt(2)).toEqual([first.secret]);
    expect(await revokeSigningKey(db, asked)).toMatchObject({ ok: false, refusal: "key_absent" });
  });

  it("are five at most, and the one of another destination is not to be had", async () => {
    for (let at = 0; at < 5; at++) await make("7d", { at });
    const asked = {
      destinationId,
      keyId: newId("signingKey"),
      config,
      operator: ada,
      now: new Date(NOW.getTime() + 9),
    };
    expect(await addSigningKey(db, { ...asked, overlap: "7d" })).toMatchObject({ refusal: "too_many_keys" });
    const [any] = await listSigningKeys(db, destinationId, NOW.getTime());
    const other = await added(ada, { name: "other" });
    const theft = { destinationId: other, keyId: any?.keyId ?? "", operator: ada, now: NOW };
    expect(await revokeSigningKey(db, theft)).toMatchObject({ ok: false, refusal: "key_absent" });
  });
});
