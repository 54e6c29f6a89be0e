import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAdministrator, launchBrowser, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

describe("a proof of payment on paper", () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  beforeAll(async () => {
    [paydesk, browser] = await Promise.all([startPaydesk({ PAYDESK_DEMO: "1" }), launchBrowser()]);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await paydesk?.stop();
  });

  it("has no frame and no buttons around it, and is black on white in dark mode too", async () => {
    const page = await browser.newPage({ colorScheme: "dark" });
    await createAdministrator(page, paydesk);
    await page.goto(`${paydesk.url}/payments?status=SUCCEEDED`);
    const href = await page.locator('[aria-label="Payments"] a[href^="/payments/pr-"]').first().getAttribute("href");
    await page.goto(`${paydesk.url}${href?.split("?")[0]}/proof`);
    expect(await page.locator("h1").allInnerTexts()).toEqual(["Proof of payment"]);
    expect(await page.locator(".frame-rail").isVisible()).toBe(true);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const around of [".frame-rail", ".frame-bar", "main button"]) {
      expect(await page.locator(around).first().isVisible(), around).toBe(false);
    }
    const colours = await page.evaluate(() =>
      [".proof", "body"].map((one) => {
        const element = document.querySelector(one);
        return element && { ink: getComputedStyle(element).color, paper: getComputedStyle(element).backgroundColor };
      }),
    );
    expect(colours[0]).toEqual({ ink: "rgb(0, 0, 0)", paper: "rgb(255, 255, 255)" });
    expect(colours[1]?.paper).toBe("rgb(255, 255, 255)");
  }, 60_000);
});
