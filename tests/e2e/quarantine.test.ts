import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCapture } from "../factories/card-bodies.ts";
import { findings, screenFindings, screens } from "./findings.ts";
import { walkByKeyboard } from "./keyboard.ts";
import { type OpenDesk, openDesk, sendWebhook } from "./open-desk.ts";
import { openPage, type RunningPaydesk } from "./paydesk.ts";

const SECRET = "hunter2-correct-horse-battery";

describe("quarantine", () => {
  let desk: OpenDesk;
  let paydesk: RunningPaydesk;
  let page: Page;

  const arrive = (body: string) => sendWebhook(paydesk, body);
  const withoutPayment = (number: number) => JSON.stringify(aCapture({ number, data: { payment_id: null } }));

  beforeAll(async () => {
    desk = await openDesk({}, { bypassCSP: true });
    ({ paydesk, page } = desk);
  }, 300_000);

  afterAll(() => desk?.close());

  it("is calm when there is nothing in it", async () => {
    await openPage(page, `${paydesk.url}/webhooks/quarantine`);
    expect(await page.getByText("Nothing is in quarantine in sandbox").isVisible()).toBe(true);
    expect(await screenFindings(page)).toEqual([]);
  });

  it("is worked through by keyboard: chosen, read again, set aside with a reason, taken back", async () => {
    await arrive("torn off in the midd");
    await arrive(withoutPayment(1));
    await arrive(withoutPayment(2));
    await openPage(page, paydesk.url);
    await page.getByRole("link", { name: "3 in quarantine" }).click();
    await page.getByRole("heading", { level: 1, name: "Quarantine" }).waitFor();
    await page.getByRole("link", { name: "2 No payment id" }).click();
    await page.waitForURL(/reason=no_payment_id/);
    const rows = page.getByRole("table", { name: "Quarantine" }).locator("tbody tr");
    await expect.poll(() => rows.count()).toBe(2);

    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByText("1 selected").waitFor();
    await page.getByRole("button", { name: "Process again" }).press("Enter");
    await page.getByText("0 processed now, 1 still quarantined").waitFor();
    await page.getByText("1 no payment id").waitFor();

    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Set aside…" }).press("Enter");
    await page.getByLabel("Why it needs no more work").fill("card 4000 0000 0000 1091");
    await page.getByRole("button", { name: "Set this webhook aside" }).press("Enter");
    await page.getByText("Leave card data out of this").waitFor();
    expect(await screenFindings(page)).toEqual([]);
    await page.getByLabel("Why it needs no more work").fill("a test of our own");
    await page.getByRole("button", { name: "Set this webhook aside" }).press("Enter");
    await page.getByText("1 webhook set aside").waitFor();

    await openPage(page, `${paydesk.url}/webhooks/quarantine?tab=aside`);
    expect(await page.getByText("a test of our own").isVisible()).toBe(true);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Take back" }).press("Enter");
    await page.getByText("1 webhook open again").waitFor();
    await page.getByText("Nothing was set aside in sandbox").waitFor();
  }, 60_000);

  it("is free of serious findings at work, and reached by Tab", async () => {
    for (const screen of screens) {
      await page.setViewportSize(screen);
      await page.emulateMedia({ colorScheme: screen.colorScheme });
      for (const tab of ["open", "aside", "expunged"]) {
        expect(await findings(page, `${paydesk.url}/webhooks/quarantine?tab=${tab}`)).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await openPage(page, `${paydesk.url}/webhooks/quarantine`);
    const { missed, invisible } = await walkByKeyboard(page, "main");
    expect({ missed, invisible }).toEqual({ missed: [], invisible: [] });
  }, 60_000);

  it("gives up a secret for good, from the page that says exactly what happens", async () => {
    const body = JSON.stringify(aCapture({ number: 9, data: { reference_id: SECRET } }));
    const { event_id: eventId } = await arrive(body);
    expect(await findings(page, `${paydesk.url}/webhooks/${eventId}/expunge`)).toEqual([]);
    await page.getByLabel("Why").fill("A password stood in reference_id");
    await page.getByLabel("The last 6 characters").fill("wrong!");
    await page.getByRole("button", { name: "Expunge 1 body in sandbox" }).press("Enter");
    await page.getByText(`Type ${eventId.slice(-6)}, the last 6 characters`).waitFor();
    expect(await page.getByLabel("Why").inputValue()).toBe("A password stood in reference_id");
    await page.getByLabel("The last 6 characters").fill(eventId.slice(-6));
    await page.getByRole("button", { name: "Expunge 1 body in sandbox" }).press("Enter");
    await page.waitForURL(`${paydesk.url}/webhooks/${eventId}`);
    await page.getByText("The body was expunged").waitFor();

    await arrive(body);
    await openPage(page, `${paydesk.url}/webhooks/quarantine?tab=expunged`);
    expect(await page.getByText("A password stood in reference_id").isVisible()).toBe(true);
    await openPage(page, `${paydesk.url}/audit`);
    expect(await page.getByText("webhooks:expunge").first().isVisible()).toBe(true);
    const files = readdirSync(paydesk.folder).filter((name) =>
      readFileSync(join(paydesk.folder, name)).includes(SECRET),
    );
    expect(files).toEqual([]);
    expect(paydesk.output()).not.toContain(SECRET);
  }, 60_000);
});
