import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cancelSession } from "~/domain/sessions/cancel-session.server.ts";
import { handBack } from "~/domain/sessions/hand-back.server.ts";
import { recordReturn } from "~/domain/sessions/record-return.server.ts";
import { findSessionPage } from "~/domain/sessions/session-page.server.ts";
import { isFinished, tellStory } from "~/domain/sessions/session-story.ts";
import { startSaveSession, startSession } from "~/domain/sessions/start-session.server.ts";
import { type Desk, eventually, openDesk, savedCard } from "./desk.ts";
import { aForm, aStarter } from "./factories.ts";

const scope = { environments: ["sandbox"], businessIds: null } as const;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

async function begin(change: Record<string, unknown> = {}): Promise<string> {
  const options = { config: desk.config, by: aStarter(), now: new Date() };
  const result = await startSession(desk.db, aForm(change), options);
  if (!result.ok) throw new Error(result.refusal);
  return result.paymentSessionId;
}

async function page(paymentSessionId: string) {
  const found = await findSessionPage(desk.db, scope, { paymentSessionId, environment: null });
  if (!found) throw new Error("No such session");
  return found;
}

const states = async (paymentSessionId: string) =>
  tellStory(await page(paymentSessionId)).map((chapter) => `${chapter.name} ${chapter.state}`);

const told = (paymentSessionId: string) =>
  eventually(async () => {
    const found = await page(paymentSessionId);
    return isFinished(found) ? found : null;
  });

async function enterCvn(paymentSessionId: string): Promise<string> {
  const { paymentRequestId, actionUrl } = await desk.pay(paymentSessionId);
  const claim = { payment_request_id: paymentRequestId, challenge: actionUrl !== null };
  const who = { scope, paymentSessionId, operatorId: "op_ada", now: new Date() } as const;
  const handed = await handBack(desk.db, claim, who);
  if (!handed.ok) throw new Error(handed.refusal);
  return actionUrl ?? "";
}

async function press(actionUrl: string, result: string): Promise<void> {
  const response = await fetch(actionUrl, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `result=${result}`,
  });
  const { pathname } = new URL(response.headers.get("location") ?? "");
  const [returnKey = "", outcome] = pathname.split("/").slice(-2);
  if (outcome !== "success" && outcome !== "failure") throw new Error(`Sent to ${pathname}`);
  await recordReturn(desk.db, { returnKey, outcome, environments: ["sandbox"], now: new Date() });
}

