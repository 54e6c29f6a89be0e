import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { addressProblem } from "~/lib/address-guard.ts";
import { guardedFetch, urlProblem } from "~/lib/guarded-fetch.server.ts";

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const open = { allowLoopback: true } as const;
const closed = { allowLoopback: false } as const;

describe("guardedFetch", () => {
  it("sends the bytes and tells status, headers, body and latency", async () => {
    let received = "";
    const origin = await serve(async (request, response) => {
      for await (const chunk of request) received += chunk;
      response.writeHead(201, { "x-answer": "yes" }).end("stored");
    });
    const answer = await guardedFetch(`${origin}/hook`, { body: '{"a":1}', headers: { "webhook-id": "w" } }, open);
    expect(answer).toMatchObject({ outcome: "http", status: 201, truncated: false });
    expect(answer.outcome === "http" && new TextDecoder().decode(answer.body)).toBe("stored");
    expect(answer.outcome === "http" && answer.headers["x-answer"]).toBe("yes");
    expect(answer.latencyMs).toBeGreaterThanOrEqual(0);
    expect(received).toBe('{"a":1}');
  });

  it("does not follow a redirect", async () => {
    let visits = 0;
    const origin = await serve((request, response) => {
      visits += 1;
      response.writeHead(302, { location: request.url === "/a" ? "/b" : "/a" }).end();
    });
    expect(await guardedFetch(`${origin}/a`, {}, open)).toMatchObject({ outcome: "http", status: 302 });
    expect(visits).toBe(1);
  });

  it("reads no more of an answer than the cap", async () => {
    const origin = await serve((_request, response) => {
      response.on("error", () => {});
      response.end("x".repeat(1_000_000));
    });
    const answer = await guardedFetch(origin, {}, { ...open, maxBodyBytes: 2048 });
    expect(answer.outcome === "http" && answer.body.byteLength).toBe(2048);
    expect(answer).toMatchObject({ truncated: true });
  });

  it("calls silence a timeout", async () => {
    const origin = await serve(() => {});
    expect(await guardedFetch(origin, {}, { ...open, timeoutMs: 80 })).toMatchObject({ outcome: "timeout" });
  });

  it("calls a body that never ends a timeout too", async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200);
      response.write("a little");
    });
    expect(await guardedFetch(origin, {}, { ...open, timeoutMs: 80 })).toMatchObject({ outcome: "timeout" });
  });

  it("calls a closed port refused", async () => {
    const tcp = createTcpServer();
    await new Promise<void>((done) => tcp.listen(0, "127.0.0.1", done));
    const { port } = tcp.address() as AddressInfo;
    await new Promise((done) => tcp.close(done));
    expect(await guardedFetch(`http://127.0.0.1:${port}`, {}, open)).toMatchObject({
      outcome: "refused",
      reason: "ECONNREFUSED",
    });
  });

  it("blocks loopback unless it is allowed, and the receiver hears nothing", async () => {
    let visits = 0;
    const origin = await serve((_request, response) => {
      visits += 1;
      response.end();
    });
    const { port } = new URL(origin);
    const written = [
      origin,
      `http://localhost:${port}`,
      `http://[::ffff:127.0.0.1]:${port}`,
      `http://2130706433:${port}`,
    ];
    for (const url of [...written, `http://0x7f.1:${port}`, `http://0.0.0.0:${port}`]) {
      expect(await guardedFetch(url, {}, closed), url).toMatchObject({ outcome: "blocked" });
    }
    expect(visits).toBe(0);
  });

  it("checks the address that is dialled, not the name that was typed", async () => {
    let visits = 0;
    const origin = await serve((_request, response) => {
      visits += 1;
      response.end();
    });
    const { port } = new URL(origin);
    const url = `http://merchant.example:${port}/hook`;
    const mixed = { ...closed, resolve: async () => ["93.184.216.34", "127.0.0.1"] };
    expect(await guardedFetch(url, {}, mixed)).toMatchObject({ outcome: "blocked" });
    const rebound = { ...closed, resolve: async () => ["127.0.0.1"] };
    expect(await guardedFetch(url, {}, rebound)).toMatchObject({ outcome: "blocked" });
    expect(visits).toBe(0);
    const allowed = await guardedFetch(url, {}, { ...open, resolve: async () => ["127.0.0.1"] });
    expect(allowed).toMatchObject({ outcome: "http", status: 200 });
  });

  it("refuses this server under any of its names, and lets its own port's neighbours through", async () => {
    const origin = await serve((_request, response) => response.end());
    const other = await serve((_request, response) => response.end());
    const { port } = new URL(origin);
    const policy = { ...open, refuseOrigins: [origin] };
    const alias = { ...policy, resolve: async () => ["127.0.0.1"] };
    expect(await guardedFetch(origin, {}, policy)).toMatchObject({ outcome: "blocked" });
    expect(await guardedFetch(`http://localhost:${port}`, {}, policy)).toMatchObject({ outcome: "blocked" });
    expect(await guardedFetch(`http://paydesk.example:${port}`, {}, alias)).toMatchObject({ outcome: "blocked" });
    for (const host of ["[::ffff:127.0.0.1]", "[::ffff:7f00:2]", "127.0.0.2", "127.1", "[::1]", "0.0.0.0"]) {
      const url = `http://${host}:${port}/webhooks/xendit`;
      expect(urlProblem(url, policy), host).toMatch(/itself/);
      expect(await guardedFetch(url, {}, policy), host).toMatchObject({ outcome: "blocked" });
    }
    const mapped = { ...policy, resolve: async () => ["::ffff:127.0.0.1"] };
    expect(await guardedFetch(`http://paydesk.example:${port}`, {}, mapped)).toMatchObject({ outcome: "blocked" });
    expect(await guardedFetch(other, {}, policy)).toMatchObject({ outcome: "http" });
  });

  it("reaches an origin that is named as allowed, whatever its address", async () => {
    const origin = await serve((_request, response) => response.end());
    expect(await guardedFetch(origin, {}, { ...closed, allowOrigins: [origin] })).toMatchObject({ outcome: "http" });
  });

  it("takes http and https without credentials, nothing else", async () => {
    for (const url of ["file:///etc/passwd", "ftp://example.com", "http://a:b@example.com", "example"]) {
      expect(await guardedFetch(url, {}, open), url).toMatchObject({ outcome: "blocked" });
      expect(urlProblem(url, open), url).not.toBeNull();
    }
    expect(urlProblem("https://example.com/hook", closed)).toBeNull();
    expect(urlProblem("http://10.0.0.1/hook", open)).toMatch(/Private/);
  });
});

describe("addressProblem", () => {
  it.each([
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "224.0.0.1",
    "255.255.255.255",
    "0.0.0.0",
    "240.0.0.1",
    "192.0.2.1",
    "::",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "2002:a00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
  ])("%s is never dialled, even where loopback is", (address) => {
    expect(addressProblem(address, { allowLoopback: true })).not.toBeNull();
  });

  it.each(["8.8.8.8", "2606:4700:4700::1111", "93.184.216.34"])("%s is fine", (address) => {
    expect(addressProblem(address, { allowLoopback: false })).toBeNull();
  });
});
