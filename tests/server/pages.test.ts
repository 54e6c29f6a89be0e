import { connect } from "node:net";
import type { ServerBuild } from "@remix-run/node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { handleError } from "../../app/entry.server.tsx";
import { createPageHandler } from "../../server/remix-handler.ts";
import { send } from "../setup/raw-request.ts";
import { startTestServer, type TestServer } from "../setup/server.ts";

type Handler = (args: { request: Request }) => Promise<Response>;

const open: TestServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

/** A build of one resource route at /thing. */
async function start(handler: Handler): Promise<TestServer> {
  const route = { id: "thing", parentId: "root", path: "thing", module: { loader: handler, action: handler } };
  const root = { id: "root", path: "", module: { default: () => null } };
  const build = {
    entry: { module: { default: () => new Response("document"), handleError: () => {} } },
    routes: { root, thing: route },
    assets: { routes: {}, entry: { module: "", imports: [] }, url: "", version: "1" },
    publicPath: "/",
    assetsBuildDirectory: "build/client",
    future: { v3_singleFetch: true },
    isSpaMode: false,
  } as unknown as ServerBuild;
  const server = await startTestServer({ pages: createPageHandler(build, "production") });
  open.push(server);
  return server;
}

const CHUNK = new Uint8Array(64 * 1024).fill(97);

describe("Remix behind our server", () => {
  it("gets the request with our own URL, whatever the headers say", async () => {
    const server = await start(async ({ request }) =>
      Response.json([request.url, request.headers.get("x-forwarded-host")]),
    );
    const answer = await send(`${server.url}/thing?a=1`, { headers: { "X-Forwarded-Host": "evil.example" } });
    expect(JSON.parse(answer.text)).toEqual([`${server.url}/thing?a=1`, null]);
  });

  it("gets the body and answers with every cookie", async () => {
    const server = await start(async ({ request }) => {
      const headers = new Headers([
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2"],
      ]);
      return new Response(await request.text(), { status: 201, headers });
    });
    const answer = await send(`${server.url}/thing`, { method: "POST", body: "typed" });
    expect([answer.status, answer.text, answer.headers["set-cookie"]]).toEqual([201, "typed", ["a=1", "b=2"]]);
  });

  it.each([
    ["plain text", { "Content-Type": "text/plain" }, "a=1"],
    ["JSON", { "Content-Type": "application/json" }, "{}"],
    ["a multipart form without a boundary", { "Content-Type": "multipart/form-data" }, "a=1"],
    ["a multipart form that is none", { "Content-Type": "multipart/form-data; boundary=x" }, "a=1"],
    ["a form that does not say what it is", {}, "a=1"],
  ])("answers 400 to %s where a form is read", async (_what, headers, body) => {
    const server = await start(async ({ request }) => Response.json([...(await request.formData())]));
    const post = (more: Record<string, string>) => send(`${server.url}/thing`, { method: "POST", headers: more, body });
    expect((await post(headers)).status).toBe(400);
    const form = await post({ "Content-Type": "application/x-www-form-urlencoded" });
    expect(form.status).toBe(200);
  });

  it("does not call what broke behind a form the sender's mistake", async () => {
    const server = await start(async () => {
      throw new TypeError("ours");
    });
    expect((await send(`${server.url}/thing`, { method: "POST", body: "a=1" })).status).toBe(500);
  });

  it("takes an unknown path for no error of its own", () => {
    const reportError = vi.fn();
    const args = { request: new Request("http://desk.test/"), params: {}, context: { reportError, requestId: "req" } };
    const told = (error: unknown) => handleError(error, args as unknown as Parameters<typeof handleError>[1]);
    told({ status: 404, statusText: "Not Found", internal: true, data: "" });
    told({ status: 405, statusText: "Method Not Allowed", internal: true, data: "" });
    expect(reportError).not.toHaveBeenCalled();
    told({ status: 500, statusText: "Broken", internal: true, data: "" });
    told(new Error("broken"));
    expect(reportError).toHaveBeenCalledTimes(2);
  });

  it("refuses a body that comes in chunks and grows over 1 MiB", async () => {
    const server = await start(async ({ request }) => new Response(`got ${(await request.text()).length}`));
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(server.port, "127.0.0.1");
      socket.write(`POST /thing HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nTransfer-Encoding: chunked\r\n\r\n`);
      for (let count = 0; count < 20; count += 1) socket.write(`10000\r\n${"a".repeat(65_536)}\r\n`);
      socket.end("0\r\n\r\n");
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve(text));
    });
    expect(answer).not.toMatch(/got \d/);
    expect(answer).not.toMatch(/^HTTP\/1\.1 200/);
  });

  it("asks for no more of an export than a slow reader takes, and stops asking when the reader leaves", async () => {
    let pulled = 0;
    const cancelled = vi.fn();
    const server = await start(async () => {
      const body = new ReadableStream({
        pull(controller) {
          pulled += 1;
          controller.enqueue(CHUNK);
        },
        cancel: cancelled,
      });
      return new Response(body, { headers: { "Content-Type": "application/octet-stream" } });
    });
    const socket = connect(server.port, "127.0.0.1");
    socket.pause();
    socket.write(`GET /thing HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
    await expect.poll(() => pulled).toBeGreaterThan(1);
    let whileStuck = 0;
    await expect
      .poll(
        () => {
          const before = whileStuck;
          whileStuck = pulled;
          return pulled - before;
        },
        { interval: 300 },
      )
      .toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    // What the sockets' buffers hold, and not one chunk more.
    expect(pulled).toBe(whileStuck);
    expect(cancelled).not.toHaveBeenCalled();
    socket.destroy();
    await expect.poll(() => cancelled.mock.calls.length).toBe(1);
  });

  it("breaks the connection of an export that fails on its way", async () => {
    const server = await start(async () => {
      let sent = 0;
      const body = new ReadableStream({
        pull(controller) {
          sent += 1;
          if (sent > 3) controller.error(new Error("the query was stopped"));
          else controller.enqueue(CHUNK);
        },
      });
      return new Response(body, { headers: { "Content-Type": "text/csv" } });
    });
    await expect(send(`${server.url}/thing`)).rejects.toThrow(/aborted|hang up/);
    expect(server.log()).toContain("the query was stopped");
  });

  it("tells a loader when the browser has left", async () => {
    let signal: AbortSignal | undefined;
    const server = await start(({ request }) => {
      signal = request.signal;
      return new Promise(() => {});
    });
    const socket = connect(server.port, "127.0.0.1");
    socket.write(`GET /thing HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
    await expect.poll(() => signal).toBeDefined();
    expect(signal?.aborted).toBe(false);
    socket.destroy();
    await expect.poll(() => signal?.aborted).toBe(true);
  });
});
