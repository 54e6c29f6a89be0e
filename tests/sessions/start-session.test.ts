import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isLiveOnly, obstaclesOf, startingEnvironment } from "~/domain/sessions/new-session-page.server.ts";
import { NewSessionForm } from "~/domain/sessions/session-form.ts";
import { refusedStart, startSaveSession, startSession } from "~/domain/sessions/start-session.server.ts";
import { aConfig } from "../setup/config.ts";
import { type Desk, openDesk, savedCard } from "./desk.ts";
import { aForm, aStarter, typedForm } from "./factories.ts";

const xendit = setupServer();
// This machine's own sandbox is real; anything else that was not planned fails the test.
const isLocal = (url: string) => new URL(url).hostname === "127.0.0.1";
beforeAll(() => xendit.listen({ onUnhandledRequest: ({ url }, print) => (isLocal(url) ? undefined : print.error()) }));
afterEach(() => xendit.resetHandlers());
afterAll(() => xendit.close());

const testKeys = { secretKey: "xnd_development_test", publicKey: "xnd_public_development_test" };
const liveKeys = { secretKey: "xnd_production_live", publicKey: null };

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ xendit: { test: testKeys, live: liveKeys } });
});
afterEach(() => desk.close());

const start = (form: NewSessionForm, by = aStarter()) =>
  startSession(desk.db, form, { config: desk.config, by, now: new Date() });

async function started(form: NewSessionForm): Promise<string> {
  const result = await start(form);
  if (!result.ok) throw new Error(result.refusal);
  return result.paymentSessionId;
}

const createdBody = () => desk.asked.find((one) => one.line === "POST /sandbox/sessions")?.body ?? "";

describe("starting a test session in the sandbox", () => {
  it("keeps the answer as an observation, the starter, and the first step with its exchange", async () => {
    const id = await started(aForm());
    const { sessions, testSessions, testSessionSteps, auditEntries } = desk.db.tables;
    const [session] = await desk.db.read.select().from(sessions);
    expect(session).toMatchObject({
      paymentSessionId: id,
      environment: "sandbox",
      status: "ACTIVE",
      amountMinor: 1_000_000,
    });
    const [test] = await desk.db.read.select().from(testSessions);
    expect(test).toMatchObject({ paymentSessionId: id, operatorId: "op_ada", polls: 0 });
    expect(test?.expiresAt).toBe(session?.expiresAt);
    const [step] = await desk.db.read.select().from(testSessionSteps);
    expect(step).toMatchObject({ step: "session", outcome: "created", exchange: { method: "POST", status: 201 } });
    const [audit] = await desk.db.read.select().from(auditEntries);
    expect(audit).toMatchObject({ action: "sessions:create", subject: id, actor: "ada@example.com" });
  });

  it("sends the amount by the digits that were typed", async () => {
    await started(aForm({ currency: "IDR", amount: "90071992.54" }));
    expect(createdBody()).toContain('"amount":90071992.54,');
  });

  it("sets the chosen levers by a call of their own and puts none into the session", async () => {
    const id = await started(
      aForm({
        flow: "CHALLENGE",
        network: "MASTERCARD",
        verificationResult: "N",
        addressResult: "Z",
        faults: ["late"],
      }),
    );
    const put = desk.asked.find((one) => one.line === `PUT /sandbox/levers/${id}`);
    expect(JSON.parse(put?.body ?? "")).toEqual({
      flow: "CHALLENGE",
      network: "MASTERCARD",
      cvn: "N",
      avs: "Z",
      faults: ["late"],
    });
    expect(createdBody()).not.toMatch(/lever|"flow"|"cvn"|"avs"|MASTERCARD|fault/);
  });

  it("calls no levers when none was chosen", async () => {
    await started(aForm());
    expect(desk.asked.some((one) => one.line.includes("levers"))).toBe(false);
  });

  it("reads the saved card, so that its network is known before any payment", async () => {
    await started(aForm({ savedCard: savedCard("MASTERCARD", "CHALLENGE") }));
    const { observations } = desk.db.tables;
    const kept = await desk.db.read.select({ subject: observations.subject }).from(observations);
    expect(kept.map((one) => one.subject).sort()).toEqual(["session", "token"]);
  });

  it("puts a random key, not the session's id, into the return addresses", async () => {
    const id = await started(aForm());
    const { success_return_url, failure_return_url } = JSON.parse(createdBody()).cards_session_js;
    const [test] = await desk.db.read.select().from(desk.db.tables.testSessions);
    expect(test?.returnKey).toMatch(/^[\w-]{32}$/);
    expect(success_return_url).toBe(`${desk.config.publicUrl}/sessions/return/${test?.returnKey}/success`);
    expect(failure_return_url).toBe(`${desk.config.publicUrl}/sessions/return/${test?.returnKey}/failure`);
    expect(success_return_url).not.toContain(id);
  });

  it("says in plain words what was refused, beside the field it is about, and keeps nothing", async () => {
    const result = await start(aForm({ amount: "4999" }));
    if (result.ok) throw new Error("It should have been refused.");
    const { errors, refusal } = refusedStart(result);
    expect(errors.amount).toContain("5000");
    expect(refusal.error?.errorCode).toBe("INVALID_AMOUNT");
    expect(refusal.exchange).toMatchObject({ status: 400, path: "/sessions" });
    expect(await desk.db.read.select().from(desk.db.tables.testSessions)).toEqual([]);
    expect(await desk.db.read.select().from(desk.db.tables.observations)).toEqual([]);
  });

  it("shows nothing of a refused customer in the raw exchange", async () => {
    const result = await start(aForm({ amount: "4999" }));
    if (result.ok) throw new Error("It should have been refused.");
    const shown = JSON.stringify(refusedStart(result).refusal.exchange);
    expect(shown).toContain("4999");
    expect(shown).not.toMatch(/shopper@|Jaap|Stam|6281234567890/);
  });

  it("saves a card with a session that charges nothing", async () => {
    const result = await startSaveSession(desk.db, aForm(), {
      config: desk.config,
      by: aStarter(),
      now: new Date(),
    });
    expect(result.ok).toBe(true);
    expect(JSON.parse(createdBody())).toMatchObject({ session_type: "SAVE", amount: 0 });
  });
});

