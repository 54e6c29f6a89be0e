import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAdministrator, launchBrowser, openPage, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

describe("the frame around every page", () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [paydesk, browser] = await Promise.all([startPaydesk({ PAYDESK_DEMO: "1" }), launchBrowser()]);
    const first = await browser.newContext();
    await createAdministrator(await first.newPage(), paydesk);
    signedIn = await first.storageState();
    await first.close();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await paydesk?.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      storageState: signedIn,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    page = await context.newPage();
    return () => context.close();
  });

  const open = (path: string) => openPage(page, paydesk.url + path);
  const focusedRow = () => page.evaluate(() => (document.activeElement as HTMLTableRowElement).rowIndex);
  const menu = () => page.getByRole("button", { name: /Operator menu/ });

  it("is driven by the keyboard from a list into an entry and on to another page", async () => {
    await open("/webhooks");
    for (const key of ["j", "j", "k"]) await page.keyboard.press(key);
    expect(await focusedRow()).toBe(1);

    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByText("2 selected").waitFor();

    await page.keyboard.press("c");
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toMatch(/^evt_/);
    const copied = await clipboard();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === `/webhooks/${copied}`);

    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.waitForURL((url) => url.pathname === "/payments");
  }, 60_000);

  it("leaves letters to the field they are typed in", async () => {
    await open("/payments");
    await page.keyboard.press("/");
    await page.keyboard.type("gs?x");
    expect(await page.getByRole("combobox", { name: "Search", exact: true }).inputValue()).toBe("gs?x");
    expect(new URL(page.url()).pathname).toBe("/payments");
    expect(await page.getByRole("dialog").count()).toBe(0);
  }, 60_000);

  it("forgets single keys when they are switched off, and keeps Ctrl-K", async () => {
    await open("/payments");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");

    await menu().click();
    const saved = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("menuitemcheckbox", { name: "Single-key shortcuts" }).click();
    await saved;
    await page.keyboard.press("Escape");

    await open("/payments");
    await page.keyboard.press("?");
    await page.keyboard.press("j");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
    await page.keyboard.press("Control+k");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("desk-search");

    await menu().click();
    const savedAgain = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("menuitemcheckbox", { name: "Single-key shortcuts" }).click();
    await savedAgain;
  }, 60_000);

  it("comes in the chosen theme and density from the first byte, so that nothing flashes", async () => {
    await open("/payments");
    await menu().click();
    for (const name of ["Dark", "Compact"]) {
      const saved = page.waitForResponse((response) => response.request().method() === "POST");
      await page.getByRole("menuitemradio", { name }).click();
      await saved;
    }
    const html = await (await context.request.get(`${paydesk.url}/payments`)).text();
    expect(html).toMatch(/<html[^>]* data-theme="dark"[^>]* data-density="compact"/);

    await open("/payments");
    const row = page.getByRole("table", { name: "Payments" }).getByRole("row").nth(1);
    expect((await row.boundingBox())?.height).toBe(32);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(13, 18, 26)");
  }, 60_000);

  it("shows what a code means to whoever reaches its badge by keyboard", async () => {
    await open("/payments");
    const badge = page.getByRole("button", { name: "M match" }).first();
    // The last thing used is the keyboard, so the focus counts as the keyboard's.
    await page.keyboard.press("j");
    await page.keyboard.press("Tab");
    await badge.focus();
    const card = page.getByRole("tooltip");
    await card.waitFor();
    expect(await card.textContent()).toMatch(/CVN|AVS/);
    expect(await badge.getAttribute("aria-describedby")).toBe(await card.getAttribute("id"));
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
  }, 60_000);

  it("filters without JavaScript, one chip beside another", async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState: signedIn });
    const list = await plain.newPage();
    await list.goto(`${paydesk.url}/payments?cvn=M`);
    await list.locator("summary", { hasText: "ECI" }).click();
    const chip = list.locator("details[open]");
    await chip.getByLabel("05 authenticated").check();
    await chip.getByRole("button", { name: "Apply" }).click();
    await list.waitForURL((url) => url.searchParams.has("eci"));
    expect(new URL(list.url()).searchParams.getAll("cvn")).toEqual(["M"]);
    expect(new URL(list.url()).searchParams.getAll("eci")).toContain("05");
    expect(await list.getByRole("note").count()).toBe(0);
    await plain.close();
  }, 60_000);

  it("leads from a figure of the overview to exactly as many payments", async () => {
    await open("/?range=90d");
    const row = page.getByRole("table", { name: "CVN results" }).getByRole("row").filter({ hasText: "N no match" });
    const figure = await row.getByRole("link").textContent();
    await row.getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Payments" }).waitFor();
    await page.getByText(`${figure} payments`, { exact: true }).waitFor();
  }, 60_000);

  it("keeps its navigation in a sheet on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open("/payments");
    expect(await page.getByRole("link", { name: "Sessions" }).count()).toBe(0);
    await page.getByRole("button", { name: "Open navigation" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Sessions" }).click();
    await page.getByRole("heading", { level: 1, name: "Sessions" }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }, 60_000);
});
