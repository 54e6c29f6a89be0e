import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { handBack } from "~/domain/sessions/hand-back.server.ts";
import { startSessionPoller } from "~/domain/sessions/poll.server.ts";
import { type DueSession, nextPollAt, pollSession } from "~/domain/sessions/poll-session.server.ts";
import { startSession } from "~/domain/sessions/start-session.server.ts";
import { MINUTE, SECOND } from "~/lib/time.ts";
import { type Desk, eventually, openDesk, savedCard } from "./desk.ts";
import { aForm, aStarter } from "./factories.ts";

let desk: Desk;
let paymentSessionId: string;
beforeEach(async () => {
  desk = await openDesk({ mute: true });
  const form = aForm({ savedCard: savedCard("VISA", "FRICTIONLESS"), verificationResult: "N" });
  const result = await startSession(desk.db, form, { config: desk.config, by: aStarter(), now: new Date() });
  if (!result.ok) throw new Error(result.refusal);
  paymentSessionId = result.paymentSessionId;
});
afterEach(() => desk.close());

const testRow = async () => {
  const [row] = await desk.db.read.select().from(desk.db.tables.testSessions);
  if (!row) throw new Error("No test session");
  return row;
};

const due = async (): Promise<DueSession> => {
  const { environment, createdAt, expiresAt, polls, pollAt } = await testRow();
  return { environment, paymentSessionId, createdAt, expiresAt: expiresAt ?? 0, polls, pollAt: pollAt ?? 0 };
};

const poll = async (now = Date.now()) =>
  pollSession(desk.db, await due(), { config: desk.config, signal: new AbortController().signal, now });

const checks = async () =>
  (await desk.db.read.select().from(desk.db.tables.testSessionSteps))
    .filter((one) => one.step === "check")
    .map((one) => one.outcome);

async function pay(): Promise<string> {
  const { paymentRequestId } = await desk.pay(paymentSessionId);
  const scope = { environments: ["sandbox"], businessIds: null } as const;
  const who = { scope, paymentSessionId, operatorId: "op_ada", now: new Date() } as const;
  await handBack(desk.db, { payment_request_id: paymentRequestId, challenge: false }, who);
  return paymentRequestId;
}

async function requestAtXendit(paymentRequestId: string): Promise<string> {
  const url = `${desk.config.internalUrl}/sandbox/v3/payment_requests/${paymentRequestId}`;
  const response = await fetch(url, { headers: { authorization: `Basic ${btoa(`${desk.keys.secretKey}:`)}` } });
  return JSON.parse(await response.text()).status;
}

