import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAdministrator, launchBrowser, openPage, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

const BEN = { email: "ben@example.com", password: "another long pass phrase" };

describe("the lists", () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  let ada: Awaited<ReturnType<BrowserContext["storageState"]>>;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [paydesk, browser] = await Promise.all([startPaydesk({ PAYDESK_DEMO: "1" }), launchBrowser()]);
    const first = await browser.newContext();
    const desk = await first.newPage();
    await createAdministrator(desk, paydesk);
    ada = await first.storageState();
    await first.close();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await paydesk?.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: ada });
    page = await context.newPage();
    return () => context.close();
  });

  const open = (path: string) => openPage(page, paydesk.url + path);
  const chip = (name: string) => page.locator("[data-filter-bar] summary", { hasText: name });
  const params = () => new URL(page.url()).searchParams;
  const table = (name = "Payments") => page.getByRole("table", { name });
  const headings = (name?: string) => table(name).getByRole("columnheader").allInnerTexts();

  it("are filtered by amount, and by having an anomaly at all", async () => {
    await open("/payments");
    const rows = await table()
      .getByRole("row")
      .evaluateAll((all) => all.filter((row) => row.getBoundingClientRect().bottom <= window.innerHeight).length);
    // The heading is a row too.
    expect(rows).toBeGreaterThan(14);

    await chip("Anomaly").click();
    await page.getByRole("link", { name: "Has an anomaly" }).click();
    await page.waitForURL(() => params().getAll("anomaly").length === 2);
    await page.getByRole("link", { name: "Remove filter Anomaly" }).waitFor();
    await chip("Amount").click();
    await page.getByLabel("At least").fill("ten");
    await page.getByLabel("At least").press("Enter");
    expect(params().has("amount_min")).toBe(false);
    await page.getByLabel("At least").fill("50000");
    await page.getByLabel("At most").fill("150000.00");
    await page.getByLabel("At most").press("Enter");
    await page.waitForURL(() => params().get("amount_max") === "150000.00");
    await page.getByRole("group", { name: "Filter Amount" }).getByText("50,000 to 150,000.00").waitFor();
    expect(params().getAll("anomaly")).toEqual(["bad", "look"]);

    const amounts = await table().locator("tbody tr td:nth-child(3)").allInnerTexts();
    expect(amounts.length).toBeGreaterThan(0);
    for (const amount of amounts) {
      const [, whole = ""] = /^([\d,]+)/.exec(amount) ?? [];
      expect(Number(whole.replaceAll(",", ""))).toBeGreaterThanOrEqual(50_000);
      expect(Number(whole.replaceAll(",", ""))).toBeLessThanOrEqual(150_000);
    }
  }, 60_000);

  it("keep their rarer filters behind one button, by keyboard and without JavaScript", async () => {
    await open("/payments");
    await chip("More filters").focus();
    await page.keyboard.press("Enter");
    const more = page.getByRole("group", { name: "More filters" });
    await more.locator("summary", { hasText: "Network" }).focus();
    await page.keyboard.press("Enter");
    await more.getByLabel("Visa").focus();
    await page.keyboard.press("Space");
    await more.getByRole("button", { name: "Apply" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(() => params().get("network") === "VISA");
    await page.getByRole("link", { name: "Remove filter Network" }).waitFor();

    const plain = await browser.newContext({ javaScriptEnabled: false, storageState: ada });
    const list = await plain.newPage();
    await list.goto(`${paydesk.url}/payments?cvn=M`);
    await list.locator("summary", { hasText: "More filters" }).click();
    await list.locator("summary", { hasText: "3DS flow" }).click();
    await list.getByLabel("Challenge").check();
    await list.getByRole("group", { name: "More filters" }).getByRole("button", { name: "Apply" }).click();
    await list.waitForURL((url) => url.searchParams.has("flow"));
    expect(new URL(list.url()).searchParams.get("flow")).toBe("CHALLENGE");
    expect(new URL(list.url()).searchParams.get("cvn")).toBe("M");
    await plain.close();
  }, 60_000);

  it("are kept as a view with a link, which says when its filters have changed, and which a colleague can open", async () => {
    await open("/settings/operators");
    await page.getByLabel("Email").fill(BEN.email);
    await page.getByLabel("Password").fill(BEN.password);
    await page.getByLabel("Role", { exact: true }).selectOption({ label: "Viewer" });
    await page.getByRole("button", { name: "Add operator" }).click();
    await page.getByText(BEN.email).first().waitFor();

    await open("/payments?status=FAILED&cvn=N");
    await page.locator("summary", { hasText: "Views" }).click();
    await page.getByLabel("Save this list as a view").fill("Declined by CVN");
    await page.getByLabel("Share with everybody at this desk").check();
    await page.getByRole("button", { name: "Save view" }).click();
    const bar = page.getByRole("region", { name: "Open view" });
    await bar.getByText("Declined by CVN").waitFor();
    const viewId = params().get("view") ?? "";

    // A second of the same name is refused beside the field, as typed.
    await page.locator("summary", { hasText: "Views" }).click();
    await page.getByLabel("Save this list as a view").fill("Declined by CVN");
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByText("There is a view of this list with that name already.").waitFor();
    expect(await page.getByLabel("Save this list as a view").inputValue()).toBe("Declined by CVN");
    await page.keyboard.press("Escape");

    await page.getByRole("link", { name: "Remove filter CVN" }).click();
    await bar.getByText("Changed", { exact: true }).waitFor();
    await bar.getByRole("button", { name: "Update the view" }).click();
    await bar.getByText("Changed", { exact: true }).waitFor({ state: "detached" });

    const theirs = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const desk = await theirs.newPage();
    await desk.goto(`${paydesk.url}/views/${viewId}`);
    await desk.getByLabel("Email").fill(BEN.email);
    await desk.getByLabel("Password").fill(BEN.password);
    await desk.getByRole("button", { name: "Sign in" }).click();
    await desk.getByRole("region", { name: "Open view" }).getByText("shared by ada@example.com").waitFor();
    expect(new URL(desk.url()).pathname).toBe("/payments");
    expect(new URL(desk.url()).searchParams.getAll("status")).toEqual(["FAILED"]);
    expect(new URL(desk.url()).searchParams.has("cvn")).toBe(false);
    await theirs.close();

    await open("/views");
    await page.locator("summary", { hasText: "Delete" }).click();
    await page.getByRole("button", { name: "Delete Declined by CVN" }).click();
    await page.getByText("No saved views yet").waitFor();
    expect((await page.request.get(`${paydesk.url}/views/${viewId}`)).status()).toBe(404);
  }, 90_000);

  it("show the columns their operator chose, in their order, from the first byte", async () => {
    await open("/sessions");
    const standard = ["Session", "Payment request", "Reference", "Amount", "Status", "ECI", "CVN", "AVS", "Created"];
    expect(await headings("Sessions")).toEqual(standard);

    await page.locator("summary", { hasText: "Columns" }).click();
    const menu = page.getByRole("group", { name: "Columns" });
    await menu.getByLabel("AVS", { exact: true }).uncheck();
    await table("Sessions").getByRole("columnheader", { name: "AVS" }).waitFor({ state: "detached" });
    await menu.getByLabel("Network").check();
    await table("Sessions").getByRole("columnheader", { name: "Network" }).waitFor();
    await menu.getByRole("button", { name: "Move Network up" }).focus();
    await page.keyboard.press("Enter");
    const chosen = ["Session", "Payment request", "Reference", "Amount", "Status", "ECI", "CVN", "Network", "Created"];
    await expect.poll(() => headings("Sessions")).toEqual(chosen);
    // Where it was pressed, it can be pressed again.
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Move Network up");

    const html = await (await context.request.get(`${paydesk.url}/sessions`)).text();
    expect(html.indexOf("Network</th>")).toBeGreaterThan(0);
    await open("/payments");
    expect(await headings()).toContain("AVS");

    await open("/sessions");
    await page.locator("summary", { hasText: "Columns" }).click();
    await page.getByRole("button", { name: "Reset to standard" }).click();
    await expect.poll(() => headings("Sessions")).toEqual(standard);
  }, 60_000);

  it("hold their menus inside a phone's screen", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open("/payments");
    for (const name of ["AVS", "Created", "More filters", "Views", "Columns"]) {
      await page.locator("summary", { hasText: name }).first().click();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([name, width]).toEqual([name, 390]);
      await page.keyboard.press("Escape");
    }
  }, 60_000);
});
