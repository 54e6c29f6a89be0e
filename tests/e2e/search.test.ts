import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aCapture } from "../factories/card-bodies.ts";
import { createAdministrator, launchBrowser, openPage, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

const TOKEN = "a-token-of-the-search-test-0123456789";
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const pr = `pr-${uuid(1)}`;
const rrn = "435205250001";

/** A payment with an id of every kind. */
function aFullCapture() {
  const body = aCapture({
    number: 1,
    data: {
      reference_id: "Order-77_b8d18f2f-3",
      customer_id: `cust-${uuid(1)}`,
      payment_token_id: `pt-${uuid(1)}`,
      payment_session_id: "ps-661f87c614802d6c402cd82d",
      request_amount: 77_123,
    },
  });
  Object.assign(body.data.payment_details.authorization_data, {
    authorization_code: "A1B2C3",
    retrieval_reference_number: rrn,
    reconciliation_id: "7345007929096981700001",
    network_transaction_id: "016153570190001",
  });
  body.data.payment_details.authentication_data.a_res.directory_server_trans_id = `e537f539${uuid(1).slice(8)}`;
  return body;
}

const aRefund = {
  event: "refund.succeeded",
  business_id: "62440e322008e87fb29c1fd0",
  data: {
    id: `rfd-${uuid(1)}`,
    payment_request_id: pr,
    payment_id: `py-${uuid(1)}`,
    channel_code: "CARDS",
    status: "SUCCEEDED",
    amount: 100,
    currency: "IDR",
    created: "2024-12-19T05:46:08.192Z",
    updated: "2024-12-19T05:46:09.192Z",
  },
};

describe("the search box, in a browser", () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;
  let page: Page;
  let eventId = "";

  beforeAll(async () => {
    [paydesk, browser] = await Promise.all([
      startPaydesk({ XENDIT_WEBHOOK_TOKENS: `sandbox:${TOKEN}` }),
      launchBrowser(),
    ]);
    const first = await browser.newContext();
    await createAdministrator(await first.newPage(), paydesk);
    signedIn = await first.storageState();
    await first.close();
    eventId = await capture(aFullCapture());
    await capture(aRefund);
    for (const number of [2, 3]) await capture(aCapture({ number, data: { reference_id: `Order-78-${number}` } }));
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await paydesk?.stop();
  });

  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: signedIn });
    page = await context.newPage();
    return () => context.close();
  });

  async function capture(body: unknown): Promise<string> {
    const answer = await fetch(`${paydesk.url}/webhooks/xendit`, {
      method: "POST",
      headers: { "x-callback-token": TOKEN, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { event_id } = (await answer.json()) as { event_id: string };
    return event_id;
  }

  const open = (path: string) => openPage(page, paydesk.url + path);
  const box = () => page.getByRole("combobox", { name: "Search", exact: true });
  const options = () => page.getByRole("option");
  /** Off the payment's page, so that landing there is seen. */
  async function elsewhere(): Promise<void> {
    await page.getByRole("link", { name: "Webhooks", exact: true }).first().click();
    await page.waitForURL((url) => url.pathname === "/webhooks");
  }
  const landed = (id: string) => page.waitForURL((url) => url.pathname.endsWith(`/${id}`));

  const pasted: readonly (readonly [what: string, text: string])[] = [
    ["payment request id", pr],
    ["the same in capitals", pr.toUpperCase()],
    ["with spaces around it", `   ${pr}  `],
    ["in quotes", `"${pr}"`],
    ["in backticks, with a full stop", `\`${pr}\`.`],
    ["with zero-width characters", pr.replace("-8000-", "\u200b-8000-\u200b")],
    ["with en dashes", pr.replaceAll("-", "–")],
    ["Xendit's dashboard", `https://dashboard.xendit.co/payments/${pr}?tab=details`],
    ["our own page", `http://desk.example/payments/${pr}?environment=sandbox#timeline`],
    ["percent-encoded", `https://x.example/?next=%2Fpayments%2F${pr}`],
    ["a line of JSON", `"payment_request_id": "${pr}",`],
    ["UUID without its prefix", uuid(1)],
    ["payment id", `py-${uuid(1)}`],
    ["capture id", `CPTR-${uuid(1)}`],
    ["session id", "ps-661f87c614802d6c402cd82d"],
    ["saved card's token", `pt-${uuid(1)}`],
    ["customer id", `cust-${uuid(1)}`],
    ["refund id", `rfd-${uuid(1)}`],
    ["reference with Xendit's suffix", "Order-77_b8d18f2f-3"],
    ["reference without it", "order-77"],
    ["RRN", rrn],
    ["RRN in groups", "4352 0525 0001"],
    ["RRN with its name", `RRN: ${rrn}`],
    ["authorization code", "a1b2c3"],
    ["reconciliation id", "7345007929096981700001"],
    ["network transaction id", "016153570190001"],
    ["DS transaction id", `E537F539${uuid(1).slice(8)}`],
    ["amount", "IDR 77,123"],
    ["amount with dots", "Rp 77.123"],
  ];

  it("leads from every form of every id to the payment", async () => {
    await open("/webhooks");
    const missed: string[] = [];
    for (const [what, text] of pasted) {
      await elsewhere();
      await box().fill(text);
      await box().press("Enter");
      await landed(pr).catch(() => missed.push(`${what}: ${page.url()}`));
    }
    expect(missed).toEqual([]);

    await elsewhere();
    await box().fill(eventId);
    await box().press("Enter");
    await page.waitForURL((url) => url.pathname.endsWith(pr) && url.hash === `#webhook-${eventId}`);
  }, 180_000);

  it("shows grouped results while typing, walked by the arrow keys alone", async () => {
    await open("/payments");
    await page.keyboard.press("/");
    await page.keyboard.type("order-78");
    await page.getByRole("group", { name: "Reference begins with order-78" }).waitFor();
    expect(await options().count()).toBe(2);
    expect(await box().getAttribute("aria-expanded")).toBe("true");

    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    const marked = page.locator('[role="option"][aria-selected="true"]');
    expect(await box().getAttribute("aria-activedescendant")).toBe(await marked.getAttribute("id"));
    const chosen = (await marked.textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/payments\/pr-/);
    expect(chosen).toContain(new URL(page.url()).pathname.split("/").at(-1));
    await page.getByRole("listbox").waitFor({ state: "detached" });
  }, 60_000);

  it("keeps what is typed while the page that was asked for is on its way", async () => {
    await open("/webhooks");
    let isTyped = () => {};
    const typed = new Promise<void>((resolve) => {
      isTyped = resolve;
    });
    await page.route("**/payments/**", async (route) => {
      await typed;
      await route.continue();
    });
    await box().fill(pr);
    await box().press("Enter");
    await box().pressSequentially("-and-more");
    isTyped();
    await landed(pr);
    expect(await box().inputValue()).toContain("-and-more");
  }, 60_000);

  it("closes with Escape and keeps the text; Ctrl-K opens it again", async () => {
    await open("/");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("order-78");
    await options().first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    expect(await box().inputValue()).toBe("order-78");
    await page.keyboard.press("ArrowDown");
    await options().first().waitFor();
  }, 60_000);

  it("finds what was captured a second ago", async () => {
    await open("/search?q=order-fresh");
    await page.getByText("Nothing found", { exact: true }).waitFor();
    await capture(aCapture({ number: 90, data: { reference_id: "order-fresh" } }));
    await page.reload();
    await landed(`pr-${uuid(90)}`);
  }, 60_000);

  it("keeps what was looked up, until it is forgotten", async () => {
    await open(`/search?q=${pr}`);
    await landed(pr);
    await box().click();
    await page.getByRole("group", { name: "Recent look-ups" }).waitFor();
    expect(await options().first().textContent()).toContain(pr);
    // Leaving at once would take the order back.
    const forgotten = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("button", { name: "Forget look-ups" }).click();
    await forgotten;
    await open("/search");
    await page.getByText("No look-ups yet").waitFor();
  }, 60_000);

  it("offers to ask Xendit for an id that is not here, and says what it answered", async () => {
    const unknown = `pr-${uuid(404)}`;
    await open(`/search?q=${unknown}`);
    await page.getByText("No payment request has this id").waitFor();
    await page.getByRole("button", { name: "Ask Xendit" }).click();
    await page.getByText(/not found|does not know/i).waitFor();
    expect(new URL(page.url()).searchParams.get("q")).toBe(unknown);
  }, 60_000);

  it("works without JavaScript", async () => {
    const context = await browser.newContext({ storageState: signedIn, javaScriptEnabled: false });
    page = await context.newPage();
    await page.goto(`${paydesk.url}/payments`);
    await box().fill("order-78");
    await box().press("Enter");
    await page.getByRole("heading", { level: 1, name: "Search" }).waitFor();
    expect(await page.locator(`a[href*="/payments/pr-"]`).count()).toBe(2);
    await page.locator(`a[href*="${uuid(2)}"]`).click();
    await landed(`pr-${uuid(2)}`);
    await context.close();
  }, 60_000);

  it("takes the whole screen at 390 px and gives it back", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open("/payments");
    await box().click();
    await box().fill("order-78");
    await options().first().waitFor();
    expect((await box().boundingBox())?.width).toBeGreaterThan(280);
    expect((await options().first().boundingBox())?.width).toBeGreaterThan(350);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("listbox").waitFor({ state: "detached" });
  }, 60_000);
});