describe("starting a test session at Xendit", () => {
  const testForm = aForm({ environment: "test", savedCard: "pt-real", verificationResult: "N", flow: "FRICTIONLESS" });

  it("sends the same body to Xendit, without levers, and never calls the sandbox", async () => {
    let body = "";
    xendit.use(
      http.post("https://api.xendit.co/sessions", async ({ request }) => {
        body = await request.text();
        return HttpResponse.json({ payment_session_id: "ps-real", status: "ACTIVE" }, { status: 201 });
      }),
      http.get("https://api.xendit.co/v3/payment_tokens/pt-real", () =>
        HttpResponse.json({ payment_token_id: "pt-real", status: "ACTIVE" }),
      ),
    );
    expect(await started(testForm)).toBe("ps-real");
    expect(JSON.parse(body)).toMatchObject({
      mode: "CARDS_SESSION_JS",
      cards_session_js: { card_payment_token_id: "pt-real" },
    });
    expect(body).not.toMatch(/"flow"|"cvn"|FRICTIONLESS/);
    expect(desk.asked).toEqual([]);
    const [test] = await desk.db.read.select().from(desk.db.tables.testSessions);
    expect(test).toMatchObject({ environment: "test", levers: {} });
  });

  it("goes on when the saved card cannot be read, and says so in its story", async () => {
    xendit.use(
      http.post("https://api.xendit.co/sessions", () =>
        HttpResponse.json({ payment_session_id: "ps-real", status: "ACTIVE" }, { status: 201 }),
      ),
      http.get("https://api.xendit.co/v3/payment_tokens/pt-real", () =>
        HttpResponse.json({ error_code: "REQUEST_FORBIDDEN_ERROR", message: "no" }, { status: 403 }),
      ),
    );
    await started(testForm);
    const steps = await desk.db.read.select().from(desk.db.tables.testSessionSteps);
    expect(steps.map((one) => one.outcome)).toEqual(["created", "card_not_read"]);
  });

  it("refuses an answer that names no session", async () => {
    xendit.use(http.post("https://api.xendit.co/sessions", () => HttpResponse.json({ hello: "there" })));
    expect(await start(testForm)).toMatchObject({ ok: false, refusal: "unreadable" });
  });

  it("is refused with a live key before anything is sent, whoever asks", async () => {
    const everywhere = aStarter({ environments: ["sandbox", "test", "live"] });
    expect(await start(aForm({ environment: "live" }), everywhere)).toEqual({ ok: false, refusal: "live" });
    expect(desk.asked).toEqual([]);
  });

  it("is refused outside the operator's environments", async () => {
    const elsewhere = aStarter({ environments: ["sandbox"] });
    expect(await start(testForm, elsewhere)).toEqual({ ok: false, refusal: "not_yours" });
  });
});