describe("the story of a challenged session", () => {
  it("waits for the CVN, then for the challenge, then for the webhook, and ends with it", async () => {
    const id = await begin();
    expect(await states(id)).toEqual(["session done", "cvn now", "three_ds later", "return later", "webhook later"]);
    const actionUrl = await enterCvn(id);
    expect(await states(id)).toEqual(["session done", "cvn done", "three_ds now", "return later", "webhook now"]);
    await press(actionUrl, "authenticate");
    const ended = await told(id);
    expect(await states(id)).toEqual(["session done", "cvn done", "three_ds done", "return done", "webhook done"]);
    expect(tellStory(ended).at(-1)?.text).toBe("payment.capture");
    expect(ended.tries).toMatchObject([{ status: "SUCCEEDED", network: "MASTERCARD", eci: "02", cvn: "M" }]);
  });

  it("carries the exchange behind every call, the browser's without its CVN", async () => {
    const id = await begin({ verificationResult: "N" });
    await enterCvn(id);
    const entries = tellStory(await page(id)).flatMap((chapter) => chapter.entries);
    const lines = entries.flatMap(({ exchange }) => (exchange ? [`${exchange.method} ${exchange.path}`] : []));
    expect(lines).toEqual([
      "POST /sessions",
      `PUT /levers/${id}`,
      expect.stringMatching(/^GET \/v3\/payment_tokens\//),
      "POST /v3/payment_with_session",
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/\b321\b/);
  });

  it("shows nothing of its customer", async () => {
    const page = await findSessionPage(desk.db, scope, { paymentSessionId: await begin(), environment: null });
    const shown = JSON.stringify(page?.steps);
    expect(shown).toContain("/sessions");
    expect(shown).not.toMatch(/shopper@|Jaap|Stam|6281234567890/);
  });

  it("says that a challenge timed out, and never that it was done", async () => {
    const id = await begin();
    await press(await enterCvn(id), "time_out");
    await eventually(async () => (await page(id)).tries.some((one) => one.status === "FAILED"));
    const chapter = tellStory(await page(id)).find((one) => one.name === "three_ds");
    expect(chapter).toMatchObject({ state: "bad", text: "Timed out" });
  });

  it("that is failed at the challenge may be tried again, and tells both tries", async () => {
    const id = await begin();
    await press(await enterCvn(id), "fail");
    await eventually(async () => (await page(id)).tries.some((one) => one.status === "FAILED"));
    expect(await states(id)).toEqual(["session done", "cvn done", "three_ds bad", "return bad", "webhook bad"]);
    await press(await enterCvn(id), "authenticate");
    const ended = await told(id);
    expect(ended.tries.map((one) => one.status).sort()).toEqual(["FAILED", "SUCCEEDED"]);
    expect(await states(id)).toEqual(["session done", "cvn done", "three_ds done", "return done", "webhook done"]);
  });
});

describe("the story of other sessions", () => {
  it("leaves out challenge and return when none was asked", async () => {
    const id = await begin({ savedCard: savedCard("VISA", "FRICTIONLESS") });
    expect(await enterCvn(id)).toBe("");
    await told(id);
    expect(await states(id)).toEqual([
      "session done",
      "cvn done",
      "three_ds skipped",
      "return skipped",
      "webhook done",
    ]);
  });

  it("of a cancelled one ends there, and cannot be cancelled twice", async () => {
    const id = await begin();
    const options = { config: desk.config, environment: "sandbox", paymentSessionId: id, by: aStarter() } as const;
    expect(await cancelSession(desk.db, { ...options, now: new Date() })).toEqual({ ok: true });
    expect((await states(id)).slice(0, 2)).toEqual(["session bad", "cvn skipped"]);
    const again = await cancelSession(desk.db, { ...options, now: new Date() });
    expect(again).toMatchObject({ ok: false, refusal: "xendit", error: { errorCode: "INVALID_SESSION_STATUS" } });
  });

  it("is told from what is known when it was not started here", async () => {
    const bytes = new TextEncoder().encode(
      JSON.stringify({ payment_session_id: "ps-elsewhere", status: "EXPIRED", created: "2026-03-31T08:00:00Z" }),
    );
    await desk.db.observe({ environment: "sandbox", source: "api", subject: "session", bytes, receivedAt: 1 });
    const found = await page("ps-elsewhere");
    expect(found.test).toBeNull();
    expect((await states("ps-elsewhere")).slice(0, 2)).toEqual(["session bad", "cvn skipped"]);
  });

  it("of one that saves a card ends with its token", async () => {
    const result = await startSaveSession(desk.db, aForm(), { config: desk.config, by: aStarter(), now: new Date() });
    if (!result.ok) throw new Error(result.refusal);
    const { paymentSessionId } = result;
    expect(await states(paymentSessionId)).toContain("cvn now");
    const saved = await saveCard(paymentSessionId);
    await told(paymentSessionId);
    const found = await eventually(async () => {
      const now = await page(paymentSessionId);
      return now.webhooks.some((one) => one.eventType === "payment_token.activation") ? now : null;
    });
    expect(JSON.stringify(tellStory(found))).toContain(saved);
    expect(JSON.stringify(found)).not.toContain("4000000000001000");
  });

  it("tells nothing of another business's tries and webhooks", async () => {
    const id = await begin({ savedCard: savedCard("VISA", "FRICTIONLESS") });
    await enterCvn(id);
    const { session, tries, webhooks } = await told(id);
    expect(tries).toHaveLength(1);
    expect(webhooks.length).toBeGreaterThan(0);
    const { sessions } = desk.db.tables;
    await desk.db.write([{ query: desk.db.read.update(sessions).set({ businessId: "biz-2" }), rows: 1 }]);
    const find = (businessId: string) =>
      findSessionPage(desk.db, { ...scope, businessIds: [businessId] }, { paymentSessionId: id, environment: null });
    expect(await find("biz-2")).toMatchObject({ tries: [], webhooks: [] });
    expect(await find(session.businessId ?? "")).toBeNull();
  });

  it("is not there for those who may not see its environment or business", async () => {
    const id = await begin();
    const asked = { paymentSessionId: id, environment: null };
    expect(await findSessionPage(desk.db, { environments: ["test"], businessIds: null }, asked)).toBeNull();
    expect(await findSessionPage(desk.db, { environments: ["sandbox"], businessIds: ["b-1"] }, asked)).toBeNull();
  });
});

/** The browser's call with a frictionless test card. */
async function saveCard(paymentSessionId: string): Promise<string> {
  const response = await fetch(`${desk.config.internalUrl}/sandbox/v3/payment_with_session`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${desk.keys.publicKey}:`)}`, "content-type": "application/json" },
    body: JSON.stringify({
      payment_session_id: paymentSessionId,
      card_number: "4000000000001000",
      expiry_month: "12",
      expiry_year: "2034",
      cvn: "321",
      cardholder_first_name: "Jaap",
      cardholder_last_name: "Stam",
      cardholder_email: "shopper@example.com",
      device: { fingerprint: "f" },
    }),
  });
  const { payment_token_id } = await response.json();
  const who = { scope, paymentSessionId, operatorId: "op_ada", now: new Date() } as const;
  await handBack(desk.db, { payment_token_id, challenge: false }, who);
  return payment_token_id;
}
