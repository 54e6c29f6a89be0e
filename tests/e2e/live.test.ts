import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCapture } from "../factories/card-bodies.ts";
import { type OpenDesk, openDesk, sendWebhook } from "./open-desk.ts";
import { openPage, type RunningPaydesk } from "./paydesk.ts";

describe("lists, while webhooks arrive", () => {
  let desk: OpenDesk;
  let paydesk: RunningPaydesk;
  let page: Page;

  beforeAll(async () => {
    desk = await openDesk();
    ({ paydesk, page } = desk);
  }, 300_000);

  afterAll(() => desk?.close());

  /** Payments of its own minute each, so that a greater number is a newer one. */
  async function arrive(...numbers: readonly number[]): Promise<void> {
    for (const number of numbers) {
      const created = new Date(Date.parse("2026-03-10T00:00:00Z") + number * 60_000).toISOString();
      await sendWebhook(paydesk, aCapture({ number, data: { created, updated: created } }));
    }
  }
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const rowIds = () => page.locator("table[aria-label=Payments] tbody tr td:first-child a").allTextContents();

  it("show a payment that arrives without being loaded again, in every tab of the browser", async () => {
    const other = await page.context().newPage();
    await openPage(other, `${paydesk.url}/webhooks`);
    await page.bringToFront();
    await openPage(page, `${paydesk.url}/payments`);
    await page.getByText("No payments in sandbox yet").waitFor();
    await page.evaluate(() => Object.assign(window, { untouched: true }));
    await arrive(1);
    await page.getByRole("table", { name: "Payments" }).getByRole("row").nth(1).waitFor();
    expect(await page.evaluate(() => "untouched" in window)).toBe(true);
    await other.getByRole("table", { name: "Webhooks" }).waitFor();
    await other.close();
  }, 60_000);

  it("do not move under a reader on a further page, and say how many are new", async () => {
    await arrive(...range(2, 70));
    await openPage(page, `${paydesk.url}/payments`);
    // A further page asks aside what stands on the first: only what comes after that is new.
    const knowsFirstPage = page.waitForResponse(/payments\.data\?_routes=/);
    await page.getByRole("link", { name: "Older" }).click();
    await page.waitForURL(/cursor=/);
    await expect.poll(rowIds).toHaveLength(20);
    await knowsFirstPage;
    const before = await rowIds();
    await arrive(71, 72, 73);
    const news = page.getByRole("link", { name: "3 new" });
    await news.waitFor();
    expect(await rowIds()).toEqual(before);

    await news.click();
    await page.waitForURL((url) => !url.search.includes("cursor"));
    await page.locator("tbody tr").nth(49).waitFor();
    expect((await rowIds())[0]).toContain("000000000073");
  }, 60_000);

  it("do not jump under a reader who has scrolled down, not even while they are read again", async () => {
    // The page reads itself once more when its stream opens. Here the reader scrolls on before that is answered.
    await page.goto("about:blank");
    const held: Route[] = [];
    await page.route("**/payments.data", (route) => held.push(route), { times: 1 });
    await openPage(page, `${paydesk.url}/payments`);
    await expect.poll(() => held.length, { timeout: 15_000 }).toBe(1);
    await page.locator("tbody tr").nth(40).scrollIntoViewIfNeeded();
    const before = await rowIds();
    // Remix scrolls to the top. By the next microtask, before anything is drawn or heard, that has to be undone.
    await page.evaluate(() => {
      const places: number[] = [];
      Object.assign(window, { places });
      const { scrollTo } = window;
      window.scrollTo = (...to: readonly unknown[]) => {
        Reflect.apply(scrollTo, window, to);
        queueMicrotask(() => places.push(window.scrollY));
      };
    });
    const readAgain = page.waitForResponse("**/payments.data");
    await held[0]?.continue();
    await readAgain;
    await arrive(74);
    await page.getByRole("link", { name: "1 new" }).waitFor();
    expect(await rowIds()).toEqual(before);
    const places = await page.evaluate(() => ("places" in window ? (window.places as number[]) : []));
    expect(places.length).toBeGreaterThan(0);
    expect(Math.min(...places)).toBeGreaterThan(0);
  }, 60_000);

  it("are opened once, whatever arrives on the way", async () => {
    await page.goto("about:blank");
    const readAgain = page.waitForResponse("**/payments.data");
    await openPage(page, `${paydesk.url}/payments`);
    await readAgain;
    const held: Route[] = [];
    await page.route(/payments\.data\?cursor=/, (route) => held.push(route));
    await page.getByRole("link", { name: "Older" }).click();
    await expect.poll(() => held.length, { timeout: 15_000 }).toBe(1);
    // In two steps: what is sent before the page listens would be heard by nobody.
    await page.evaluate(() => {
      const channel = new BroadcastChannel("paydesk-live");
      const heard = new Promise<void>((done) => channel.addEventListener("message", () => done()));
      Object.assign(window, { heard });
    });
    await arrive(75);
    await page.evaluate(() => "heard" in window && window.heard);
    await held[0]?.continue();
    await page.waitForURL(/cursor=/);
    expect(held).toHaveLength(1);
    await page.unrouteAll();
  }, 60_000);

  it("can be taken away as CSV, the whole filter and nothing but", async () => {
    await page.goto(`${paydesk.url}/payments?cvn=M`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export CSV" }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const lines = Buffer.concat(chunks).toString("utf8").trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^payment_request_id,payment_id,reference_id,environment,status,currency,amount,/);
    expect(lines).toHaveLength(76);
  }, 60_000);
});
