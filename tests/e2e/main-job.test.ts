import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAdministrator, launchBrowser, openPage, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

const MARKER_CVN = "9173";

/** A merchant's own endpoint, as simple as one can be. */
function startDestination(): Promise<{ url: string; bodies: string[]; server: Server }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      bodies.push(body);
      response.writeHead(200, { "content-type": "text/plain" }).end("thank you");
    });
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      done({ url: `http://127.0.0.1:${port}/hook`, bodies, server });
    });
  });
}

/** Chooses the option whose words match, as a person would read them. */
async function choose(page: Page, label: string, words: RegExp): Promise<void> {
  const select = page.getByLabel(label, { exact: true });
  const options = await select.locator("option").allTextContents();
  const match = options.find((option) => words.test(option));
  if (!match) throw new Error(`${label} offers no ${words}: ${options.join(" | ")}`);
  await select.selectOption({ label: match });
}

describe("the main job, in a browser, on a fresh start", () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  let page: Page;
  let destination: Awaited<ReturnType<typeof startDestination>>;

  beforeAll(async () => {
    [paydesk, browser, destination] = await Promise.all([startPaydesk(), launchBrowser(), startDestination()]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    destination?.server.close();
    await paydesk?.stop();
  });

  it("lets the first administrator in by the printed link, once", async () => {
    await createAdministrator(page, paydesk);

    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(paydesk.firstLink);
    expect(await stranger.getByRole("button", { name: "Create administrator" }).count()).toBe(0);
    await stranger.context().close();
  }, 60_000);

  it("stores a challenged Mastercard payment with CVN N and AVS Z within two seconds of the redirect, and lists it", async () => {
    await openPage(page, `${paydesk.url}/sessions/new`);
    await choose(page, "Saved card", /mastercard.*challenge/i);
    await page.getByLabel("Amount", { exact: true }).fill("10000");
    await page.getByLabel("Currency", { exact: true }).selectOption("IDR");
    await page.getByLabel("Country", { exact: true }).selectOption("ID");
    await choose(page, "3-D Secure flow", /challenge/i);
    await choose(page, "Network", /mastercard/i);
    await choose(page, "CVN result", /^N\b/);
    await choose(page, "AVS result", /^Z\b/);
    await page.getByRole("button", { name: "Start test session" }).click();
    await page.waitForURL(/\/sessions\/ps-/);

    const sessionUrl = page.url();
    await page.goto(`${sessionUrl}/cvn`);
    await page.getByLabel("CVN").fill(MARKER_CVN);
    await page.getByRole("button", { name: "Pay" }).click();
    await page.getByRole("button", { name: "Authenticate" }).click();
    await page.waitForURL((url) => url.href.startsWith(sessionUrl));
    const redirectedAt = Date.now();

    await page.goto(`${paydesk.url}/payments`);
    const row = page
      .getByRole("table", { name: "Payments" })
      .getByRole("row")
      .filter({ hasText: "10,000.00 IDR" })
      .first();
    await row.filter({ hasText: "Paid" }).waitFor();
    // By the time it was stored, which is when a list shows it: how fast this machine draws is not the point.
    const csv = await (await page.request.get(`${paydesk.url}/webhooks.csv?type=payment.capture`)).text();
    const [receivedAt = ""] = /[\d-]+T[\d:.]+Z/.exec(csv) ?? [];
    expect(Date.parse(receivedAt) - redirectedAt).toBeLessThan(2_000);

    const cells = await row.getByRole("cell").allInnerTexts();
    const [eci, cvn, avs] = cells.slice(-5, -2);
    expect(eci).toMatch(/^02\b/);
    expect(cvn).toMatch(/^N\b/);
    expect(avs).toMatch(/^Z\b/);
  }, 60_000);

  it("replays its webhook to a local destination and shows the 200", async () => {
    await openPage(page, `${paydesk.url}/destinations`);
    await page.getByLabel("Name", { exact: true }).fill("staging");
    await page.getByLabel("URL", { exact: true }).fill(destination.url);
    await page.getByRole("button", { name: "Add destination" }).click();
    await page.getByRole("table").getByText("staging").first().waitFor();

    await openPage(page, `${paydesk.url}/webhooks`);
    await page
      .getByRole("table", { name: "Webhooks" })
      .getByRole("link", { name: /payment\.capture/ })
      .first()
      .click();
    await page.getByRole("heading", { level: 1, name: "payment.capture" }).waitFor();
    await page.getByRole("button", { name: "Send to a destination" }).click();
    await page.getByRole("button", { name: /^Send 1 event to staging/ }).click();
    await page
      .getByText(/\b200 in \d+ ms/)
      .first()
      .waitFor();

    expect(destination.bodies).toHaveLength(1);
    expect(
      JSON.parse(destination.bodies[0] ?? "").data.payment_details.authorization_data.cvn_verification_result,
    ).toBe("N");
  }, 60_000);

  it("wrote the CVN nowhere", () => {
    const alone = new RegExp(`(?<![0-9A-Za-z.-])${MARKER_CVN}(?![0-9A-Za-z.-])`);
    const files = readdirSync(paydesk.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    const found = files
      .map((file) => join(file.parentPath, file.name))
      .filter((file) => alone.test(readFileSync(file).toString("latin1")));
    expect(found).toEqual([]);
    expect(paydesk.output()).not.toMatch(alone);
  });
});
