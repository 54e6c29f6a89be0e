import { connect } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { LAB_HEADER } from "~/domain/lab/lab.ts";
import { FORWARD_HEADER, REPLAY_HEADER } from "~/domain/replays/replay.ts";
import { matchToken, tokenDigest } from "../../server/callback-tokens.ts";
import { createTestDatabase } from "../setup/db.ts";
import { send } from "../setup/raw-request.ts";
import { startTestServer, TEST_TOKEN, type TestServer } from "../setup/server.ts";

const MIB = 1024 * 1024;
const open: TestServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function start(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  open.push(server);
  return server;
}

const body = (reference: string) =>
  JSON.stringify({ event: "some.event", business_id: "b1", data: { id: "x-1", reference_id: reference } });

function post(server: TestServer, sent: string | Buffer, headers: Record<string, string> = {}) {
  return send(`${server.url}/webhooks/xendit`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-callback-token": TEST_TOKEN, ...headers },
    body: sent,
  });
}

const events = (db: Database) => db.read.select().from(db.tables.events);
const refusals = (db: Database) => db.read.select().from(db.tables.refusals);

describe("the webhook door", () => {
  it("answers 200 with the event's id once it is stored", async () => {
    const server = await start();
    const answer = await post(server, body("a"), { "webhook-id": "wh-1" });
    expect(answer.status).toBe(200);
    const told = JSON.parse(answer.text);
    expect(told).toEqual({
      received: true,
      event_id: expect.stringMatching(/^evt_/),
      duplicate: false,
      quarantined: false,
    });
    expect(await events(server.db)).toMatchObject([
      { eventId: told.event_id, environment: "test", tokenLabel: "test 1" },
    ]);
  });

  it("says so when the same event comes again", async () => {
    const server = await start();
    const first = JSON.parse((await post(server, body("a"), { "webhook-id": "wh-1" })).text);
    const second = JSON.parse((await post(server, body("a"), { "webhook-id": "wh-1" })).text);
    expect(second).toEqual({ received: true, event_id: first.event_id, duplicate: true, quarantined: false });
  });

  it("keeps what no sender should have sent, and says quarantined", async () => {
    const server = await start();
    for (const odd of ["not json", "", Buffer.from([0xff, 0xfe, 0x00])]) {
      const answer = await post(server, odd);
      expect([answer.status, JSON.parse(answer.text).quarantined]).toEqual([200, true]);
    }
  });

  it("keeps headers in order, without secrets and cookies", async () => {
    const server = await start();
    await post(server, body("a"), {
      "X-Thing": "1",
      Authorization: "Bearer s",
      Cookie: "c=1",
      "Proxy-Authorization": "p",
    });
    const [event] = await events(server.db);
    const names = event?.headers.map(([name]) => name) ?? [];
    expect(names).toContain("x-thing");
    expect(names).toEqual(
      expect.not.arrayContaining(["authorization", "x-callback-token", "cookie", "proxy-authorization"]),
    );
    expect(JSON.stringify(event)).not.toContain(TEST_TOKEN);
  });

  it.each([REPLAY_HEADER, FORWARD_HEADER, LAB_HEADER])("marks what came with %s as sent by a desk", async (name) => {
    const server = await start();
    await post(server, body("a"), { [name]: "att_1" });
    const { receipts } = server.db.tables;
    expect(await server.db.read.select().from(receipts)).toMatchObject([{ replayHeader: "att_1" }]);
  });

  it("keeps no card data that stands in a header", async () => {
    const server = await start();
    await post(server, body("a"), {
      "webhook-id": "cvn: 9895",
      cvn: "9896",
      "Card-Number": "4000000000001091",
      "x-card": "cvn=9894; pan=4000000000001091",
      "x-json": '{"cvn":"9893"}',
      [REPLAY_HEADER]: "cvv=9892",
    });
    const { receipts, observations } = server.db.tables;
    const [event] = await events(server.db);
    const kept = [
      event,
      await server.db.read.select().from(receipts),
      await server.db.read.select().from(observations),
    ];
    expect(JSON.stringify(kept)).not.toMatch(/989[2-6]|4000000000001091/);
    expect(event?.headers).toContainEqual(["x-card", "cvn=[masked]; pan=[masked]"]);
    expect(event?.headers.map(([name]) => name)).toEqual(expect.not.arrayContaining(["cvn", "card-number"]));
  });

  it.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["BR", brotliCompressSync],
    ["identity", (text: string) => Buffer.from(text)],
  ])("undoes %s before it masks and stores", async (encoding, compress) => {
    const server = await start();
    const sent = JSON.stringify({ ...JSON.parse(body("a")), cvn: "9897" });
    expect((await post(server, compress(sent), { "content-encoding": encoding })).status).toBe(200);
    const kept = await server.db.read.select().from(server.db.tables.bodies);
    expect(kept.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([sent.replace("9897", "[masked]")]);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("answers 413 to over 1 MiB in few bytes of %s", async (encoding, compress) => {
    const server = await start();
    const headers = { "content-encoding": encoding };
    expect((await post(server, compress(Buffer.alloc(MIB, "a")), headers)).status).toBe(200);
    expect((await post(server, compress(Buffer.alloc(MIB + 1, "a")), headers)).status).toBe(413);
    expect(await refusals(server.db)).toMatchObject([{ reason: "body_too_large" }]);
  });

  it.each(["gzip", "deflate", "br", "zstd", "gzip, gzip"])("answers 415 to what is not %s", async (encoding) => {
    const server = await start();
    const answer = await post(server, '{"cvn":"9898"}', { "content-encoding": encoding });
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([415, "body_undecodable"]);
    expect(await events(server.db)).toEqual([]);
    expect(await refusals(server.db)).toMatchObject([{ reason: "body_undecodable", size: 14 }]);
  });

  it.each([
    ["a wrong token", { "x-callback-token": "not-it" }, "wrong_token"],
    ["an empty token", { "x-callback-token": "" }, "missing_token"],
    [
      "a token that is right but for its last character",
      { "x-callback-token": TEST_TOKEN.slice(0, -1) },
      "wrong_token",
    ],
  ])("answers 401 to %s and keeps only that it came", async (_, headers, reason) => {
    const server = await start();
    const answer = await post(server, body("secret text"), headers);
    expect(answer.status).toBe(401);
    expect(await events(server.db)).toEqual([]);
    const kept = await refusals(server.db);
    expect(kept).toMatchObject([{ reason, size: body("secret text").length, address: "127.0.0.1" }]);
    expect(JSON.stringify(kept)).not.toMatch(/secret text|not-it|a-test-callback/);
    expect(server.log()).not.toMatch(/secret text|not-it|a-test-callback/);
  });

  it("takes exactly 1 MiB, and answers 413 to one byte more", async () => {
    const server = await start();
    const filled = (size: number) => `{"event":"x","data":"${"a".repeat(size - 23)}"}`;
    expect(Buffer.byteLength(filled(MIB))).toBe(MIB);
    expect((await post(server, filled(MIB))).status).toBe(200);
    const over = await post(server, filled(MIB + 1));
    expect(over.status).toBe(413);
    expect(await refusals(server.db)).toMatchObject([{ reason: "body_too_large", size: MIB + 1 }]);
  });

  it("answers 413 to a body that comes in chunks and does not end", async () => {
    const server = await start();
    const chunk = `${(64 * 1024).toString(16)}\r\n${"a".repeat(64 * 1024)}\r\n`;
    const answer = await talk(server.port, (socket) => {
      socket.write(head(server, ["Transfer-Encoding: chunked"]));
      for (let count = 0; count < 17; count += 1) socket.write(chunk);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(await events(server.db)).toEqual([]);
  });

  it("gives up on a body that trickles", async () => {
    const server = await start({ bodyTimeoutMs: 100 });
    const answer = await talk(server.port, (socket) => socket.write(`${head(server, ["Content-Length: 100"])}{"ev`));
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close/i);
    expect(await events(server.db)).toEqual([]);
  });

  it("answers 503 with Retry-After when it cannot be stored, and says nothing of why", async () => {
    const db = await createTestDatabase();
    const full = Object.assign(new Error("database or disk is full\nparams: 4111111111111111"), {
      code: "SQLITE_FULL",
    });
    const server = await start({ db: { ...db, capture: () => Promise.reject(full) } });
    const answer = await post(server, body("a"));
    expect(answer.status).toBe(503);
    expect(answer.headers["retry-after"]).toMatch(/^\d+$/);
    expect(answer.text).not.toMatch(/disk|SQLITE/);
    expect(server.log()).toMatch(/SQLITE_FULL/);
    expect(server.log()).not.toMatch(/4111/);
  });

  it("still answers 401 when even that cannot be noted", async () => {
    const db = await createTestDatabase();
    const server = await start({ db: { ...db, refuse: () => Promise.reject(new Error("full")) } });
    expect((await post(server, body("a"), { "x-callback-token": "wrong" })).status).toBe(401);
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])("answers 405 to %s", async (method) => {
    const server = await start();
    const answer = await send(`${server.url}/webhooks/xendit`, { method });
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST"]);
  });

  it("answers under any host name: a webhook is known by its token", async () => {
    const server = await start();
    expect((await post(server, body("a"), { Host: "tunnel.example" })).status).toBe(200);
  });

  it("tells the environment by the token, and stops taking a revoked one", async () => {
    const tokens = [
      { environment: "test", token: "one" },
      { environment: "test", token: "two" },
      { environment: "live", token: "three" },
    ] as const;
    const server = await start({ config: { webhookTokens: tokens } });
    for (const { token } of tokens) await post(server, body(token), { "x-callback-token": token });
    expect((await events(server.db)).map((event) => event.environment)).toEqual(["test", "test", "live"]);

    const { webhookTokens } = server.db.tables;
    await server.db.write([{ query: server.db.read.update(webhookTokens).set({ revokedAt: 1 }), rows: 3 }]);
    await expect.poll(async () => (await post(server, body("x"), { "x-callback-token": "one" })).status).toBe(401);
  });
});

describe("comparing tokens", () => {
  const active = ["first", "second"].map((token) => ({
    environment: "test" as const,
    label: token,
    digest: tokenDigest(token),
  }));

  it("looks at every token, also after a match", () => {
    let looked = 0;
    const counting = active.map((token) => ({
      ...token,
      get digest() {
        looked += 1;
        return token.digest;
      },
    }));
    expect(matchToken(counting, "first")?.label).toBe("first");
    expect(looked).toBe(2);
  });

  it("matches nothing to nothing", () => {
    const ofNothing = [{ environment: "test" as const, label: "empty", digest: tokenDigest("") }];
    expect(matchToken(ofNothing, undefined)).toBeNull();
    expect(matchToken(ofNothing, "")).toBeNull();
    expect(matchToken(active, "second ")).toBeNull();
  });
});

function head(server: TestServer, lines: readonly string[]): string {
  const own = [`POST /webhooks/xendit HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, `x-callback-token: ${TEST_TOKEN}`];
  return `${[...own, ...lines].join("\r\n")}\r\n\r\n`;
}

/** What comes back over a bare connection until the server closes it. */
function talk(port: number, say: (socket: ReturnType<typeof connect>) => void): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => say(socket));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}
