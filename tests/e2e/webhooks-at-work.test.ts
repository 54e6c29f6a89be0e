import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCapture } from "../factories/card-bodies.ts";
import { createGoodReceiver } from "../lab/good-receiver.ts";
import { createAdministrator, launchBrowser, openPage, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

const TOKEN = "a-token-for-webhooks-at-work";
/** The merchant's own: one that Xendit knows is refused. */
const SHOP_TOKEN = "the-shop-s-own-token";

describe("webhooks at work, in a browser", { timeout: 120_000 }, () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  let page: Page;
  let shop: Server;

  beforeAll(async () => {
    [paydesk, browser] = await Promise.all([
      startPaydesk({ XENDIT_WEBHOOK_TOKENS: `sandbox:${TOKEN}` }),
      launchBrowser(),
    ]);
    shop = createGoodReceiver({ token: SHOP_TOKEN, secret: null, askXendit: async () => null });
    await new Promise<void>((done) => shop.listen(0, "127.0.0.1", done));
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await createAdministrator(page, paydesk);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    shop?.closeAllConnections();
    shop?.close();
    await paydesk?.stop();
  });

  const shopUrl = () => `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;

  async function arrive(number: number, token = TOKEN): Promise<void> {
    await fetch(`${paydesk.url}/webhooks/xendit`, {
      method: "POST",
      headers: { "x-callback-token": token, "content-type": "application/json" },
      body: JSON.stringify(aCapture({ number })),
    });
  }

  it("follows arrivals, names what was refused, and holds them while paused", async () => {
    await openPage(page, `${paydesk.url}/webhooks/tail`);
    await page.getByText("Following").waitFor();
    await arrive(1);
    await arrive(1);
    await arrive(2, "not a token of this desk");
    const arrivals = page.getByRole("table", { name: "Arrivals" });
    await arrivals.getByText("duplicate", { exact: true }).waitFor();
    await arrivals.getByText("Refused at the door").waitFor();

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("status").filter({ hasText: "Paused" }).waitFor();
    await arrive(3);
    await page.getByRole("button", { name: "1 new" }).waitFor();
    expect(await page.locator("[data-arrival]").count()).toBe(2);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(() => page.locator("[data-arrival]").count()).toBe(3);
  });

  it("sends a test to a destination, signs it, and says beside the field what it does not take", async () => {
    await openPage(page, `${paydesk.url}/destinations`);
    await page.getByLabel("Name", { exact: true }).fill("shop");
    await page.getByLabel("URL", { exact: true }).fill("http://169.254.169.254/latest");
    await page.getByRole("button", { name: "Add destination" }).click();
    await page.getByText("Link-local and metadata addresses are not sent to.").waitFor();
    await page.getByLabel("URL", { exact: true }).fill(`${shopUrl()}/hook`);
    await page.getByLabel("Token (optional)").fill(SHOP_TOKEN);
    await page.getByRole("button", { name: "Add destination" }).click();
    await page.getByRole("table", { name: "Destinations" }).getByRole("link", { name: "shop" }).click();
    await page.getByRole("heading", { level: 1, name: "shop" }).waitFor();

    await page.getByLabel("Timeout in seconds").fill("99");
    await page.getByRole("button", { name: "Save settings" }).click();
    await page.getByText("A whole number from 1 to 60.").waitFor();
    expect(await page.getByLabel("Timeout in seconds").inputValue()).toBe("99");

    await page.getByRole("button", { name: "Create signing secret" }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole("button", { name: "Send a test" }).click();
    const result = page.locator("#test").getByRole("status");
    await result.getByText("x-callback-token, webhook-id, webhook-signature").waitFor();
    expect(await result.innerText()).toMatch(/\b200\b/);
    await page.reload();
    expect(await page.getByText(/^whsec_/).count()).toBe(0);
  });

  it("replays what came in a stretch of time", async () => {
    const [from, to] = [Date.now() - 3_600_000, Date.now() + 60_000].map((at) => new Date(at).toISOString());
    await openPage(page, `${paydesk.url}/webhooks?from=${from}&to=${to}`);
    await page.getByRole("link", { name: /^Replay all 2 that match/ }).click();
    await page.getByRole("button", { name: "Send 2 events to shop" }).click();
    await page.getByText("Replayed to shop: 2 delivered, 0 failed, 0 waiting").waitFor();

    // Everything of that time was taken: nothing is left to send, and the plan says so.
    await openPage(page, `${paydesk.url}/webhooks?from=${from}&to=${to}`);
    await page.getByRole("link", { name: /^Replay all 2 that match/ }).click();
    await page.getByText("Nothing would be sent to shop: all of 2 events stay here.").waitFor();
  });

  it("runs the lab from its form to a certificate that a stranger can read until its link is ended", async () => {
    await openPage(page, `${paydesk.url}/lab`);
    await page.getByLabel("Probe URL (optional)").fill("ftp://127.0.0.1/");
    await page.getByRole("button", { name: "Run scenarios" }).click();
    await page.getByText("Only http and https can be sent to.").waitFor();

    await page.getByLabel("Probe URL (optional)").fill(`${shopUrl()}/probe`);
    for (const scenario of ["Late", "500 twice, then fine", "Never", "Burst", "Tampered body"]) {
      await page.getByRole("checkbox", { name: new RegExp(`^${scenario}`) }).uncheck();
    }
    await page.getByRole("button", { name: "Run scenarios" }).click();
    await page.getByRole("heading", { level: 1, name: "Fault lab run" }).waitFor();
    await page.getByRole("link", { name: "Certificate" }).click({ timeout: 90_000 });
    await page.getByRole("heading", { level: 1, name: "Integration certificate" }).waitFor();

    await page.getByRole("button", { name: "Make a link" }).click();
    const link = await page.getByText(/\/lab\/shared\//).innerText();
    const stranger = await (await browser.newContext()).newPage();
    expect((await stranger.goto(link))?.status()).toBe(200);
    await stranger.getByRole("heading", { level: 1, name: "Integration certificate" }).waitFor();
    await page.getByRole("button", { name: "End this link" }).click();
    await page.getByRole("button", { name: "Make a link" }).waitFor();
    expect((await stranger.reload())?.status()).toBe(404);
    await stranger.context().close();
  });

  it("shows a new access token once, and opens nothing with it once it is revoked", async () => {
    await openPage(page, `${paydesk.url}/settings/tokens`);
    await page.getByRole("button", { name: "Create token" }).click();
    await page.getByText("Give it a name.").waitFor();
    await page.getByLabel("Name").fill("laptop");
    await page.getByRole("button", { name: "Create token" }).click();
    const token = await page.getByText(/^pdk_/).innerText();
    const ask = async () => {
      const answer = await fetch(`${paydesk.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } });
      return answer.status;
    };
    expect(await ask()).toBe(200);
    await openPage(page, `${paydesk.url}/settings/tokens`);
    expect(await page.getByText(/^pdk_/).count()).toBe(0);

    await page.getByRole("button", { name: "Revoke laptop" }).click();
    await page.getByRole("button", { name: "Revoke token" }).click();
    await page.getByRole("table", { name: "Your tokens" }).getByText("Revoked", { exact: true }).waitFor();
    expect(await ask()).toBe(401);
  });
});
