import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findings, screenFindings, screens } from "./findings.ts";
import { walkByKeyboard } from "./keyboard.ts";
import { createAdministrator, launchBrowser, openPage, type RunningPaydesk, startPaydesk } from "./paydesk.ts";
import { makePaymentStates, type PaymentState, statesEnvironment } from "./payment-states.ts";

interface Expected {
  /** The word beside the amount. */
  readonly status: string;
  readonly amount: string;
  /** What the sentence must not leave out. */
  readonly verdict: RegExp;
  readonly flags?: readonly string[];
}

const answers: Readonly<Record<Exclude<PaymentState, "non-card payment">, Expected>> = {
  "paid with challenge": { status: "Paid", amount: "10,000.00 IDR", verdict: /3-D Secure.*CVN/i },
  frictionless: { status: "Paid", amount: "10,000.00 IDR", verdict: /3-D Secure/i },
  "declined by CVN": { status: "Failed", amount: "10,000.00 IDR", verdict: /CVN/ },
  "3DS failed": { status: "Failed", amount: "10,000.00 IDR", verdict: /3-D Secure|authenticat/i },
  "authorized, then captured in part": {
    status: "Paid",
    amount: "250,000.00 IDR",
    verdict: /100,000\.00/,
    flags: ["Captured in part"],
  },
  "paid after expiry": {
    status: "Paid",
    amount: "10,000.00 IDR",
    verdict: /10,000\.00 IDR/,
    flags: ["Paid after expiry", "Late success"],
  },
  conflict: {
    status: "Paid",
    amount: "10,000.00 IDR",
    verdict: /10,000\.00 IDR/,
    flags: ["Conflict", "Sources disagree"],
  },
  "void found by a check": { status: "Held", amount: "75,000.00 IDR", verdict: /75,000\.00 IDR/ },
  "paid twice in one session": {
    status: "Paid",
    amount: "10,000.00 IDR",
    verdict: /10,000\.00 IDR/,
    flags: ["Paid twice"],
  },
  "refunded in part": {
    status: "Paid",
    amount: "180,000.00 IDR",
    verdict: /60,000\.00 IDR/,
    flags: ["Refunded in part"],
  },
  disputed: { status: "Paid", amount: "10,000.00 IDR", verdict: /10,000\.00 IDR/, flags: ["Disputed"] },
};

