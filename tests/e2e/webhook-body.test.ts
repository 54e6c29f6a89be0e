import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenDesk, openDesk } from "./open-desk.ts";
import { openPage } from "./paydesk.ts";

let desk: OpenDesk;
let page: Page;

beforeAll(async () => {
  desk = await openDesk({ PAYDESK_DEMO: "1" });
  ({ page } = desk);
  await openPage(page, `${desk.paydesk.url}/webhooks?type=payment.capture`);
  await page.locator("table[aria-label=Webhooks] tbody a").first().click();
  await page.getByRole("heading", { level: 1, name: "payment.capture" }).waitFor();
}, 300_000);

afterAll(() => desk?.close());

describe("a webhook's body", () => {
  it("is a tree that the keyboard alone opens, closes and walks", async () => {
    await page.getByRole("button", { name: "Tree" }).click();
    const tree = page.getByRole("tree", { name: "webhook body" });
    await tree.focus();
    const active = async () => {
      const id = await tree.getAttribute("aria-activedescendant");
      return page.locator(`[id="${id}"]`);
    };
    expect(await (await active()).getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("ArrowLeft");
    expect(await tree.getByRole("treeitem").count()).toBe(1);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    expect(await (await active()).getAttribute("aria-level")).toBe("2");
    await page.keyboard.press("End");
    const last = await (await active()).innerText();
    await page.keyboard.press("Home");
    expect(await (await active()).getAttribute("aria-level")).toBe("1");
    expect(await (await active()).innerText()).not.toBe(last);
  });

  it("is searched from match to match, whatever it is shown as", async () => {
    const search = page.getByRole("searchbox", { name: "Search in webhook body" });
    await search.fill("created");
    await page.getByText("2 matches").waitFor();
    await search.press("Enter");
    await page.getByText("1 of 2").waitFor();
    await page.getByRole("button", { name: "Next match" }).click();
    await page.getByText("2 of 2").waitFor();
    await page.getByRole("button", { name: "Raw" }).click();
    await page.getByText("2 of 2").waitFor();
    await search.fill("");
  });

  it("is compared with what Xendit documents from its menu", async () => {
    await page.getByRole("button", { name: "Compare with…" }).click();
    await page.getByRole("menuitem", { name: "Documented shape" }).click();
    await page.getByRole("heading", { level: 1, name: "Compare two bodies" }).waitFor();
    await page.getByRole("link", { name: "Every field" }).click();
    await page.getByRole("list", { name: "Fields compared" }).getByText("capture_amount").waitFor();
  });
});
