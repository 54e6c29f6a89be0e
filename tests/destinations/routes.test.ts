import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { findTarget } from "~/domain/destinations/delivery-target.server.ts";
import { destinationPolicy } from "~/domain/destinations/destination-policy.server.ts";
import { signatureHeaders } from "~/domain/destinations/standard-webhooks.ts";
import { newId } from "~/lib/ids.ts";
import * as list from "~/routes/destinations._index.tsx";
import * as page from "~/routes/destinations.$destinationId.tsx";
import * as settings from "~/routes/settings.destinations.tsx";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

const config = aConfig();
const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that keeps what it got. */
async function receiver(answer: (got: Received) => { status?: number; type?: string; body?: string } = () => ({})) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    const { status = 200, type = "text/plain", body: text = "" } = answer({ headers: request.headers, body });
    response.on("error", () => {});
    response.writeHead(status, { "content-type": type }).end(text);
  });
  closers.push(() => server.close());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

let db: Database;
let ada: Awaited<ReturnType<typeof signedIn>>;
beforeEach(async () => {
  db = await createTestDatabase();
  ada = await signedIn(db);
});

type Visitor = typeof ada;

function post(fields: Readonly<Record<string, string | readonly string[]>>): RequestInit {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return { method: "POST", body: new URLSearchParams(pairs) };
}

async function added(url: string, { by = ada, token = "" } = {}): Promise<string> {
  const answer = await responseOf(list.action(by("/destinations", {}, post({ name: "staging", url, token }))));
  expect(answer.status).toBe(302);
  const [row] = await db.read.select().from(db.tables.destinations);
  return row?.destinationId ?? "";
}

const open = (destinationId: string, by: Visitor = ada) =>
  page.loader(by(`/destinations/${destinationId}`, { destinationId }));
/** The answer to a form of the page: its status, and what it says when it is not a redirect. */
async function send(destinationId: string, fields: Parameters<typeof post>[0], by: Visitor = ada) {
  const args = by(`/destinations/${destinationId}`, { destinationId }, post(fields));
  const answer = await page.action(args).catch((thrown: unknown) => thrown);
  if (answer instanceof Response) return { status: answer.status, data: null, headers: answer.headers };
  const { data, init } = answer as Exclude<Awaited<ReturnType<typeof page.action>>, Response>;
  return { status: init?.status ?? 200, data, headers: new Headers(init?.headers) };
}

const aForm = {
  intent: "save",
  name: "staging",
  url: "https://hooks.example.com/",
  environments: ["sandbox", "test"],
  types: "all",
  timeoutSeconds: "15",
  ratePerSecond: "",
  concurrency: "4",
  sendsWebhookId: "on",
};

