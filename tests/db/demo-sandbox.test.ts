import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tables } from "~/db.server.ts";
import { advance, nextDue } from "~/sandbox/advance.server.ts";
import { readSandboxSettings } from "~/sandbox/settings.server.ts";
import { DAY } from "../../db/demo/calendar.ts";
import { seedDemo } from "../../db/seed.ts";
import { openSandbox, type Sandbox } from "../sandbox/sandbox.ts";

type Request = Tables["paymentRequests"]["$inferSelect"];

const now = new Date("2026-05-04T03:02:01Z");

/** What a payment is, as far as both the webhooks and the API tell it. */
const decisive = ({ status, amountMinor, capturedMinor, eci, cvn, avs, response, failureCode }: Request) => ({
  status,
  amountMinor,
  capturedMinor,
  eci,
  cvn,
  avs,
  response,
  failureCode,
});

describe("the sandbox's own knowledge of the demo", () => {
  let sandbox: Sandbox;
  let before: readonly Request[];

  beforeAll(async () => {
    sandbox = await openSandbox();
    await seedDemo(sandbox.db, { payments: 300, seed: 7, now });
    before = await sandbox.db.read.select().from(sandbox.db.tables.paymentRequests);
  }, 60_000);
  afterAll(() => sandbox.close());

  const everything = async () => {
    const { sandboxSessions, sandboxPaymentRequests, sandboxPayments, sandboxTokens } = sandbox.db.tables;
    const { read } = sandbox.db;
    return {
      sessions: await read.select().from(sandboxSessions),
      requests: await read.select().from(sandboxPaymentRequests),
      payments: await read.select().from(sandboxPayments),
      tokens: await read.select().from(sandboxTokens),
    };
  };

  it("answers for every payment request, session, payment and card that the desk knows", async () => {
    const { requests, payments, sessions } = await everything();
    const known = new Set(requests.map((row) => row.paymentRequestId));
    expect(before.filter((row) => !known.has(row.paymentRequestId))).toEqual([]);
    for (const { paymentId, paymentTokenId, paymentSessionId } of before.slice(0, 40)) {
      if (paymentId) expect((await sandbox.call("GET", `v3/payments/${paymentId}`)).status).toBe(200);
      if (paymentTokenId) expect((await sandbox.call("GET", `v3/payment_tokens/${paymentTokenId}`)).status).toBe(200);
      if (paymentSessionId) expect((await sandbox.call("GET", `sessions/${paymentSessionId}`)).status).toBe(200);
    }
    expect(requests.every((row) => sessions.some((one) => one.paymentSessionId === row.paymentSessionId))).toBe(true);
    expect(payments.length).toBeGreaterThan(250);
  });

  it("knows more than the desk was told only where a webhook was lost", async () => {
    const { sessions, requests, payments } = await everything();
    const answers = [
      ...sessions.map(({ body }) => ["session", body] as const),
      ...requests.map(({ body }) => ["payment_request", body] as const),
      ...payments.map(({ body }) => ["payment", body] as const),
    ];
    for (const [subject, body] of answers) {
      const bytes = new TextEncoder().encode(body);
      await sandbox.db.observe({ environment: "sandbox", source: "api", subject, bytes, receivedAt: Date.now() });
    }
    const after = await sandbox.db.read.select().from(sandbox.db.tables.paymentRequests);
    const changed = after.filter((row) => {
      const old = before.find((one) => one.paymentRequestId === row.paymentRequestId);
      return !old || JSON.stringify(decisive(old)) !== JSON.stringify(decisive(row));
    });
    const isRecent = (row: Request) => row.sortAt > now.getTime() - 4 * DAY;
    expect(changed.filter((row) => !isRecent(row))).toEqual([]);
    // Two lost payment webhooks, one challenge left, one claim, one void. The rest is told otherwise, not lost.
    expect(changed.map((row) => row.status).sort()).toEqual([
      "CANCELED",
      "EXPIRED",
      "SUCCEEDED",
      "SUCCEEDED",
      "SUCCEEDED",
    ]);
    const told = after.filter((row) => row.disagreements.length > 0 && isRecent(row));
    expect(told.map((row) => row.disagreements.map((one) => one.field))).toEqual(
      expect.arrayContaining([["acquirerMerchantId"], ["eci"]]),
    );
  }, 60_000);

  it("keeps a ledger of what was paid", async () => {
    const { status, body } = await sandbox.call("GET", "transactions?limit=50&types=PAYMENT");
    expect(status).toBe(200);
    expect(body.data).toHaveLength(50);
    const capturedOf = new Map(
      before.filter((row) => !row.flags.includes("conflict")).map((row) => [row.paymentId, row.capturedMinor]),
    );
    const known: { amount: number; currency: string; status: string; product_id: string }[] = body.data;
    const rupiah = known.filter(
      (line) => line.status === "SUCCESS" && line.currency === "IDR" && capturedOf.has(line.product_id),
    );
    expect(rupiah.length).toBeGreaterThan(20);
    for (const line of rupiah) expect(line.amount * 100).toBe(capturedOf.get(line.product_id));
  });

  it("offers none of the demo's cards among the saved ones", async () => {
    const { body } = await sandbox.call("GET", "saved_cards");
    expect(body.data).toHaveLength(6);
  });

  it("has nothing due, now or in a year, and sends nothing by itself", async () => {
    const { db, config, keys, receiver } = sandbox;
    const inAYear = Date.now() + 365 * DAY;
    expect((await nextDue(db)) ?? inAYear).toBeGreaterThanOrEqual(inAYear);
    const rows = await everything();
    const settings = await readSandboxSettings(db, config);
    await advance({ db, settings, businessId: keys.businessId, now: inAYear });
    expect(await everything()).toEqual(rows);
    sandbox.startSender();
    await pause(100);
    await sandbox.stopSender();
    expect(receiver.hooks).toEqual([]);
  });

  it("is taken away with the demo", async () => {
    await sandbox.db.clearDemo();
    const left = await everything();
    expect(Object.values(left).flat()).toEqual([]);
  });
});