describe("the payment page", () => {
  let paydesk: RunningPaydesk;
  let browser: Browser;
  let ids: Record<PaymentState, string>;
  let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;

  beforeAll(async () => {
    [paydesk, browser] = await Promise.all([startPaydesk(statesEnvironment), launchBrowser()]);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await createAdministrator(page, paydesk);
    ids = await makePaymentStates({ url: paydesk.url, page });
    signedIn = await context.storageState();
    await context.close();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await paydesk?.stop();
  });

  const addressOf = (state: PaymentState) => `${paydesk.url}/payments/${ids[state]}`;

  describe.each(screens)("at $width px, $colorScheme", ({ width, height, colorScheme }) => {
    let page: Page;
    beforeAll(async () => {
      // axe is put into the page by the test; the page's own policy would refuse it.
      const viewport = { width, height };
      const context = await browser.newContext({ viewport, colorScheme, storageState: signedIn, bypassCSP: true });
      page = await context.newPage();
    });
    afterAll(() => page?.context().close());

    it.each(Object.entries(answers))(
      "answers: %s",
      async (state, { status, amount, verdict, flags = [] }) => {
        const id = ids[state as PaymentState];
        expect(await findings(page, `${paydesk.url}/payments/${id}`)).toEqual([]);
        expect(await page.locator("h1").innerText()).toBe(id);

        const main = page.getByRole("main");
        await main.getByText(status, { exact: true }).first().waitFor();
        await main.getByText(amount, { exact: true }).first().waitFor();
        expect(await main.locator("[data-verdict]").innerText()).toMatch(verdict);
        const shown = await page.getByRole("list", { name: "Flags" }).allInnerTexts();
        for (const flag of flags) expect(shown.join("\n")).toContain(flag);
      },
      90_000,
    );

    it("says of a payment that was not made by card what its webhook says, and leads to it", async () => {
      const id = ids["non-card payment"];
      expect(await findings(page, addressOf("non-card payment"))).toEqual([]);
      expect(await page.locator("h1").innerText()).toBe(id);
      const main = page.getByRole("main");
      expect(await main.innerText()).toContain("Not a card payment: BRI virtual account, SUCCEEDED, 10,001.00 IDR.");
      expect(await main.innerText()).not.toMatch(/John Doe|2876783233/);
      await main.getByRole("link", { name: "payment.capture" }).click();
      await page.getByRole("heading", { level: 1, name: "payment.capture" }).waitFor();
    }, 90_000);

    it("lets everything be reached by keyboard, and shows where one is", async () => {
      for (const state of ["conflict", "paid with challenge"] as const) {
        await openPage(page, addressOf(state));
        await page.getByRole("region", { name: "Timeline" }).waitFor();
        const { missed, invisible, stops } = await walkByKeyboard(page, "main");
        expect({ state, missed, invisible }).toEqual({ state, missed: [], invisible: [] });
        expect(stops).toBeGreaterThan(10);
      }
    }, 120_000);
  });

  describe("at a desk", () => {
    let page: Page;
    beforeAll(async () => {
      const viewport = { width: 1440, height: 900 };
      const context = await browser.newContext({ viewport, storageState: signedIn, bypassCSP: true });
      page = await context.newPage();
    });
    afterAll(() => page?.context().close());

    it.each(["paid with challenge", "authorized, then captured in part", "conflict", "paid after expiry"] as const)(
      "tells what happened in the order it happened: %s",
      async (state) => {
        await openPage(page, addressOf(state));
        const timeline = page.getByRole("region", { name: "Timeline" });
        await timeline.waitFor();
        const times = await timeline.getByRole("listitem").evaluateAll((items) =>
          items.flatMap((item) => {
            // The first time of an entry is when it happened; what follows is when we heard of it.
            const at = item.querySelector("time")?.getAttribute("datetime");
            return at ? [at] : [];
          }),
        );
        expect(times.length).toBeGreaterThan(1);
        expect(times).toEqual([...times].sort());
      },
      90_000,
    );

    it("learns of a void by asking Xendit, from the keyboard alone", async () => {
      await openPage(page, addressOf("void found by a check"));
      await page.getByRole("button", { name: "Check with Xendit" }).first().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("main").getByText("Voided", { exact: true }).first().waitFor();
      expect(await page.getByRole("region", { name: "Check with Xendit" }).innerText()).toMatch(/CANCELED|Voided/);
      expect(await screenFindings(page)).toEqual([]);
    }, 90_000);

    it("keeps a note written without a mouse", async () => {
      await openPage(page, addressOf("disputed"));
      await page.getByLabel("Add a note").focus();
      await page.keyboard.type("The shopper sent the delivery slip.");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const notes = page.getByRole("region", { name: "Notes" });
      await notes.getByRole("list").getByText("The shopper sent the delivery slip.").waitFor();
      expect(await notes.innerText()).toContain("ada@example.com");
    }, 90_000);

    it("opens the evidence dialog by keyboard, keeps the focus in it, and gives it back on Escape", async () => {
      await openPage(page, addressOf("paid with challenge"));
      const trigger = page.getByRole("button", { name: /Evidence bundle/ });
      await trigger.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "Evidence bundle" });
      await dialog.waitFor();
      expect(await screenFindings(page)).toEqual([]);
      for (let presses = 0; presses < 12; presses++) {
        await page.keyboard.press("Tab");
        expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
      }
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      expect(await trigger.evaluate((element) => element === document.activeElement)).toBe(true);
    }, 90_000);

    it("lets filters and search be reached by keyboard as well", async () => {
      await openPage(page, `${paydesk.url}/payments?status=SUCCEEDED`);
      await page.getByRole("table", { name: "Payments" }).waitFor();
      const { missed, invisible } = await walkByKeyboard(page);
      expect({ missed, invisible }).toEqual({ missed: [], invisible: [] });
    }, 120_000);
  });
});
