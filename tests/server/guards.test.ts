import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { send } from "../setup/raw-request.ts";
import { startTestServer, type TestServer } from "../setup/server.ts";

describe("on this machine", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());
  const ask = (path: string, options: Parameters<typeof send>[1] = {}) => send(server.url + path, options);

  it("serves its own name", async () => {
    expect((await ask("/payments?eci=05")).text).toBe("page GET /payments?eci=05");
  });

  it("leads other names of this machine to the one in PUBLIC_URL", async () => {
    const answer = await ask("/payments?eci=05", { headers: { Host: `localhost:${server.port}` } });
    expect([answer.status, answer.headers.location]).toEqual([307, `${server.url}/payments?eci=05`]);
  });

  it("does not lead a form there, because its body would not follow safely", async () => {
    const answer = await ask("/payments", { method: "POST", headers: { Host: `localhost:${server.port}` } });
    expect(answer.status).toBe(421);
  });

  it.each(["evil.example", "evil.example:80", "127.0.0.1:1", "127.0.0.1.evil.example", "127.0.0.1@evil.example"])(
    "refuses the name %s",
    async (host) => {
      const answer = await ask("/payments", { headers: { Host: host } });
      expect([400, 421]).toContain(answer.status);
      expect(answer.text).not.toContain("page GET");
    },
  );

  it("answers the sandbox under every name of this machine, as merchants' code calls it", async () => {
    const answer = await ask("/sandbox/sessions", { method: "POST", headers: { Host: `localhost:${server.port}` } });
    expect(answer.text).toBe("page POST /sandbox/sessions");
  });

  it("does not take two slashes for another host", async () => {
    expect((await ask("//evil.example/x")).text).toBe("page GET //evil.example/x");
  });

  it.each([
    ["our own form", { Origin: "OWN", "Sec-Fetch-Site": "same-origin" }, 200],
    ["an address typed by hand", { "Sec-Fetch-Site": "none" }, 200],
    ["a program, which sends neither header", {}, 200],
    ["another site's form", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }, 403],
    ["another site's form in an old browser", { Origin: "https://evil.example" }, 403],
    ["another port of this machine", { Origin: "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site" }, 403],
    ["a sandboxed page", { Origin: "null", "Sec-Fetch-Site": "cross-site" }, 403],
    ["a page without an origin", { Origin: "null" }, 403],
    ["a page that lies about one of the two", { Origin: "OWN", "Sec-Fetch-Site": "cross-site" }, 403],
  ])("decides on %s", async (_, headers, status) => {
    const sent = Object.fromEntries(
      Object.entries<string>(headers).map(([name, value]) => [name, value === "OWN" ? server.url : value]),
    );
    for (const method of ["POST", "PUT", "DELETE"]) {
      expect((await ask("/payments", { method, headers: sent })).status).toBe(status);
    }
  });

  it("lets other sites call the sandbox, which knows its callers by key", async () => {
    const headers = { Origin: "https://shop.example", "Sec-Fetch-Site": "cross-site" };
    const answer = await ask("/sandbox/v3/payment_with_session", { method: "POST", headers });
    expect(answer.text).toBe("page POST /sandbox/v3/payment_with_session");
  });

  it.each(["/sandbox/../preferences", "/sandbox/%2e%2e/preferences", "/sandbox\\..\\preferences", "/sandbox/./.%2E/x"])(
    "does not take %s for the sandbox",
    async (path) => {
      const headers = { Origin: "https://shop.example", "Sec-Fetch-Site": "cross-site" };
      expect((await ask("/", { method: "POST", target: path, headers })).status).toBe(403);
      const other = { Host: `localhost:${server.port}` };
      expect((await ask("/", { method: "POST", target: path, headers: other })).status).toBe(421);
    },
  );

  it.each(["http://127.0.0.1/payments", "@evil.example/", "*", "payments"])(
    "answers 400 to the target %s",
    async (target) => {
      expect((await ask("/", { target })).status).toBe(400);
    },
  );

  it.each(["TRACE", "PROPFIND"])("answers 405 to %s", async (method) => {
    const answer = await ask("/payments", { method });
    expect([answer.status, answer.headers.allow]).toEqual([405, expect.stringContaining("GET")]);
  });

  it("refuses a form over 1 MiB before reading it", async () => {
    const answer = await ask("/payments", { method: "POST", body: "a".repeat(1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });
});

describe("behind a public name", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      config: { publicUrl: "https://paydesk.example", loopback: false, metricsToken: "a-metrics-token-1" },
    });
  });
  afterAll(() => server.close());
  const ask = (path: string, options: Parameters<typeof send>[1] = {}) => send(server.url + path, options);

  it("serves that name, with or without the default port", async () => {
    for (const host of ["paydesk.example", "paydesk.example:443", "PAYDESK.example"]) {
      expect((await ask("/", { headers: { Host: host } })).status).toBe(200);
    }
    expect((await ask("/", { headers: { Host: "paydesk.example:8443" } })).status).toBe(421);
  });

  it("lets itself in by its internal address, and nobody who was forwarded", async () => {
    expect((await ask("/sandbox/sessions")).status).toBe(200);
    expect((await ask("/", { headers: { "X-Forwarded-For": "203.0.113.9" } })).status).toBe(421);
    expect((await ask("/", { headers: { Host: "localhost" } })).status).toBe(421);
  });

  it("takes forms from its own origin only", async () => {
    const host = { Host: "paydesk.example" };
    const own = await ask("/", { method: "POST", headers: { ...host, Origin: "https://paydesk.example" } });
    const plain = await ask("/", { method: "POST", headers: { ...host, Origin: "http://paydesk.example" } });
    expect([own.status, plain.status]).toEqual([200, 403]);
  });

  it("sends HSTS", async () => {
    const answer = await ask("/", { headers: { Host: "paydesk.example" } });
    expect(answer.headers["strict-transport-security"]).toMatch(/max-age=31536000/);
  });

  it("shows metrics to the bearer of the token only, loopback or not", async () => {
    const headers = { Host: "paydesk.example" };
    expect((await ask("/metrics", { headers })).status).toBe(401);
    expect((await ask("/metrics", { headers: { ...headers, Authorization: "Bearer wrong" } })).status).toBe(401);
    const answer = await ask("/metrics", { headers: { ...headers, Authorization: "Bearer a-metrics-token-1" } });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("paydesk_webhooks_captured_total")]);
  });

  it("is alive and ready for whoever asks by whatever name", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      expect((await ask(path, { headers: { Host: "10.0.0.7:8080" } })).status).toBe(200);
    }
  });
});