describe("a poll", () => {
  it("learns the end from the API when no webhook comes, and stops there", async () => {
    const paymentRequestId = await pay();
    await eventually(async () => {
      await poll();
      return (await testRow()).pollAt === null;
    });
    const [request] = await desk.db.read.select().from(desk.db.tables.paymentRequests);
    expect(request).toMatchObject({ paymentRequestId, status: "SUCCEEDED", cvn: "N", sessionLink: "confirmed" });
    const [session] = await desk.db.read.select().from(desk.db.tables.sessions);
    expect(session?.status).toBe("COMPLETED");
    expect(await desk.db.read.select().from(desk.db.tables.events)).toEqual([]);
    expect(await checks()).toEqual(
      expect.arrayContaining(["session:COMPLETED", "payment_request:SUCCEEDED", "payment:SUCCEEDED"]),
    );
  });

  it("that hears nothing new leaves no line in the story", async () => {
    await poll();
    const before = await checks();
    await poll();
    await poll();
    expect(await checks()).toEqual(before);
  });

  it("asks nothing when a webhook has told the end already", async () => {
    const body = (status: string) =>
      new TextEncoder().encode(
        JSON.stringify({
          payment_session_id: paymentSessionId,
          session_type: "PAY",
          status,
          updated: "2999-01-01T00:00:00Z",
        }),
      );
    await desk.db.observe({
      environment: "sandbox",
      source: "api",
      subject: "session",
      bytes: body("CANCELED"),
      receivedAt: 1,
    });
    desk.asked.length = 0;
    await poll();
    expect(desk.asked).toEqual([]);
    expect((await testRow()).pollAt).toBeNull();
  });

  it("is made once when two would make it at the same moment", async () => {
    desk.asked.length = 0;
    const once = await due();
    const options = { config: desk.config, signal: new AbortController().signal, now: Date.now() };
    await Promise.all([pollSession(desk.db, once, options), pollSession(desk.db, once, options)]);
    expect(desk.asked.filter((one) => one.line.startsWith("GET /sandbox/sessions/"))).toHaveLength(1);
  });

  it("leaves a hand-back that came meanwhile its own look, whichever of the two wrote first", async () => {
    const before = await due();
    await pay();
    const handedBack = await testRow();
    const options = { config: desk.config, signal: new AbortController().signal, now: Date.now() };
    desk.asked.length = 0;
    await pollSession(desk.db, before, options);
    expect(await testRow()).toMatchObject({ pollAt: handedBack.pollAt, polls: 0 });
    expect(desk.asked).toEqual([]);
  });

  it("that finds the end does not stop what a hand-back has started again", async () => {
    const before = await due();
    await desk.db.observe({
      environment: "sandbox",
      source: "api",
      subject: "session",
      bytes: new TextEncoder().encode(
        JSON.stringify({ payment_session_id: paymentSessionId, session_type: "PAY", status: "CANCELED" }),
      ),
      receivedAt: 1,
    });
    const { testSessions } = desk.db.tables;
    const soon = Date.now() + 2 * SECOND;
    await desk.db.write([{ query: desk.db.read.update(testSessions).set({ pollAt: soon, polls: 0 }), rows: 1 }]);
    const options = { config: desk.config, signal: new AbortController().signal, now: Date.now() };
    await pollSession(desk.db, before, options);
    expect((await testRow()).pollAt).toBe(soon);
  });

  it("whose call fails is noted, and the next one is still made", async () => {
    const elsewhere = { ...desk.config, internalUrl: "http://127.0.0.1:1" };
    const options = { config: elsewhere, signal: new AbortController().signal, now: Date.now() };
    await pollSession(desk.db, await due(), options);
    expect(await checks()).toEqual(["session_unread"]);
    expect((await testRow()).pollAt).toBeGreaterThan(Date.now());
  });
});

describe("the time between polls", () => {
  const created = Date.parse("2026-03-31T08:00:00Z");
  const expiresAt = created + 30 * MINUTE;

  it("doubles from two seconds", () => {
    const gaps = [0, 1, 2, 3].map((polls) => (nextPollAt({ polls, expiresAt }, created) ?? 0) - created);
    // The first poll is two seconds after the start; these follow it.
    expect(gaps).toEqual([4, 8, 16, 32].map((seconds) => seconds * SECOND));
  });

  it("never jumps over the expiry, and ends soon after it", () => {
    const late = expiresAt - MINUTE;
    expect(nextPollAt({ polls: 12, expiresAt }, late)).toBe(expiresAt + 5 * SECOND);
    expect(nextPollAt({ polls: 13, expiresAt }, expiresAt + 5 * SECOND)).toBe(expiresAt + 2 * MINUTE);
    expect(nextPollAt({ polls: 14, expiresAt }, expiresAt + 2 * MINUTE)).toBeNull();
  });
});

describe("the poller", () => {
  it("looks when it is rung for, and stops at once", async () => {
    const poller = startSessionPoller(desk);
    const paymentRequestId = await pay();
    // A look that comes before the sandbox is done hears "pending", and the next one is four seconds away.
    await eventually(async () => (await requestAtXendit(paymentRequestId)) === "SUCCEEDED");
    const { testSessions } = desk.db.tables;
    await desk.db.write([{ query: desk.db.read.update(testSessions).set({ pollAt: Date.now() }), rows: 1 }]);
    desk.signals.ring("polls");
    await eventually(async () => (await checks()).includes("payment_request:SUCCEEDED"));
    await poller.stop();
  });

  it("tells what went wrong and goes on", async () => {
    const broken = { ...desk.db, read: { ...desk.db.read, select: noDisk } };
    const errors: unknown[] = [];
    const poller = startSessionPoller({
      ...desk,
      db: broken as unknown as typeof desk.db,
      onError: (e) => errors.push(e),
    });
    await eventually(async () => errors.length > 0);
    await poller.stop();
  });
});

function noDisk(): never {
  throw new Error("no disk");
}
