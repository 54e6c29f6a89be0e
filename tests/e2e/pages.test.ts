import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findings, screens } from "./findings.ts";
import { createAdministrator, launchBrowser, openPage, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

const pages = [
  ["/", "Overview"],
  ["/payments", "Payments"],
  ["/payments?cvn=N&currency=IDR", "Payments"],
  ["/payments?status=NOT_A_STATUS", "Payments"],
  ["/payments?anomaly=bad&anomaly=look&amount_min=1000", "Payments"],
  ["/search", "Search"],
  ["/search?q=10000", "Search"],
  ["/search?q=pr-00000000-0000-4000-8000-000000000404", "Search"],
  ["/views", "Saved views"],
  ["/sessions", "Sessions"],
  ["/sessions/new", "New test session"],
  ["/webhooks", "Webhooks"],
  ["/webhooks?status=quarantined", "Webhooks"],
  ["/webhooks/tail", "Live tail"],
  ["/webhooks/quarantine", "Quarantine"],
  ["/webhooks/quarantine?tab=aside", "Quarantine"],
  ["/webhooks/drift", "Schema drift"],
  ["/replays", "Replays"],
  ["/reconciliation/exceptions", "Exceptions"],
  ["/reconciliation/exceptions?state=all&class=matched&age=gt7d&assignee=me", "Exceptions"],
  ["/destinations", "Destinations"],
  ["/lab", "Fault lab"],
  ["/settings", "Settings"],
  ["/settings/webhooks", null],
  ["/settings/sandbox", null],
  ["/settings/operators", null],
  ["/settings/destinations", "Private addresses"],
  ["/settings/tokens", "Access tokens"],
  ["/audit", null],
] as const;

describe("every page, filled with demo data", () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;

  beforeAll(async () => {
    [paydesk, browser] = await Promise.all([startPaydesk({ PAYDESK_DEMO: "1" }), launchBrowser()]);
    const context = await browser.newContext();
    const page = await context.newPage();
    await createAdministrator(page, paydesk);
    await openPage(page, `${paydesk.url}/destinations`);
    await page.getByLabel("Name", { exact: true }).fill("staging");
    await page.getByLabel("URL", { exact: true }).fill("http://127.0.0.1:4000/hook");
    await page.getByRole("button", { name: "Add destination" }).click();
    await page.getByRole("table").getByText("staging").first().waitFor();
    signedIn = await context.storageState();
    await context.close();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await paydesk?.stop();
  });

  describe.each(screens)("at $width px, $colorScheme", ({ width, height, colorScheme }) => {
    let context: BrowserContext;
    beforeAll(async () => {
      // axe is put into the page by the test; the page's own policy would refuse it.
      context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        storageState: signedIn,
        bypassCSP: true,
      });
    });
    afterAll(() => context?.close());

    it.each(pages)(
      "%s has its heading, fits the window, and axe finds nothing serious",
      async (path, heading) => {
        const page = await context.newPage();
        expect(await findings(page, paydesk.url + path)).toEqual([]);
        if (heading) expect(await page.locator("h1").allInnerTexts()).toEqual([heading]);
        await page.close();
      },
      60_000,
    );

    it.each([
      ["/payments", "Payments", ""],
      ["/payments", "Payments", "/proof"],
      ["/sessions", "Sessions", ""],
      ["/webhooks", "Webhooks", ""],
      ["/destinations", "Destinations", ""],
      ["/destinations", "Destinations", "/forward"],
    ])(
      "the newest entry of %s opens a page that fits as well (%s%s)",
      async (path, label, part) => {
        const page = await context.newPage();
        await page.goto(paydesk.url + path);
        const href = await page.locator(`[aria-label="${label}"] a[href^="${path}/"]`).first().getAttribute("href");
        const entry = new URL(href ?? "", paydesk.url);
        entry.pathname += part;
        expect(await findings(page, entry.href)).toEqual([]);
        await page.close();
      },
      60_000,
    );
  });

  it("signs out, and the desk is closed again", async () => {
    const context = await browser.newContext({ storageState: signedIn });
    const page = await context.newPage();
    await openPage(page, paydesk.url);
    await page.getByRole("button", { name: /operator menu|ada@example.com/i }).click();
    await page.getByText("Sign out").click();
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await page.goto(`${paydesk.url}/payments`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await context.close();
  }, 60_000);
});
