import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CheckOptions, checkPayment } from "~/domain/checks/check-payment.server.ts";
import { listChecks } from "~/domain/checks/list-checks.server.ts";
import { startSession } from "~/domain/sessions/start-session.server.ts";
import { SECOND } from "~/lib/time.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { type Desk, eventually, openDesk, savedCard } from "../sessions/desk.ts";
import { aForm, aStarter } from "../sessions/factories.ts";

let desk: Desk;
let paymentRequestId: string;
afterEach(() => desk.close());

const environment = "sandbox" as const;
const key = () => ({ environment, paymentRequestId });
const options = (change: Partial<CheckOptions> = {}): CheckOptions => ({
  config: desk.config,
  by: aStarter(),
  now: new Date(),
  ...change,
});
const check = (change: Partial<CheckOptions> = {}) => checkPayment(desk.db, key(), options(change));
const later = (seconds: number) => new Date(Date.now() + seconds * SECOND);

async function latest() {
  const [view] = await listChecks(desk.db, aStarter().scope, key());
  if (!view) throw new Error("No check is listed");
  return view;
}

async function row() {
  const { paymentRequests } = desk.db.tables;
  const [found] = await desk.db.read
    .select()
    .from(paymentRequests)
    .where(eq(paymentRequests.paymentRequestId, paymentRequestId));
  return found;
}

/** Starts a session, pays it, and waits for the end that its webhooks tell; without them, for the hand-back's claim. */
async function pay(form: Record<string, unknown> = {}, { told = true } = {}): Promise<string> {
  const typed = aForm({ savedCard: savedCard("VISA", "FRICTIONLESS"), ...form });
  const started = await startSession(desk.db, typed, { config: desk.config, by: aStarter(), now: new Date() });
  if (!started.ok) throw new Error(started.refusal);
  ({ paymentRequestId } = await desk.pay(started.paymentSessionId));
  if (told) await eventually(async () => (await row())?.paymentId);
  else await claim(started.paymentSessionId);
  return started.paymentSessionId;
}

/** As the merchant's own server would: nothing here has seen the saved card. */
async function payElsewhere(): Promise<void> {
  const session = {
    reference_id: "order-1",
    session_type: "PAY",
    mode: "CARDS_SESSION_JS",
    amount: 10000,
    currency: "IDR",
    country: "ID",
    customer: { reference_id: "shopper-1", type: "INDIVIDUAL", individual_detail: { given_names: "Jaap" } },
    cards_session_js: {
      card_payment_token_id: savedCard("VISA", "FRICTIONLESS"),
      success_return_url: "https://shop.example/ok",
      failure_return_url: "https://shop.example/no",
    },
  };
  const answer = await (await sandbox("/sessions", session)).json();
  ({ paymentRequestId } = await desk.pay(answer.payment_session_id));
  await eventually(async () => (await row())?.paymentId);
}

async function claim(paymentSessionId: string): Promise<void> {
  const bytes = new TextEncoder().encode(
    JSON.stringify({ payment_session_id: paymentSessionId, payment_request_id: paymentRequestId }),
  );
  await desk.db.observe({ environment, source: "claim", subject: "payment_request", bytes, receivedAt: Date.now() });
}

