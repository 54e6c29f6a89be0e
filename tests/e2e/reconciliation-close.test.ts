import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCapture } from "../factories/card-bodies.ts";
import { aPaymentLine, csvOf, VERSION_2 } from "../reconciliation/report-lines.ts";
import { findings, screenFindings, screens } from "./findings.ts";
import { type OpenDesk, openDesk, sendWebhook } from "./open-desk.ts";
import { openPage, type RunningPaydesk } from "./paydesk.ts";

const tail = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
/** Captured 18 Dec 2024 05:46:34 UTC, which is that day in Jakarta too. */
const DAY = "2024-12-18";
const TIME = "2024-12-18 05:46:34";

const report = csvOf(
  VERSION_2,
  [1, 2].map((number) =>
    aPaymentLine({
      "Transaction ID": `txn_${number}`,
      "Product ID": `py-${tail(number)}`,
      "Payment Date": TIME,
      "Timestamp - Created": TIME,
      "Timestamp - Updated": TIME,
      "Estimated Settlement Time": "2024-12-23 05:46:34",
      "Actual Settlement Time": "2024-12-23 05:46:34",
      "Settlement Status": "SETTLED",
      Timezone: "+0000",
    }),
  ),
);

describe("closing", () => {
  let desk: OpenDesk;
  let paydesk: RunningPaydesk;
  let page: Page;
  const to = (path: string) => openPage(page, `${paydesk.url}/reconciliation${path}`);
  const captured = () =>
    page
      .getByRole("table", { name: "Totals of 18 Dec 2024" })
      .getByRole("row", { name: /^Captured/ })
      .innerText();
  const toast = (text: string) => page.getByRole("status").getByText(text).waitFor();

  beforeAll(async () => {
    desk = await openDesk({}, { bypassCSP: true });
    ({ paydesk, page } = desk);
  }, 300_000);

  afterAll(() => desk?.close());

  it("comes after a report was read and its rows matched", async () => {
    for (const number of [1, 2]) await capture(number);
    await to("/imports");
    const file = { name: "report.csv", mimeType: "text/csv", buffer: Buffer.from(report) };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole("button", { name: "Upload report" }).click();
    await page.getByRole("link", { name: "See what it comes to" }).click();
    await page.getByRole("heading", { level: 1, name: "Reconciliation" }).waitFor();
    await reads("All", "2");
  }, 120_000);

  const capture = (number: number) => sendWebhook(paydesk, aCapture({ number }));

  /** The match runs in the background: until the day's page counts so many groups. */
  async function reads(row: string, count: string): Promise<void> {
    const shown = async () => {
      await to(`/days/${DAY}`);
      const found = page.getByRole("table", { name: "Classes" }).getByRole("row", { name: new RegExp(`^${row} `) });
      return (await found.count()) === 0 ? "" : await found.getByRole("cell").nth(1).innerText();
    };
    await expect.poll(shown, { timeout: 60_000 }).toBe(count);
  }

  it("freezes a day, and what comes later is named and changes none of its figures", async () => {
    await to(`/days/${DAY}`);
    expect(await captured()).toContain("20,000.00");
    await page.getByRole("button", { name: /^Close 18 Dec 2024/ }).click();
    await toast("18 Dec 2024 is closed");

    await capture(3);
    await expect
      .poll(
        async () => {
          await to(`/days/${DAY}`);
          return page.getByText("1 payment changed after closing; in the next close").count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    expect(await captured()).toContain("20,000.00");
    const names = page.getByRole("table", { name: "Changed after closing, by name" }).getByRole("row");
    expect(await names.count()).toBe(2);
    expect(await names.nth(1).innerText()).toContain("Captured +10,000.00");
    expect(await screenFindings(page)).toEqual([]);
  }, 120_000);

  it("takes up with the next day what had changed on closed ones", async () => {
    await to("/days/2024-12-19");
    await page.getByText("1 change of days closed before goes on record with this one").waitFor();
    await page.getByRole("button", { name: /^Close 19 Dec 2024/ }).click();
    await toast("19 Dec 2024 is closed");
    await to(`/days/${DAY}`);
    expect(await page.getByText("changed after closing; in the next close").count()).toBe(0);
    expect(await captured()).toContain("20,000.00");
    await page.getByRole("link", { name: "19 Dec 2024", exact: true }).first().waitFor();
    await page.getByRole("link", { name: "Verify" }).click();
    await page.getByText(/give the same digest and totals/).waitFor();
  }, 60_000);

  it("is undone for a reason only", async () => {
    await to("/days/2024-12-19");
    await page.getByLabel("Why").fill("closed by mistake");
    await page.getByRole("button", { name: /^Reopen 19 Dec 2024/ }).click();
    await toast("19 Dec 2024 is open again");
    await to(`/days/${DAY}`);
    await page.getByText("1 payment changed after closing; in the next close").waitFor();
  }, 60_000);

  it("leaves rules to be tried before they hold", async () => {
    await to("/rules");
    await page.getByLabel("Percent").first().fill("three");
    await page.getByRole("button", { name: "Show what would change" }).click();
    await expect.poll(() => page.getByLabel("Percent").first().getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Percent").first().inputValue()).toBe("three");

    await page.getByLabel("Percent").first().fill("3");
    await page.getByRole("button", { name: "Show what would change" }).click();
    await page.getByText("No longer matched: 2").waitFor();
    expect(await screenFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Use these rules in sandbox" }).click();
    await page.getByText("No longer matched: 2").waitFor({ state: "detached" });
    await reads("Fee or VAT unexpected", "2");
  }, 120_000);

  it("fits every screen, and prints a statement", async () => {
    for (const screen of screens) {
      await page.setViewportSize(screen);
      await page.emulateMedia({ colorScheme: screen.colorScheme });
      for (const path of ["", `/days/${DAY}`, "/months/2024-12", "/rules", "/imports", `/days/${DAY}/statement`]) {
        expect(await findings(page, `${paydesk.url}/reconciliation${path}`), path).toEqual([]);
      }
    }
  }, 180_000);
});