describe("a destination's page", () => {
  it("is there for those who may send, and absent for the others as for a stranger's id", async () => {
    const destinationId = await added("https://hooks.example.com/");
    const merchant = await signedIn(db, { role: "merchant" });
    expect(await open(destinationId, merchant)).toMatchObject({ canChange: false });
    const live = { ...aForm, environments: ["live"] };
    expect(await send(destinationId, live)).toMatchObject({ status: 302 });
    expect((await responseOf(open(destinationId, merchant))).status).toBe(404);
    expect((await responseOf(open("dst_unknown"))).status).toBe(404);
    expect(await send(destinationId, { intent: "switch", isOn: "off" }, merchant)).toMatchObject({ status: 404 });
    const viewer = await signedIn(db, { role: "viewer" });
    expect((await responseOf(open(destinationId, viewer))).status).toBe(403);
  });

  it("never carries the token or a secret", async () => {
    const destinationId = await added("https://hooks.example.com/", { token: "typed-for-it" });
    const made = await send(destinationId, { intent: "sign", keyId: newId("signingKey") });
    const shown = JSON.stringify(await open(destinationId));
    expect(shown).not.toContain("typed-for-it");
    expect(shown).not.toContain((made.data?.secret ?? "whsec_").slice(6));
    expect(await open(destinationId)).toMatchObject({ destination: { hasToken: true }, keys: [{ expiresAt: null }] });
  });

  it("shows a new signing secret once, in an answer no cache keeps", async () => {
    const destinationId = await added("https://hooks.example.com/");
    const form = { intent: "sign", keyId: newId("signingKey") };
    const first = await send(destinationId, form);
    expect(first.data?.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(first.headers.get("Cache-Control")).toBe("no-store");
    expect(page.headers()).toEqual({ "Cache-Control": "no-store" });
    const again = await send(destinationId, form);
    expect(again).toMatchObject({ status: 409, data: { secret: null } });
    expect((await findTarget(db, config, destinationId))?.signingSecrets).toEqual([first.data?.secret]);
  });

  it("keeps what was typed and says what is wrong beside it", async () => {
    const destinationId = await added("https://hooks.example.com/");
    const wrong = { ...aForm, name: "", url: "http://10.0.0.8/", concurrency: "33", timeoutSeconds: "1e3" };
    const refused = await send(destinationId, {
      ...wrong,
      types: "chosen",
      eventTypes: ["payment.capture", "Not One"],
    });
    expect(refused).toMatchObject({
      status: 400,
      data: {
        intent: "save",
        errors: {
          name: "Give it a name.",
          concurrency: "A whole number from 1 to 32.",
          timeoutSeconds: "A whole number from 1 to 60.",
          eventTypes: expect.stringContaining("Not"),
        },
        values: { url: "http://10.0.0.8/", eventTypes: "payment.capture,Not One" },
      },
    });
    const blocked = await send(destinationId, { ...aForm, url: "http://10.0.0.8/" });
    expect(blocked).toMatchObject({ status: 409, data: { errors: { url: expect.stringMatching(/Private network/) } } });
    expect(await send(destinationId, { ...aForm, environments: [] })).toMatchObject({
      status: 400,
      data: { errors: { environments: expect.stringMatching(/at least one/) } },
    });
    expect(await send(destinationId, { ...aForm, types: "chosen" })).toMatchObject({
      data: { errors: { eventTypes: expect.stringMatching(/at least one/) } },
    });
    expect(await send(destinationId, { intent: "anything" })).toMatchObject({ status: 400 });
  });

  it("takes types ticked and typed, each once", async () => {
    const destinationId = await added("https://hooks.example.com/");
    const types = ["refund.failed", "payment.capture", " payment.capture, invoice.paid"];
    expect(await send(destinationId, { ...aForm, types: "chosen", eventTypes: types })).toMatchObject({ status: 302 });
    const target = await findTarget(db, config, destinationId);
    expect(target?.eventTypes).toEqual(["invoice.paid", "payment.capture", "refund.failed"]);
  });

  it("asks for the name before it removes one that takes live webhooks", async () => {
    const destinationId = await added("https://hooks.example.com/");
    const refused = await send(destinationId, { intent: "remove", confirmation: "stagin" });
    expect(refused).toMatchObject({ status: 409, data: { errors: { confirmation: expect.any(String) } } });
    const removed = await send(destinationId, { intent: "remove", confirmation: "staging" });
    expect(removed.headers.get("Location")).toBe("/destinations");
    expect(await findTarget(db, config, destinationId)).toBeNull();
  });
});

describe("a test delivery", () => {
  it("is marked, carries the token and a signature that fits, and shows what came back", async () => {
    const { url, received } = await receiver(() => ({ status: 202, body: "stored" }));
    const destinationId = await added(url, { token: "typed-for-it" });
    const made = await send(destinationId, { intent: "sign", keyId: newId("signingKey") });
    const sent = await send(destinationId, { intent: "test" });
    expect(sent.data?.test).toMatchObject({ outcome: "202", excerpt: "stored", contentType: "text/plain" });
    const [{ headers, body } = { headers: {}, body: "" }, ...more] = received;
    expect(more).toEqual([]);
    expect(JSON.parse(body)).toMatchObject({ event: "paydesk.test", data: { destination_id: destinationId } });
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-callback-token": "typed-for-it",
      "paydesk-replay": expect.stringMatching(/^att_/),
      "paydesk-original-arrival": expect.stringMatching(/Z$/),
    });
    const signed = signatureHeaders({
      secrets: [made.data?.secret ?? ""],
      id: String(headers["webhook-id"]),
      timestampSeconds: Number(headers["webhook-timestamp"]),
      body,
    });
    expect(headers["webhook-signature"]).toBe(signed["webhook-signature"]);
  });

  it("counts as no delivery: health, breaker and deliveries stay as they were", async () => {
    const { url } = await receiver(() => ({ status: 503 }));
    const destinationId = await added(url);
    const before = await db.read.select().from(db.tables.destinations);
    for (let time = 0; time < 11; time++) {
      expect((await send(destinationId, { intent: "test" })).data?.test).toMatchObject({ outcome: "503" });
    }
    expect(await db.read.select().from(db.tables.destinations)).toEqual(before);
    expect(await db.read.select().from(db.tables.deliveries)).toEqual([]);
    expect(await db.read.select().from(db.tables.attempts)).toEqual([]);
  });

  it("takes what comes back for hostile text: no secrets, no card numbers, no end without a cap", async () => {
    const { url } = await receiver(({ headers }) => ({
      body: `${headers["x-callback-token"]} {"card_number":"4000000000001091"} \u0000\u001b[31m\u202e${"x".repeat(100_000)}`,
    }));
    const destinationId = await added(url, { token: "typed-for-it" });
    const { excerpt, isCut } = (await send(destinationId, { intent: "test" })).data?.test ?? {};
    expect(isCut).toBe(true);
    expect(excerpt?.length).toBe(2_048);
    expect(excerpt).toMatch(/^\[secret\] /);
    for (const hostile of ["typed-for-it", "4000000000001091", "\u0000", "\u001b", "\u202e"]) {
      expect(excerpt).not.toContain(hostile);
    }
  });

  it("says why nothing was reached, and goes out while the destination is off", async () => {
    const { url, received } = await receiver();
    const destinationId = await added(url);
    await send(destinationId, { intent: "switch", isOn: "off" });
    expect((await send(destinationId, { intent: "test" })).data?.test).toMatchObject({ outcome: "200" });
    expect(received).toHaveLength(1);
    const { destinations } = db.tables;
    const moved = db.read.update(destinations).set({ url: "http://169.254.169.254/latest" });
    await db.write([{ query: moved, rows: 1 }]);
    expect((await send(destinationId, { intent: "test" })).data?.test).toMatchObject({
      outcome: "blocked",
      reason: "Link-local and metadata addresses are not sent to.",
    });
  });
});

