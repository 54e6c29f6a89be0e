import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page, Request as PageRequest, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSession } from "~/domain/sessions/start-session.server.ts";
import { loader } from "~/routes/sessions.$paymentSessionId.cvn.tsx";
import { action } from "~/routes/sessions.$paymentSessionId.hand-back.ts";
import { launchBrowser } from "../e2e/paydesk.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { type Desk, openDesk } from "./desk.ts";
import { aForm, aStarter } from "./factories.ts";

const MARKER = "9173";
const publicFile = (name: string) => readFileSync(join(import.meta.dirname, "../../public", name), "utf8");

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
afterAll(() => browser?.close());

let desk: Desk;
let call: Awaited<ReturnType<typeof signedIn>>;
let paymentSessionId: string;
let requests: { url: string; body: string }[];
/** What the hand-back answers instead of really being stored. */
let handBackStatus: number | null;
/** Stands in for the sandbox's script. */
let script: string | null;

beforeEach(async () => {
  desk = await openDesk();
  call = await signedIn(desk.db, { config: desk.config });
  const [operator] = await desk.db.read.select().from(desk.db.tables.operators);
  const by = aStarter({ operatorId: operator?.operatorId });
  const result = await startSession(desk.db, aForm(), { config: desk.config, by, now: new Date() });
  if (!result.ok) throw new Error(result.refusal);
  paymentSessionId = result.paymentSessionId;
  requests = [];
  handBackStatus = null;
  script = null;
});
afterEach(() => desk.close());

/** The real page with its real policy; the sandbox behind it is real too, unless the script is replaced. */
async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage(options);
  page.on("request", (request: PageRequest) => requests.push({ url: request.url(), body: request.postData() ?? "" }));
  await page.route(`${desk.config.publicUrl}/**`, serve);
  await page.goto(`${desk.config.publicUrl}/sessions/${paymentSessionId}/cvn`);
  return page;
}

async function serve(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (pathname === "/cvn-page.js" || pathname === "/cvn-page.css") {
    const contentType = pathname.endsWith("js") ? "text/javascript" : "text/css";
    return route.fulfill({ body: publicFile(pathname.slice(1)), contentType });
  }
  if (pathname.endsWith("/cvn")) return fulfil(route, await responseOf(loader(call(pathname, { paymentSessionId }))));
  if (pathname.endsWith("/hand-back")) return handBackRoute(route, pathname);
  if (pathname.endsWith("cards-session.min.js") && script !== null) {
    return route.fulfill({ body: script, contentType: "text/javascript" });
  }
  return pathname.startsWith("/sandbox/") ? route.continue() : route.fulfill({ body: `came to ${pathname}` });
}

async function handBackRoute(route: Route, path: string): Promise<void> {
  if (handBackStatus !== null) return route.fulfill({ status: handBackStatus, body: "{}" });
  const body = route.request().postData();
  const init = { method: "POST", body, headers: { "content-type": "application/json" } };
  return fulfil(route, await responseOf(action(call(path, { paymentSessionId }, init))));
}

async function fulfil(route: Route, response: Response): Promise<void> {
  const { status } = response;
  return route.fulfill({ status, headers: Object.fromEntries(response.headers), body: await response.text() });
}

const answering = (answer: string) =>
  `window.Xendit = { setPublishableKey() {}, payment: { collectCvn(data, done) { done(${answer}); } } };`;

async function pay(page: Page, cvn = MARKER): Promise<void> {
  await page.getByLabel("CVN").fill(cvn);
  await page.getByRole("button", { name: "Pay" }).click();
}

describe("the CVN page", () => {
  it("sends the CVN to the sandbox and nowhere else, hands back the request, and goes on to 3-D Secure", async () => {
    const page = await openPage();
    await pay(page);
    await page.getByRole("button", { name: "Authenticate" }).waitFor();
    const carrying = requests.filter((one) => `${one.url} ${one.body}`.includes(MARKER));
    expect(carrying.map((one) => new URL(one.url).pathname)).toEqual(["/sandbox/v3/payment_with_session"]);
    const told = requests.find((one) => one.url.endsWith("/hand-back"));
    expect(JSON.parse(told?.body ?? "")).toEqual({
      payment_request_id: expect.stringMatching(/^pr-/),
      challenge: true,
    });
    const [request] = await desk.db.read.select().from(desk.db.tables.paymentRequests);
    expect(request).toMatchObject({ paymentSessionId, sessionLink: "claimed" });
    await page.close();
  });

  it("sends nothing for a CVN that cannot be one", async () => {
    const page = await openPage();
    const before = requests.length;
    await pay(page, "12");
    await page.getByRole("alert").getByText("three or four digits").waitFor();
    expect(requests.length).toBe(before);
    await page.close();
  });

  it("says what was refused in plain words and clears the field", async () => {
    script = answering(`{ error_code: "INVALID_TOKEN_ERROR", message: "token invalid" }, null`);
    const page = await openPage();
    await pay(page);
    await page.getByRole("alert").getByText("The saved card cannot be used with this session").waitFor();
    expect(await page.getByLabel("CVN").inputValue()).toBe("");
    expect(await page.getByRole("button", { name: "Pay" }).isEnabled()).toBe(true);
    await page.close();
  });

  it("says so when the card script did not load", async () => {
    script = "";
    const page = await openPage();
    await pay(page);
    await page.getByRole("alert").getByText("could not be loaded").waitFor();
    await page.close();
  });

  it("goes back to the session when there is no challenge", async () => {
    script = answering(`null, { payment_request_id: "pr-1" }`);
    const page = await openPage();
    await pay(page);
    await page.getByText(`came to /sessions/${paymentSessionId}`).waitFor();
    await page.close();
  });

  it("does not open an address that is no web address", async () => {
    script = answering(`null, { payment_request_id: "pr-1", action_url: "javascript:document.title='hit'" }`);
    const page = await openPage();
    await pay(page);
    await page.getByRole("alert").getByText("not a web address").waitFor();
    expect(await page.title()).toBe("Confirm with the CVN · Paydesk");
    await page.close();
  });

  it("says that the request was not stored, and lets the payment go on", async () => {
    handBackStatus = 400;
    script = answering(`null, { payment_request_id: "pr-1" }`);
    const page = await openPage();
    await pay(page);
    await page.getByRole("alert").getByText("could not store pr-1").waitFor();
    await page.getByRole("link", { name: "Go on" }).click();
    await page.getByText("came to /sessions/").waitFor();
    await page.close();
  });

  it("may talk to no other place, and submits no form", async () => {
    const page = await openPage();
    const sent = await page.evaluate(() =>
      fetch("https://elsewhere.example/").then(
        () => "sent",
        () => "blocked",
      ),
    );
    expect(sent).toBe("blocked");
    await page.getByLabel("CVN").fill(MARKER);
    const violated = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          document.querySelector("form")?.submit();
        }),
    );
    expect(violated).toBe("form-action");
    expect(page.url()).not.toContain(MARKER);
    await page.close();
  });

  it.each(["light", "dark"] as const)("fits a phone and is accessible in %s", async (colorScheme) => {
    const page = await openPage({ viewport: { width: 390, height: 844 }, colorScheme });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: { run(): Promise<{ violations: { id: string; help: string }[] }> } }).axe.run(),
    );
    expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
    await page.close();
  });
});
