import { createServer, type Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAdministrator, launchBrowser, openPage, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

/** Some hundred of the demo's captures: enough for a pause in the middle, and soon through on a busy machine. */
const LATELY = new Date(Date.now() - 12 * 86_400_000).toISOString();

/** Answers 200, and 404 to every fifth request when it is picky; slowly enough that a pause falls into the middle. */
function startReceiver(isPicky: boolean): Promise<{ url: string; count: () => number; server: Server }> {
  let received = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      received += 1;
      const isRefused = isPicky && received % 5 === 0;
      setTimeout(() => response.writeHead(isRefused ? 404 : 200).end(isRefused ? "<b>no such order</b>" : "ok"), 60);
    });
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      done({ url: `http://127.0.0.1:${port}/hook`, count: () => received, server });
    });
  });
}

describe("replaying by filter, in a browser", () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  let page: Page;
  let receivers: Record<"staging" | "picky", Awaited<ReturnType<typeof startReceiver>>>;

  beforeAll(async () => {
    const [staging, picky] = await Promise.all([startReceiver(false), startReceiver(true)]);
    receivers = { staging, picky };
    [paydesk, browser] = await Promise.all([startPaydesk({ PAYDESK_DEMO: "1" }), launchBrowser()]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await createAdministrator(page, paydesk);
    for (const [name, { url }] of Object.entries(receivers)) {
      await openPage(page, `${paydesk.url}/destinations`);
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByLabel("URL", { exact: true }).fill(url);
      await page.getByRole("button", { name: "Add destination" }).click();
      await page.getByRole("table").getByText(name).first().waitFor();
    }
  }, 400_000);

  afterAll(async () => {
    await browser?.close();
    for (const { server } of Object.values(receivers ?? {})) server.close();
    await paydesk?.stop();
  });

  /** From the filtered list to the plan for one target; the button that orders it. */
  async function plan(type: string, target: string | RegExp) {
    await openPage(page, `${paydesk.url}/webhooks?type=${type}&from=${LATELY}`);
    await page.getByRole("link", { name: /^Replay all/ }).click();
    await page.getByRole("heading", { level: 1, name: "New replay" }).waitFor();
    const destination = page.getByLabel("Destination", { exact: true });
    const options = await destination.locator("option").allTextContents();
    const label = options.find((one) => (typeof target === "string" ? one === target : target.test(one)));
    await destination.selectOption({ label: label ?? "" });
  }

  const counted = (text: string) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(",", ""));

  it("asks for the destination's name, pauses, resumes and delivers every event once", async () => {
    await plan("payment.capture", "staging");
    const send = page.getByRole("button", { name: /^Send [\d,]+ events to staging$/ });
    await send.waitFor();
    const planned = counted(await send.innerText());
    expect(planned).toBeGreaterThan(100);

    await page.getByLabel("Name of the destination").fill("stagin");
    await send.click();
    await page.getByText("What was typed to confirm does not match. Nothing was ordered.").waitFor();
    expect(await page.getByLabel("Name of the destination").inputValue()).toBe("stagin");
    expect(receivers.staging.count()).toBe(0);

    await page.getByLabel("Name of the destination").fill("staging");
    await send.click();
    await page.getByRole("progressbar", { name: "Progress" }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText(/^Paused\. Tries that were under way/).waitFor();
    // What was under way when it was paused still ends.
    let held = 0;
    const came = () => {
      const before = held;
      held = receivers.staging.count();
      return held - before;
    };
    await expect.poll(came, { interval: 1_000 }).toBe(0);
    await page.waitForTimeout(1_500);
    expect(receivers.staging.count()).toBe(held);
    expect(held).toBeLessThan(planned);

    await page.getByRole("button", { name: "Resume" }).click();
    const end = page.getByRole("status").filter({ hasText: "Replayed to staging: " });
    await end.waitFor({ timeout: 180_000 });
    expect(await end.innerText()).toMatch(
      new RegExp(`^Replayed to staging: ${planned.toLocaleString("en")} delivered, 0 failed, 0 waiting in `),
    );
    expect(receivers.staging.count()).toBe(planned);
  }, 300_000);

  it("leaves out what was delivered before unless it is ticked", async () => {
    await plan("payment.capture", "staging");
    await page.getByText(/^Nothing would be sent to staging/).waitFor();
    expect(await page.getByRole("button", { name: /^Send/ }).count()).toBe(0);
    await page.getByLabel(/^Send again the [\d,]+ that staging already took$/).check();
    await page.getByRole("button", { name: /^Send [\d,]+ events to staging$/ }).waitFor();
  }, 60_000);

  it("tells errors by kind, leads to their events, and exports all of them", async () => {
    await plan("payment.failure", "picky");
    const send = page.getByRole("button", { name: /^Send [\d,]+ events? to picky$/ });
    await send.waitFor();
    const planned = counted(await send.innerText());
    const confirmation = page.getByLabel("Name of the destination");
    if (await confirmation.count()) await confirmation.fill("picky");
    await send.click();
    await page.getByRole("status").filter({ hasText: "Replayed to picky: " }).waitFor({ timeout: 180_000 });

    const kind = page.getByRole("region", { name: "Errors by kind" }).getByRole("row").filter({ hasText: "404" });
    expect(counted(await kind.getByRole("link").innerText())).toBe(Math.floor(planned / 5));
    await kind.getByRole("link").click();
    await page.getByText("Only 404").waitFor();
    const states = await page.getByRole("list", { name: "Events of this replay" }).locator("> li").allInnerTexts();
    expect(states.length).toBeGreaterThan(0);
    expect(states.every((text) => text.includes("404"))).toBe(true);

    const csv = await page.request.get(`${paydesk.url}${new URL(page.url()).pathname}.csv`);
    expect(csv.status()).toBe(200);
    expect((await csv.text()).trimEnd().split("\r\n")).toHaveLength(planned + 1);
  }, 300_000);

  it("processes a filter again here, with the same plan and progress", async () => {
    await plan("payment.failure", /process again here/);
    const process = page.getByRole("button", { name: /^Process [\d,]+ events? again here$/ });
    await process.waitFor();
    const planned = counted(await process.innerText());
    const confirmation = page.getByLabel("How many events");
    if (await confirmation.count()) await confirmation.fill(String(planned));
    await process.click();
    const end = page.getByRole("status").filter({ hasText: "Processed again here: " });
    await end.waitFor({ timeout: 120_000 });
    expect(counted(await end.innerText())).toBe(planned);
  }, 180_000);
});