describe("the page of allowed addresses", () => {
  const submit = (fields: Parameters<typeof post>[0], by: Visitor = ada) =>
    settings.action(by("/settings/destinations", {}, post(fields)));
  const networks = async () => {
    const { allowNetworks, allowHosts } = await destinationPolicy(db, config);
    return [...(allowNetworks ?? []), ...(allowHosts ?? [])];
  };

  it("opens what an administrator names with a reason, and closes it again", async () => {
    await responseOf(submit({ intent: "allow", address: "10.1.2.3/16", reason: "the staging network" }));
    await responseOf(submit({ intent: "allow", address: "Staging.Internal.", reason: "the staging host" }));
    expect(await networks()).toEqual(["10.1.0.0/16", "staging.internal"]);
    const { addresses } = await settings.loader(ada("/settings/destinations"));
    expect(addresses).toMatchObject([{ address: "10.1.0.0/16", reason: "the staging network" }, {}]);
    expect(await added("http://10.1.9.9/hook")).toMatch(/^dst_/);
    await responseOf(submit({ intent: "disallow", address: "10.1.0.0/16" }));
    expect(await networks()).toEqual(["staging.internal"]);
    const audited = await db.read.select().from(db.tables.auditEntries);
    const told = audited.filter((entry) => entry.action === "settings:write");
    expect(told.map(({ detail, reason }) => [detail, reason])).toEqual([
      [{ allowed: "10.1.0.0/16" }, "the staging network"],
      [{ allowed: "staging.internal" }, "the staging host"],
      [{ disallowed: "10.1.0.0/16" }, null],
    ]);
  });

  it.each([
    ["8.8.8.8", /public/],
    ["0.0.0.0/0", /too wide/],
    ["localhost", /127\.0\.0\.1/],
    ["127.1", /Write an address/],
    ["http://10.1.2.3/", /Write an address/],
    ["", /Name an address/],
  ])("refuses %j beside the field", async (address, why) => {
    const refused = await submit({ intent: "allow", address, reason: "because it is needed" });
    expect(refused).toMatchObject({ data: { errors: { address: expect.stringMatching(why) }, values: { address } } });
    expect(await networks()).toEqual([]);
  });

  it("refuses one that is there, and one without a reason", async () => {
    await responseOf(submit({ intent: "allow", address: "10.1.2.3", reason: "the staging host" }));
    const again = await submit({ intent: "allow", address: "10.1.2.3/32", reason: "the staging host" });
    expect(again).toMatchObject({ data: { errors: { address: "This is allowed already." } } });
    const bare = await submit({ intent: "allow", address: "10.1.2.4", reason: " " });
    expect(bare).toMatchObject({ data: { errors: { reason: expect.stringMatching(/Say why/) } } });
  });

  it("loses nothing when two administrators change it at once", async () => {
    const answers = await Promise.all(
      ["10.1.2.3", "10.1.2.4"].map((address) => submit({ intent: "allow", address, reason: "one of two" })),
    );
    expect(answers.filter((one) => one instanceof Response)).toHaveLength((await networks()).length);
    expect((await networks()).length).toBeGreaterThan(0);
  });

  it("is for administrators", async () => {
    const merchant = await signedIn(db, { role: "merchant" });
    expect((await responseOf(settings.loader(merchant("/settings/destinations")))).status).toBe(403);
    const tried = submit({ intent: "allow", address: "10.1.2.3", reason: "to look around" }, merchant);
    expect((await responseOf(tried)).status).toBe(403);
    expect(await networks()).toEqual([]);
  });
});
