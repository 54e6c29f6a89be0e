import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../e2e/paydesk.ts";
import { aSession, openSandbox, type Sandbox, withCard } from "./sandbox.ts";

let browser: Browser;
let sandbox: Sandbox;
let shop: { readonly origin: string; readonly cookies: (string | undefined)[]; close(): void };
let sandboxServer: { readonly origin: string; close(): void };

beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
afterAll(() => browser.close());

beforeEach(async () => {
  sandboxServer = await listen(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "GET", url = "/" } = request;
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const body = method === "GET" || method === "OPTIONS" ? null : Buffer.concat(chunks);
    const answer = await sandbox.request(url.replace("/sandbox/", ""), { method, headers, body });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  sandbox = await openSandbox({ publicUrl: sandboxServer.origin });
  sandbox.startSender();
  const cookies: (string | undefined)[] = [];
  const opened = await listen((request, response) => {
    cookies.push(request.headers.cookie);
    const page = request.url?.startsWith("/pay") ? shopPage(sandbox) : `<h1>Back at ${request.url}</h1>`;
    response.writeHead(200, { "content-type": "text/html", "set-cookie": "cart=7; Path=/; SameSite=Lax" }).end(page);
  });
  shop = { ...opened, cookies };
});
afterEach(async () => {
  shop.close();
  sandboxServer.close();
  await sandbox.close();
});

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(listener: Listener): Promise<{ origin: string; close(): void }> {
  const server: Server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A merchant's own page, of another origin than the sandbox. */
function shopPage(at: Sandbox): string {
  return `<!doctype html><script src="${at.config.publicUrl}/sandbox/cards-session.min.js"></script>
<form><label>CVN <input id="cvn"></label><button>Pay</button></form><output></output>
<script>
document.querySelector("form").onsubmit = (event) => {
  event.preventDefault();
  Xendit.setPublishableKey(${JSON.stringify(at.keys.publicKey)});
  const data = { cvn: document.querySelector("#cvn").value, payment_session_id: location.search.slice(1) };
  Xendit.payment.collectCvn(data, (error, response) => {
    if (error) document.querySelector("output").textContent = error.error_code;
    else if (response.action_url) location.assign(response.action_url);
    else document.querySelector("output").textContent = response.payment_request_id;
  });
};
</script>`;
}

async function openShop(flow: "CHALLENGE" | "FRICTIONLESS") {
  const js = {
    ...withCard("MASTERCARD", flow),
    success_return_url: `${shop.origin}/success`,
    failure_return_url: `${shop.origin}/failure`,
  };
  const { body } = await sandbox.call("POST", "sessions", aSession({ cards_session_js: js }));
  const page = await browser.newPage();
  await page.goto(`${shop.origin}/pay?${body.payment_session_id}`);
  await page.getByLabel("CVN").fill("123");
  await page.getByRole("button", { name: "Pay" }).click();
  return page;
}

describe("in a browser, from a merchant's own page", { timeout: 90_000 }, () => {
  it.each([
    ["Authenticate", "/success"],
    ["Fail", "/failure"],
    ["Cancel", "/failure"],
    ["Time out", "/failure"],
  ])("%s on the challenge page leads to %s, and the shop's cookie is still there", async (button, path) => {
    const page = await openShop("CHALLENGE");
    await page.getByRole("heading", { name: "3-D Secure" }).waitFor();
    expect(await page.evaluate(() => window.origin)).toBe("null");
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.getByRole("heading", { name: `Back at ${path}` }).waitFor();
    expect(shop.cookies.at(-1)).toBe("cart=7");
    await page.close();
  });

  it("a frictionless card needs no page of ours", async () => {
    const page = await openShop("FRICTIONLESS");
    await page.locator("output", { hasText: /^pr-/ }).waitFor();
    await page.close();
  });
});