async function sandbox(path: string, body: unknown = {}): Promise<Response> {
  const headers = { authorization: `Basic ${btoa(`${desk.keys.secretKey}:`)}`, "content-type": "application/json" };
  return fetch(`${desk.config.internalUrl}/sandbox${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

const asked = () => desk.asked.filter(({ line }) => line.startsWith("GET ")).map(({ line }) => line);
const stored = () => desk.db.read.select().from(desk.db.tables.checks);

describe("a check with Xendit", () => {
  beforeEach(async () => {
    desk = await openDesk();
  });

  it("reads session, request and payment, keeps the answers, and finds them like the webhooks", async () => {
    const paymentSessionId = await pay();
    await eventually(async () => (await row())?.paymentSessionId);
    desk.asked.length = 0;
    const checked = await check();
    expect(checked.ok).toBe(true);
    const view = await latest();
    expect(view).toMatchObject({ by: "ada@example.com", askedId: paymentRequestId });
    expect(view.calls.slice(0, 3).map(({ subject, httpStatus, refusal }) => [subject, httpStatus, refusal])).toEqual([
      ["session", 200, null],
      ["payment_request", 200, null],
      ["payment", 200, null],
    ]);
    expect(view.calls[0]?.id).toBe(paymentSessionId);
    expect(view.calls.every((call) => call.requestId !== null)).toBe(true);
    const [, request, payment] = view.calls;
    expect(payment?.comparison).toMatchObject({ eventType: "payment.capture", isSharedOnly: false });
    expect(payment?.comparison?.differences.filter((one) => one.isMaterial)).toEqual([]);
    expect(request?.comparison).toMatchObject({ eventType: "payment.capture", isSharedOnly: true });
    expect(view.summary.tone).toBe("good");
    expect(view.summary.text).toMatch(/^Xendit agrees with what webhooks told/);
  });

  it("fills in the card network of a payment started elsewhere, which its webhooks do not tell", async () => {
    await payElsewhere();
    expect((await row())?.network).toBeNull();
    await check();
    expect((await row())?.network).toBe("VISA");
    expect((await latest()).filledIn).toContainEqual(expect.objectContaining({ label: "Card network", value: "Visa" }));
  });

  it("learns of a void, which no webhook tells", async () => {
    await pay({ captureMethod: "MANUAL" });
    const held = await eventually(async () => ((await row())?.status === "AUTHORIZED" ? await row() : null));
    expect((await sandbox(`/v3/payments/${held.paymentId}/cancel`)).status).toBe(200);
    expect((await row())?.status).toBe("AUTHORIZED");
    await check();
    expect((await row())?.status).toBe("CANCELED");
    const view = await latest();
    expect(view.filledIn).toContainEqual({ label: "Status", value: "Voided", from: "payment" });
    const payment = view.calls.find((call) => call.subject === "payment");
    expect(payment).toMatchObject({ status: "CANCELED", isNews: true });
    expect(payment?.comparison?.differences[0]).toMatchObject({
      path: "status",
      api: "CANCELED",
      webhook: "AUTHORIZED",
      isMaterial: true,
    });
    expect(view.summary).toEqual({
      tone: "look",
      text: "Xendit tells otherwise: status CANCELED, by webhook AUTHORIZED.",
    });
  });

  it("that is made twice at once asks once, and a third right after asks nothing", async () => {
    await pay();
    await eventually(async () => (await row())?.paymentSessionId);
    desk.asked.length = 0;
    const [one, other] = await Promise.all([check(), check()]);
    expect(one).toEqual(other);
    const calls = asked();
    expect(calls.filter((line) => line.includes("/sessions/"))).toHaveLength(1);
    expect(await check()).toEqual({ ok: false, refusal: "just_checked" });
    expect(asked()).toEqual(calls);
    expect(await stored()).toHaveLength(1);
    expect((await check({ now: later(6) })).ok).toBe(true);
    expect((await listChecks(desk.db, aStarter().scope, key())).map((view) => view.calls.length > 0)).toEqual([
      true,
      true,
    ]);
    expect((await latest()).calls.every((call) => !call.isNews)).toBe(true);
  });

  it("is audited", async () => {
    await pay();
    await check();
    const { auditEntries } = desk.db.tables;
    const [entry] = await desk.db.read.select().from(auditEntries).where(eq(auditEntries.action, "xendit:check"));
    expect(entry).toMatchObject({ subject: paymentRequestId, actor: "ada@example.com", environment });
  });

  it("is not made of another business's payment, nor outside the operator's environments", async () => {
    await pay();
    desk.asked.length = 0;
    const others = aStarter({ scope: { environments: ["sandbox"], businessIds: ["somebody-else"] } });
    expect(await check({ by: others })).toEqual({ ok: false, refusal: "absent" });
    expect(await check({ by: aStarter({ environments: ["test"] }) })).toEqual({ ok: false, refusal: "absent" });
    expect(asked()).toEqual([]);
    await check();
    expect(await listChecks(desk.db, others.scope, key())).toEqual([]);
  });
});

describe("a check when no webhook came", () => {
  it("fills in everything and says that there is nothing to compare", async () => {
    desk = await openDesk({ mute: true });
    await pay({}, { told: false });
    let seconds = 0;
    await eventually(async () => {
      seconds += 10;
      await check({ now: later(seconds) });
      return (await row())?.status === "SUCCEEDED";
    });
    const view = await latest();
    expect(view.calls.every((call) => call.comparison === null)).toBe(true);
    expect(view.summary.text).toMatch(/^Xendit told what no webhook had: status, amount, card network and \d+ more\.$/);
    const filled = Object.fromEntries(view.filledIn.map(({ label, value }) => [label, value]));
    expect(filled).toMatchObject({ Status: "Paid", Amount: "10,000.00 IDR", "CVN result": "M" });
  });
});

describe("a check that goes wrong", () => {
  beforeEach(async () => {
    desk = await openDesk();
    await capture(desk.db, aCapture());
    paymentRequestId = aCapture().data.payment_request_id;
  });

  it("says that Xendit does not know the id, and keeps the payment as it was", async () => {
    const before = await row();
    await check();
    const view = await latest();
    expect(view.summary.text).toMatch(/^Nothing was read\. Xendit does not know this id with this key/);
    expect(view.calls.map(({ httpStatus, errorCode }) => [httpStatus, errorCode])).toContainEqual([
      404,
      "DATA_NOT_FOUND",
    ]);
    expect(await row()).toEqual(before);
  });

  it("stops at a key that is not accepted", async () => {
    desk = await reopenWithKeyChanged();
    await check();
    const view = await latest();
    expect(view.calls).toHaveLength(1);
    expect(view.calls[0]).toMatchObject({ httpStatus: 401 });
    expect(view.summary).toMatchObject({ tone: "bad" });
    expect(view.summary.text).toMatch(/does not accept the key/);
  });

  it("gives up at its deadline and says so", async () => {
    const config = { ...desk.config, internalUrl: await silentServer() };
    await check({ config, deadlineMs: 50 });
    expect((await latest()).summary.text).toMatch(/did not answer in time\. Nothing is lost/);
  });

  it("says when Xendit cannot be reached", async () => {
    const internalUrl = await silentServer();
    servers.pop()?.close();
    await check({ config: { ...desk.config, internalUrl } });
    expect((await latest()).summary.text).toMatch(/could not be reached/);
  });

  it("is refused where there is no key, and nothing is written", async () => {
    await capture(desk.db, aCapture({ number: 2 }), { environment: "test" });
    const other = { environment: "test" as const, paymentRequestId: aCapture({ number: 2 }).data.payment_request_id };
    expect(await checkPayment(desk.db, other, options())).toEqual({ ok: false, refusal: "no_key" });
    expect(await stored()).toEqual([]);
  });

  it("keeps no answer that is about something else", async () => {
    const config = { ...desk.config, internalUrl: await serverSaying({ payment_request_id: "pr-another" }) };
    await check({ config });
    const { observations } = desk.db.tables;
    const api = and(eq(observations.source, "api"), eq(observations.environment, environment));
    expect(await desk.db.read.select().from(observations).where(api)).toEqual([]);
    expect((await latest()).summary.text).toMatch(/not Xendit's answer about this id/);
  });

  it("keeps what was read before a call that failed, and names the one that was not read", async () => {
    const body = { payment_request_id: paymentRequestId, status: "SUCCEEDED", channel_code: "CARDS" };
    const config = { ...desk.config, internalUrl: await serverSaying(body, "payment_requests") };
    await check({ config });
    const view = await latest();
    expect(view.calls.find((call) => call.subject === "payment_request")).toMatchObject({
      refusal: null,
      isNews: true,
    });
    const payment = view.calls.find((call) => call.subject === "payment");
    expect(payment).toMatchObject({ httpStatus: 429 });
    expect(payment?.refusal).toMatch(/ask again in 7 s/);
    expect(view.summary).toEqual({ tone: "look", text: expect.stringMatching(/The payment was not read\.$/) });
  });
});

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(answer: (url: string, response: import("node:http").ServerResponse) => void): Promise<string> {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => answer(request.url ?? "", response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

const silentServer = () => listen(() => {});

/** Answers 200 with this body where the path has `only` in it, else 429. */
function serverSaying(body: unknown, only = ""): Promise<string> {
  return listen((url, response) => {
    if (url.includes(only)) return void response.writeHead(200).end(JSON.stringify(body));
    response.writeHead(429, { "retry-after": "7" }).end('{"error_code":"RATE_LIMIT_EXCEEDED","message":"slow"}');
  });
}

/** The sandbox answers 401 as Xendit does; a server in its place is the shortest way to a key it does not take. */
async function reopenWithKeyChanged(): Promise<Desk> {
  const internalUrl = await listen((_, response) => {
    response.writeHead(401).end('{"error_code":"INVALID_API_KEY","message":"API key is not authorized"}');
  });
  return { ...desk, config: { ...desk.config, internalUrl } };
}
