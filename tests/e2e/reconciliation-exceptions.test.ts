import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCapture } from "../factories/card-bodies.ts";
import { findings, screenFindings, screens } from "./findings.ts";
import { type OpenDesk, openDesk, sendWebhook } from "./open-desk.ts";
import type { RunningPaydesk } from "./paydesk.ts";

const tail = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** As a report has them: one payment 50.00 short, one of nobody here, one as it should be; two more are in no report. */
const report = [
  "Status,Type,Channel,Channel Name,Account Number,Currency,Amount,Total Fee,Total VAT,Net Amount,Reference,Transaction ID,Invoice ID,Batch ID,Product ID,Payment Date,Timestamp - Created,Timestamp - Updated,Estimated Settlement Time,Actual Settlement Time,Timezone,Description,Channel Reference,Settlement Status",
  ...(
    [
      ["short", "9950", tail(1)],
      ["stranger", "10000", tail(99)],
      ["equal", "10000", tail(2)],
    ] as const
  ).map(
    ([name, amount, id]) =>
      `SUCCESS,PAYMENT,CARDS,CARDS,,IDR,${amount},,,,order-${name},txn_${name},,,py-${id},,2024-12-18 05:46:34,2024-12-18 05:46:34,,,+0000,,,`,
  ),
].join("\r\n");

describe("exceptions", () => {
  let desk: OpenDesk;
  let paydesk: RunningPaydesk;
  let page: Page;
  const list = () => `${paydesk.url}/reconciliation/exceptions`;
  const rows = () => page.getByRole("table", { name: "Exceptions" }).locator("tbody tr");
  const toast = (text: string) => page.getByRole("status").getByText(text).waitFor();

  beforeAll(async () => {
    desk = await openDesk({}, { bypassCSP: true });
    ({ paydesk, page } = desk);
    for (const number of [1, 2, 3, 4]) await sendWebhook(paydesk, aCapture({ number }));
  }, 300_000);

  afterAll(() => desk?.close());

  it("say where to begin while no report was imported", async () => {
    expect(await findings(page, list())).toEqual([]);
    await page.getByText("Nothing was reconciled in Sandbox yet").waitFor();
    await page.getByRole("link", { name: "Import a report" }).click();
    await page.getByRole("heading", { level: 1, name: "Imports" }).waitFor();
    const file = { name: "report.csv", mimeType: "text/csv", buffer: Buffer.from(report) };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole("button", { name: "Upload report" }).click();
    await page.waitForURL(/imports\/imp_/);
    const openOnes = async () => {
      await page.goto(list());
      return rows().count();
    };
    await expect.poll(openOnes, { timeout: 30_000 }).toBe(4);
  }, 90_000);

  it("are worked through by keyboard: opened, commented, written off, reopened", async () => {
    await page.getByRole("link", { name: "4 open exceptions" }).waitFor();
    await page.getByRole("link", { name: "1 Amount differs" }).click();
    await page.waitForURL(/class=amount_differs/);
    await expect.poll(() => rows().count()).toBe(1);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: `pr-${tail(1)}` }).waitFor();
    await page.getByText("Captured 10,000.00 IDR; reported 9,950.00 IDR in txn_short.").first().waitFor();
    expect(await page.getByRole("table", { name: "Running difference" }).locator("tfoot").innerText()).toContain(
      "+50.00 IDR",
    );

    await page.getByLabel("Add a comment").fill("asked the acquirer");
    await page.getByRole("button", { name: "Add comment" }).press("Enter");
    await toast("Comment added");
    await page.getByRole("list", { name: "Comments" }).getByText("asked the acquirer").waitFor();

    const decision = page.getByRole("region", { name: "Decision" });
    await decision.getByLabel("Reason").fill("card 4000 0000 0000 1091");
    await decision.getByRole("button", { name: "Write off 50.00 IDR" }).press("Enter");
    await decision.getByText("Leave card data out of this").waitFor();
    expect(await screenFindings(page)).toEqual([]);
    await decision.getByLabel("Reason").fill("a rounding of the acquirer");
    await decision.getByRole("button", { name: "Write off 50.00 IDR" }).press("Enter");
    await toast("Written off");
    await decision.getByText("Wrote off +50.00 IDR by").waitFor();

    await decision.getByLabel("Reason").fill("it came after all");
    await decision.getByRole("button", { name: "Reopen" }).press("Enter");
    await toast("Open again");
    await decision.getByRole("button", { name: "Write off 50.00 IDR" }).waitFor();

    // The list it was opened from has one: there is no next, and the way back is to that list.
    expect(await page.getByRole("link", { name: /exception in the list$/ }).count()).toBe(0);
    await page.getByRole("main").getByRole("link", { name: "Exceptions" }).click();
    await page.waitForURL(/class=amount_differs/);
    await expect.poll(() => rows().count()).toBe(1);
    await page.goto(`${list()}?state=all`);
    await expect.poll(() => rows().count()).toBe(5);
    await rows().nth(1).getByRole("link").first().click();
    await page.getByRole("link", { name: "Previous exception in the list" }).waitFor();
    const second = await page.getByRole("heading", { level: 1 }).innerText();
    await page.getByRole("link", { name: "Next exception in the list" }).click();
    await expect.poll(() => page.getByRole("heading", { level: 1 }).innerText()).not.toBe(second);
    await page.getByRole("link", { name: "Previous exception in the list" }).click();
    await expect.poll(() => page.getByRole("heading", { level: 1 }).innerText()).toBe(second);
  }, 60_000);

  it("are accepted together, and leave the list", async () => {
    await page.goto(list());
    await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
    await page.getByText("4 selected").waitFor();
    await page.getByRole("button", { name: "Accept…" }).click();
    await page.getByLabel("Reason").fill("agreed with the acquirer");
    expect(await screenFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Accept 4 exceptions in Sandbox" }).click();
    await toast("4 exceptions accepted");
    await page.getByText("No open exceptions in Sandbox").waitFor();
    await page.getByRole("link", { name: "Resolved" }).click();
    await expect.poll(() => rows().count()).toBe(4);
  }, 60_000);

  it("let a row be linked by hand, and fit every screen", async () => {
    await page.goto(`${list()}/py-${tail(99)}`);
    const link = page.getByRole("region", { name: "Link by hand" });
    await link.getByLabel("Payment").fill("pr-nobody-knows-this");
    await link.getByLabel("Reason").fill("the acquirer says so");
    await link.getByRole("button", { name: "Link to this payment" }).click();
    await link.getByText("No payment here has this id").waitFor();
    await link.getByLabel("Payment").fill(`cptr-${tail(3)}`);
    await link.getByRole("button", { name: "Link to this payment" }).click();
    await page.getByRole("heading", { level: 1, name: `pr-${tail(3)}` }).waitFor();
    await page.getByRole("list", { name: "Notes" }).getByText("Linked by hand").waitFor();
    for (const screen of screens) {
      await page.setViewportSize(screen);
      await page.emulateMedia({ colorScheme: screen.colorScheme });
      expect(await findings(page, `${list()}/pr-${tail(3)}`)).toEqual([]);
      expect(await findings(page, `${list()}/pr-${tail(1)}`)).toEqual([]);
      expect(await findings(page, `${list()}?state=all`)).toEqual([]);
    }
  }, 120_000);
});
