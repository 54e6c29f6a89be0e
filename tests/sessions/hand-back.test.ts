import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findCvnPage } from "~/domain/sessions/cvn-page.server.ts";
import { HandBack, handBack } from "~/domain/sessions/hand-back.server.ts";
import { recordReturn } from "~/domain/sessions/record-return.server.ts";
import { startSession } from "~/domain/sessions/start-session.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { action } from "~/routes/sessions.$paymentSessionId.hand-back.ts";
import { aPaymentRequest, insertPaymentRequests } from "../factories/list-rows.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { type Desk, openDesk } from "./desk.ts";
import { aForm, aStarter } from "./factories.ts";

const MARKER = "9173";
const everything: Scope = { environments: ["sandbox", "test"], businessIds: null };

let desk: Desk;
let paymentSessionId: string;
beforeEach(async () => {
  desk = await openDesk();
  paymentSessionId = await begin();
});
afterEach(() => desk.close());

async function begin(): Promise<string> {
  const result = await startSession(desk.db, aForm(), { config: desk.config, by: aStarter(), now: new Date() });
  if (!result.ok) throw new Error(result.refusal);
  return result.paymentSessionId;
}

const tell = (paymentRequestId: string, change: Partial<Parameters<typeof handBack>[2]> = {}) =>
  handBack(
    desk.db,
    { payment_request_id: paymentRequestId, challenge: true },
    { scope: everything, paymentSessionId, operatorId: "op_ada", now: new Date(), ...change },
  );

const requests = () => desk.db.read.select().from(desk.db.tables.paymentRequests);
const cvnSteps = async () =>
  (await desk.db.read.select().from(desk.db.tables.testSessionSteps)).filter((one) => one.step === "cvn");

describe("a hand-back", () => {
  it("links the payment request to the session as a claim, until somebody else says the same", async () => {
    await tell("pr-1");
    expect(await requests()).toMatchObject([
      { paymentRequestId: "pr-1", paymentSessionId, sessionLink: "claimed", status: "UNKNOWN" },
    ]);
    const bytes = JSON.stringify({
      payment_session_id: paymentSessionId,
      payment_request_id: "pr-1",
      status: "COMPLETED",
    });
    const answer = { environment: "sandbox", source: "api", subject: "session", receivedAt: 1 } as const;
    await desk.db.observe({ ...answer, bytes: new TextEncoder().encode(bytes) });
    expect(await requests()).toMatchObject([{ paymentRequestId: "pr-1", sessionLink: "confirmed" }]);
  });

  it("is taken once per payment request, and once only of two at the same moment", async () => {
    const both = await Promise.all([tell("pr-1"), tell("pr-1")]);
    expect(both.map((one) => one.ok).sort()).toEqual([false, true]);
    expect(await tell("pr-1")).toMatchObject({ ok: false, refusal: "already" });
    expect(await cvnSteps()).toHaveLength(1);
  });

  it("is taken again for another try of the same session", async () => {
    await tell("pr-1");
    expect((await tell("pr-2")).ok).toBe(true);
    expect(await cvnSteps()).toHaveLength(2);
  });

  it("is taken only from the operator who started the session", async () => {
    expect(await tell("pr-1", { operatorId: "op_somebody" })).toMatchObject({ ok: false, refusal: "absent" });
    expect(await tell("pr-1", { scope: { ...everything, environments: ["test"] } })).toMatchObject({
      ok: false,
      refusal: "absent",
    });
    expect(await requests()).toEqual([]);
  });

  it("cannot take a payment request from another session", async () => {
    await tell("pr-1");
    const other = await begin();
    expect(await tell("pr-1", { paymentSessionId: other })).toMatchObject({ ok: false, refusal: "belongs_elsewhere" });
    expect(await requests()).toMatchObject([{ paymentRequestId: "pr-1", paymentSessionId }]);
  });

  it("cannot take a payment request of another business, and says the same as of another session", async () => {
    const { sessions } = desk.db.tables;
    const [session] = await desk.db.read.select({ businessId: sessions.businessId }).from(sessions);
    const own = session?.businessId ?? "";
    expect(own).not.toBe("");
    const unlinked = (paymentRequestId: string, businessId: string | null) =>
      aPaymentRequest({ paymentRequestId, businessId, paymentSessionId: null });
    await insertPaymentRequests(desk.db, [
      unlinked("pr-foreign", "biz-2"),
      unlinked("pr-nobody", null),
      unlinked("pr-own", own),
    ]);
    const refusal = { ok: false, refusal: "belongs_elsewhere" };
    const mine: Scope = { ...everything, businessIds: [own] };
    expect(await tell("pr-foreign")).toMatchObject(refusal);
    expect(await tell("pr-foreign", { scope: mine })).toMatchObject(refusal);
    expect(await tell("pr-nobody", { scope: mine })).toMatchObject(refusal);
    expect(await tell("pr-own", { scope: { ...everything, businessIds: ["biz-2"] } })).toMatchObject(refusal);
    expect(await cvnSteps()).toEqual([]);
    expect((await requests()).map((one) => one.paymentSessionId)).toEqual([null, null, null]);
    expect((await tell("pr-own", { scope: mine })).ok).toBe(true);
    expect((await tell("pr-new", { scope: mine })).ok).toBe(true);
    expect(await tell("pr-new", { scope: mine })).toMatchObject({ ok: false, refusal: "already" });
  });

  it("comes too late after the session's expiry, and not without end before it", async () => {
    const tomorrow = new Date(Date.now() + 24 * 60 * 60_000);
    expect(await tell("pr-1", { now: tomorrow })).toMatchObject({ ok: false, refusal: "too_late" });
    for (let index = 0; index < 20; index += 1) expect((await tell(`pr-a${index}`)).ok).toBe(true);
    expect(await tell("pr-b")).toMatchObject({ ok: false, refusal: "too_many" });
  });

  it("starts the polls again", async () => {
    const { testSessions } = desk.db.tables;
    await desk.db.write([{ query: desk.db.read.update(testSessions).set({ pollAt: null, polls: 9 }), rows: 1 }]);
    const now = new Date();
    await tell("pr-1", { now });
    const [row] = await desk.db.read.select().from(testSessions);
    expect(row).toMatchObject({ polls: 0, pollAt: now.getTime() + 2_000 });
  });

  it("of a saved card is told in the story, and links nothing", async () => {
    const claim = { payment_token_id: "pt-1" };
    const who = { scope: everything, paymentSessionId, operatorId: "op_ada", now: new Date() } as const;
    expect((await handBack(desk.db, claim, who)).ok).toBe(true);
    expect(await cvnSteps()).toMatchObject([{ outcome: "pt-1" }]);
    expect(await requests()).toEqual([]);
  });
});

