import { afterEach, describe, expect, it } from "vitest";
import { describeError, loggablePath } from "../../server/logger.ts";
import { createTestDatabase } from "../setup/db.ts";
import { send } from "../setup/raw-request.ts";
import { startTestServer, TEST_TOKEN, type TestServer } from "../setup/server.ts";

const open: TestServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function start(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  open.push(server);
  return server;
}

describe("every page", () => {
  it("carries the security headers, with a nonce of its own that the page knows", async () => {
    const server = await start({
      pages: async (_request, response, { nonce }) => void response.end(nonce),
    });
    const [first, second] = [await send(server.url), await send(server.url)];
    expect(first.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
    });
    const policy = String(first.headers["content-security-policy"]);
    expect(policy).toContain(`script-src 'self' 'nonce-${first.text}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(second.text).not.toBe(first.text);
  });

  it("keeps a policy that its route set, alone", async () => {
    const server = await start({
      pages: async (_request, response) => {
        response.appendHeader("content-security-policy", "sandbox allow-forms");
        response.appendHeader("Cache-Control", "public, max-age=60");
        response.end("x");
      },
    });
    const answer = await send(server.url);
    expect(answer.headers["content-security-policy"]).toBe("sandbox allow-forms");
    expect(answer.headers["cache-control"]).toBe("public, max-age=60");
  });

  it("is compressed when asked, but a live stream never is", async () => {
    const text = "a".repeat(5_000);
    const server = await start({
      pages: async (request, response) => {
        response.setHeader("Content-Type", request.url === "/live" ? "text/event-stream" : "text/html");
        response.end(text);
      },
    });
    const headers = { "Accept-Encoding": "gzip" };
    const page = await fetch(server.url, { headers });
    expect(page.headers.get("content-encoding")).toBe("gzip");
    expect(await page.text()).toBe(text);
    expect((await send(`${server.url}/live`, { headers })).headers["content-encoding"]).toBeUndefined();
  });

  it("that fails shows the request's id and nothing else, and the log has the rest", async () => {
    const server = await start({
      pages: () => Promise.reject(new Error("the inner reason")),
    });
    const answer = await send(`${server.url}/payments?q=someone@example.com`);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain("inner reason");
    const id = String(answer.headers["x-request-id"]);
    expect(answer.text).toContain(id);
    const line = server
      .log()
      .split("\n")
      .find((one) => one.includes("inner reason"));
    expect(line).toContain(id);
    expect(server.log()).not.toContain("someone@example.com");
  });
});

describe("health", () => {
  it("is alive, and ready while the store answers and no shutdown began", async () => {
    let isStopping = false;
    const server = await start({ isStopping: () => isStopping });
    expect((await send(`${server.url}/readyz`)).status).toBe(200);
    isStopping = true;
    expect((await send(`${server.url}/healthz`)).status).toBe(200);
    expect((await send(`${server.url}/readyz`)).status).toBe(503);
  });

  it("is not ready when the store cannot be read", async () => {
    const db = await createTestDatabase();
    const server = await start({ db });
    await db.close();
    expect((await send(`${server.url}/readyz`)).status).toBe(503);
    expect((await send(`${server.url}/healthz`)).status).toBe(200);
  });

  it("counts captures and refusals on loopback, and hides them from what was forwarded", async () => {
    const server = await start();
    const url = `${server.url}/webhooks/xendit`;
    await send(url, { method: "POST", headers: { "x-callback-token": TEST_TOKEN }, body: "{}" });
    await send(url, { method: "POST", headers: { "x-callback-token": "wrong" }, body: "{}" });
    const { text } = await send(`${server.url}/metrics`);
    expect(text).toMatch(/paydesk_webhooks_captured_total\{environment="test",outcome="(stored|quarantined)"\} 1/);
    expect(text).toContain('paydesk_webhooks_refused_total{reason="wrong_token"} 1');
    const forwarded = await send(`${server.url}/metrics`, { headers: { "X-Forwarded-For": "203.0.113.9" } });
    expect(forwarded.status).toBe(401);
  });
});

describe("the log", () => {
  it("has a line for a request, without its query string", async () => {
    const server = await start();
    await send(`${server.url}/sign-in/first?token=very-secret`);
    await expect.poll(() => server.log()).toMatch(/"path":"\/sign-in\/first","status":200/);
    expect(server.log()).not.toContain("very-secret");
  });

  it("leaves return keys out of paths", () => {
    expect(loggablePath("/sessions/return/abc123/success?x=1")).toBe("/sessions/return/[key]/success");
  });

  it("describes an error without the values of its query", () => {
    const error = new Error("Failed query: insert into t values (?)\nparams: 4111111111111111,123", {
      cause: Object.assign(new Error("UNIQUE constraint failed"), { code: "SQLITE_CONSTRAINT", params: ["secret"] }),
    });
    const described = JSON.stringify(describeError(Object.assign(error, { params: ["secret"] })));
    expect(described).toContain("SQLITE_CONSTRAINT");
    expect(described).not.toMatch(/4111|123|secret/);
  });

  it("masks card numbers and CVNs that found their way into a message", () => {
    const described = JSON.stringify(
      describeError(new Error('bad body {"card_number":"4000000000001091","cvn":"123"}')),
    );
    expect(described).not.toMatch(/4000000000001091|123/);
  });
});