describe("what Xendit would refuse", () => {
  const xenditKeys = { test: testKeys, live: null };

  it("is said before it is sent: return addresses that are not public https", () => {
    const [obstacle] = obstaclesOf(aConfig({ xendit: xenditKeys }), "test");
    expect(obstacle?.text).toContain("http://127.0.0.1:3000");
    expect(obstacle?.text).toContain("INVALID_URL");
    expect(obstacle?.stops).toBe(false);
    const publicly = aConfig({ xendit: xenditKeys, publicUrl: "https://desk.example", loopback: false });
    expect(obstaclesOf(publicly, "test")).toEqual([]);
  });

  it("stops where nothing could work: no key, no public key, live", () => {
    const stops = (...args: Parameters<typeof obstaclesOf>) => obstaclesOf(...args).some((one) => one.stops);
    expect(stops(aConfig(), "test")).toBe(true);
    expect(stops(aConfig({ xendit: { test: { ...testKeys, publicKey: null }, live: null } }), "test")).toBe(true);
    expect(stops(aConfig({ xendit: { test: null, live: liveKeys } }), "live")).toBe(true);
    expect(stops(aConfig(), "sandbox")).toBe(false);
  });
});

describe("the form", () => {
  const errorsOf = (change: Record<string, unknown>) => {
    const parsed = NewSessionForm.safeParse(typedForm(change));
    return parsed.success ? {} : Object.fromEntries(parsed.error.issues.map((one) => [one.path[0], one.message]));
  };

  it.each([
    [{ amount: "" }, "amount"],
    [{ amount: "0" }, "amount"],
    [{ amount: "-5" }, "amount"],
    [{ amount: "10.005" }, "amount"],
    [{ amount: "10,000" }, "amount"],
    [{ currency: "VND", amount: "1000.5" }, "amount"],
    [{ savedCard: "py-1" }, "savedCard"],
    [{ country: "US" }, "country"],
    [{ givenNames: "" }, "givenNames"],
    [{ customerId: "12" }, "customerId"],
    [{ mobileNumber: "0812" }, "mobileNumber"],
    [{ verificationResult: "Q" }, "verificationResult"],
    [{ eci: "5" }, "eci"],
  ])("refuses %j beside its field", (change, field) => {
    expect(Object.keys(errorsOf(change))).toEqual([field]);
  });

  it("takes a customer id in the place of a customer", () => {
    expect(errorsOf({ givenNames: "", customerId: "cust-5da6544e-9c48-460f-9708-ad6fa04cc4ac" })).toEqual({});
  });
});

describe("where a session is started when nobody says", () => {
  const anywhere = aStarter().scope;

  it("is the installation's own environment, unless that is live", () => {
    expect(startingEnvironment(aConfig(), anywhere)).toBe("sandbox");
    expect(isLiveOnly(aConfig())).toBe(false);
    const live = { secretKey: "xnd_production_x", publicKey: null };
    const liveOnly = aConfig({ defaultEnvironment: "live", sandbox: false, xendit: { test: null, live } });
    expect(isLiveOnly(liveOnly)).toBe(true);
    expect(isLiveOnly({ ...liveOnly, sandbox: true })).toBe(false);
    const beside = { xendit: { test: testKeys, live: liveKeys }, sandbox: false } as const;
    expect(startingEnvironment(aConfig({ ...beside, defaultEnvironment: "live" }), anywhere)).toBe("test");
    expect(startingEnvironment(aConfig({ ...beside, defaultEnvironment: "test" }), anywhere)).toBe("test");
  });

  it("is one the operator may start in", () => {
    const both = aConfig({ xendit: { test: testKeys, live: null }, defaultEnvironment: "test" });
    expect(startingEnvironment(both, { environments: ["sandbox"], businessIds: null })).toBe("sandbox");
    expect(startingEnvironment(both, { environments: [], businessIds: null })).toBeNull();
  });
});