describe("the door a hand-back comes by", () => {
  const send = async (body: unknown, role: "admin" | "viewer" = "admin", type = "application/json") => {
    const call = await signedIn(desk.db, { role, config: desk.config });
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const init = { method: "POST", body: text, headers: { "content-type": type } };
    return responseOf(action(call(`/sessions/${paymentSessionId}/hand-back`, { paymentSessionId }, init)));
  };

  it.each([
    ["a CVN beside it", { payment_request_id: "pr-1", cvn: MARKER }],
    ["a CVN under another name", { payment_request_id: "pr-1", security_code: MARKER }],
    ["nothing but a CVN", { cvn: MARKER }],
    ["an id that is none", { payment_request_id: MARKER }],
    ["an id with more in it", { payment_request_id: `pr-1 ${MARKER}` }],
    ["no JSON", `cvn=${MARKER}`],
    ["far too much", { payment_request_id: "pr-1", challenge: true, more: "x".repeat(2000) }],
  ])("refuses %s, repeats nothing of it and keeps nothing", async (_, body) => {
    const response = await send(body);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain(MARKER);
    expect(await requests()).toEqual([]);
    expect(await cvnSteps()).toEqual([]);
  });

  it("refuses a form: only the page's own script sends JSON", async () => {
    const response = await send("payment_request_id=pr-1", "admin", "application/x-www-form-urlencoded");
    expect(response.status).toBe(400);
  });

  it("answers somebody else's session like one that is not there", async () => {
    expect((await send({ payment_request_id: "pr-1" })).status).toBe(404);
  });

  it("is shut to roles that start no sessions", async () => {
    expect((await send({ payment_request_id: "pr-1" }, "viewer")).status).toBe(403);
  });

  it("has no field a CVN could be in", () => {
    expect(Object.keys(HandBack.shape).sort()).toEqual(["challenge", "payment_request_id", "payment_token_id"]);
  });
});

describe("the CVN page", () => {
  const find = (change: object = {}) =>
    findCvnPage(desk.db, {
      config: desk.config,
      scope: { environments: ["sandbox"], businessIds: null },
      operatorId: "op_ada",
      paymentSessionId,
      ...change,
    });

  it("is there for the one who started the session, and for nobody else", async () => {
    expect(await find()).toMatchObject({ kind: "page", page: { amount: "10,000.00 IDR", kind: "pay" } });
    expect(await find({ operatorId: "op_somebody" })).toBeNull();
    expect(await find({ scope: { environments: ["test"], businessIds: null } })).toBeNull();
  });

  it("holds the public key and never the secret one", async () => {
    const text = JSON.stringify(await find());
    expect(text).toContain(desk.keys.publicKey);
    expect(text).not.toContain(desk.keys.secretKey);
  });

  it("sends on to the session once that is over", async () => {
    const bytes = new TextEncoder().encode(
      JSON.stringify({ payment_session_id: paymentSessionId, status: "EXPIRED", updated: "2999-01-01T00:00:00Z" }),
    );
    await desk.db.observe({ environment: "sandbox", source: "api", subject: "session", bytes, receivedAt: 1 });
    expect(await find()).toEqual({ kind: "elsewhere", path: `/sessions/${paymentSessionId}` });
  });
});

describe("coming back from 3-D Secure", () => {
  const returnKey = async () => (await desk.db.read.select().from(desk.db.tables.testSessions))[0]?.returnKey ?? "";
  const back = async (outcome: "success" | "failure", key?: string) =>
    recordReturn(desk.db, {
      returnKey: key ?? (await returnKey()),
      outcome,
      environments: ["sandbox"],
      now: new Date(),
    });
  const returns = async () =>
    (await desk.db.read.select().from(desk.db.tables.testSessionSteps))
      .filter((one) => one.step === "return")
      .map((one) => one.outcome);

  it("is noted once, however often the address is opened", async () => {
    await tell("pr-1");
    expect(await back("success")).toMatchObject({ paymentSessionId });
    await back("success");
    expect(await returns()).toEqual(["success"]);
  });

  it("is noted for every try", async () => {
    await tell("pr-1");
    await back("failure");
    await tell("pr-2", { now: new Date(Date.now() + 5) });
    await back("failure");
    expect(await returns()).toEqual(["failure", "failure"]);
  });

  it("says nothing about the payment", async () => {
    await tell("pr-1");
    await back("success");
    expect(await requests()).toMatchObject([{ status: "UNKNOWN" }]);
  });

  it("with a key nobody has is nowhere", async () => {
    expect(await back("success", "guessed")).toBeNull();
    expect(await returns()).toEqual([]);
  });
});
