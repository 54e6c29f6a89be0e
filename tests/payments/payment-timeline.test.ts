import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { findPayment } from "~/domain/payments/find-payment.server.ts";
import type { PaymentDelivery } from "~/domain/payments/payment-replays.server.ts";
import { listPaymentSteps, stepsOfTry } from "~/domain/payments/payment-steps.server.ts";
import { paymentTimeline, type TimelineSource } from "~/domain/payments/payment-timeline.ts";
import { stepStatement } from "~/domain/sessions/session-steps.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { HOUR, MINUTE } from "~/lib/time.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { createTestDatabase } from "../setup/db.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const seed = aCapture();
const { payment_request_id: paymentRequestId } = seed.data;
const CAPTURED = Date.parse("2024-12-18T05:46:34.234Z");

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

async function detailOf() {
  const detail = await findPayment(db, everything, { paymentRequestId, environment: null });
  if (!detail) throw new Error("not found");
  return detail;
}

async function told(more: Partial<TimelineSource> = {}) {
  return paymentTimeline({ ...(await detailOf()), ...more }, CAPTURED + HOUR);
}

describe("the timeline", () => {
  it("tells a try, what 3-D Secure made of it, the capture, and the webhook that told so", async () => {
    await capture(db, seed, { receivedAt: CAPTURED + 1_000 });
    const entries = await told();
    expect(entries).toMatchObject([
      { kind: "payment", title: "Payment tried", detail: "10,000.00 IDR, now paid" },
      { kind: "three_ds", at: null, title: expect.stringMatching(/^3-D Secure: /), detail: "ECI 05, version 2.1.0" },
      { kind: "capture", at: CAPTURED, title: "Captured 10,000.00 IDR" },
      { kind: "webhook", at: CAPTURED, arrivedAt: CAPTURED + 1_000, title: "payment.capture" },
      { kind: "expected", key: "expected-no-session-webhook" },
    ]);
  });

  it("gives every entry an anchor of its own", async () => {
    await capture(db, seed);
    await capture(db, { ...seed, data: { ...seed.data, failure_code: null } }, { webhookId: "wh-2" });
    const keys = (await told()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("folds duplicates into their webhook, with every arrival", async () => {
    for (const after of [1, 15, 60]) await capture(db, seed, { receivedAt: CAPTURED + after * MINUTE });
    const webhooks = (await told()).filter(({ kind }) => kind === "webhook");
    expect(webhooks).toHaveLength(1);
    expect(webhooks[0]?.webhook?.count).toBe(3);
    expect(webhooks[0]?.webhook?.arrivals.map((at) => (at - CAPTURED) / MINUTE)).toEqual([1, 15, 60]);
  });

  it("makes conflicts loud and says where to compare them", async () => {
    await capture(db, seed, { webhookId: "wh-1" });
    const other = { ...seed, data: { ...seed.data, request_amount: 9_000 } };
    await capture(db, other, { webhookId: "wh-1", receivedAt: Date.parse("2026-03-10T13:00:00Z") });
    const webhooks = (await told()).filter(({ kind }) => kind === "webhook");
    expect(webhooks).toHaveLength(2);
    for (const { tone, link, webhook } of webhooks) {
      expect(tone).toBe("bad");
      expect(link?.path).toBe(`/webhooks/${webhook?.eventId}#same-key`);
    }
    expect(webhooks.map(({ detail }) => detail).join()).toContain("differs from the first of its key in");
  });

  it("folds a flood of likewise webhooks into one entry that holds them all", async () => {
    for (let number = 0; number < 30; number++) await capture(db, seed, { webhookId: `wh-${number}` });
    const entries = await told();
    const [folded, ...others] = entries.filter(({ kind }) => kind === "webhook");
    expect(others).toEqual([]);
    expect(folded?.title).toBe("30 × payment.capture");
    expect(folded?.folded).toHaveLength(30);
  });

  it("marks a silence, and none before what has no time", async () => {
    await capture(db, seed);
    const note = {
      noteId: "nte_1",
      author: "ada@desk.test",
      at: CAPTURED + 5 * HOUR,
      text: "late",
      removed: null,
      canRemove: false,
    };
    const entries = await told({ notes: [note] });
    expect(entries.filter(({ gap }) => gap !== undefined).map(({ kind, gap }) => [kind, gap])).toEqual([
      ["note", 5 * HOUR],
    ]);
  });

  it("tells replays: what was sent, where to, how it ended, by whom", async () => {
    await capture(db, seed);
    const delivery: PaymentDelivery = {
      deliveryId: "dlv_1",
      replayId: "rpl_1",
      eventId: "evt_1",
      eventType: "payment.capture",
      kind: "send",
      destination: "staging",
      orderedBy: "ada@desk.test",
      orderedAt: CAPTURED,
      state: "failed",
      outcome: "500 in 41 ms",
      tries: 3,
      triedAt: CAPTURED + MINUTE,
    };
    const again: PaymentDelivery = { ...delivery, deliveryId: "dlv_2", kind: "reprocess", destination: null, tries: 1 };
    const replays = (await told({ replays: [delivery, again] })).filter(({ kind }) => kind === "replay");
    expect(replays).toMatchObject([
      {
        key: "replay-dlv_1",
        tone: "bad",
        at: CAPTURED + MINUTE,
        title: "payment.capture sent again to staging",
        detail: "500 in 41 ms, 3 tries, by ada@desk.test",
        link: { path: "/replays/rpl_1" },
      },
      { title: "payment.capture processed again here" },
    ]);
  });

  it("tells checks with Xendit and notes, removed ones without their words", async () => {
    await capture(db, seed);
    const check = {
      checkId: "chk_1",
      at: CAPTURED + MINUTE,
      by: "ada@desk.test",
      askedId: paymentRequestId,
      summary: { tone: "good", text: "Xendit says what it said before." },
      calls: [],
      filledIn: [],
    } as const;
    const note = { noteId: "nte_1", author: "bo@desk.test", at: CAPTURED + 2 * MINUTE, text: "", canRemove: false };
    const entries = await told({
      checks: [check],
      notes: [{ ...note, removed: { by: "ada@desk.test", at: CAPTURED } }],
    });
    expect(entries.filter(({ kind }) => kind === "check" || kind === "note")).toMatchObject([
      { key: "check-chk_1", title: "Checked with Xendit", detail: "Xendit says what it said before, by ada@desk.test" },
      { key: "note-nte_1", title: "Note by bo@desk.test", detail: "Removed by ada@desk.test" },
    ]);
    expect(entries.find(({ kind }) => kind === "note")?.words).toBeUndefined();
  });

  it("tells the steps of a session that was started here", async () => {
    const of = { environment: "sandbox", paymentSessionId: "ps-1" } as const;
    const step = (step: "session" | "cvn" | "three_ds" | "return", outcome: string, after: number) =>
      stepStatement(db, { ...of, step, outcome, at: CAPTURED - HOUR + after });
    await db.write([
      step("session", "created", 0),
      step("cvn", paymentRequestId, 1),
      step("three_ds", "challenge", 2),
      step("return", "success", 3),
      step("cvn", "pr-another", 4),
      step("return", "failure", 5),
    ]);
    await capture(db, seed);
    const steps = await listPaymentSteps(db, { ...of, paymentRequestId });
    const titles = (await told({ steps })).slice(0, 3).map(({ title }) => title);
    expect(titles).toEqual([
      "CVN collected, payment request handed back",
      "The bank asks for a challenge",
      "The browser came back by the success address",
    ]);
  });

  it("puts what 3-D Secure came to behind the challenge it came of", async () => {
    const of = { environment: "sandbox", paymentSessionId: "ps-1" } as const;
    await db.write([stepStatement(db, { ...of, step: "three_ds", outcome: "challenge", at: CAPTURED - 1 })]);
    await capture(db, seed);
    const steps = await listPaymentSteps(db, { ...of, paymentRequestId });
    const titles = (await told({ steps })).map(({ title }) => title);
    expect(titles[titles.indexOf("The bank asks for a challenge") + 1]).toMatch(/^3-D Secure/);
  });

  it("keeps the steps of tries apart when it knows whose they are", () => {
    const step = (stepId: number, step: "cvn" | "return", outcome: string) => ({ stepId, step, outcome, at: stepId });
    const steps = [
      step(1, "cvn", "pr-1"),
      step(2, "return", "failure"),
      step(3, "cvn", "pr-2"),
      step(4, "return", "success"),
    ];
    expect(stepsOfTry(steps, "pr-2").map(({ stepId }) => stepId)).toEqual([3, 4]);
    expect(stepsOfTry(steps, "pr-3")).toEqual(steps);
  });
});

describe("a payment captured thousands of times", () => {
  it("draws the first hundred, counts them all, and keeps its other identifiers", async () => {
    const captures = Array.from({ length: 1_200 }, (_, index) => ({
      capture_id: `cptr-${String(index).padStart(8, "0")}`,
      capture_amount: 1,
      capture_timestamp: new Date(CAPTURED + index).toISOString(),
    }));
    await capture(db, aCapture({ data: { captures } }));
    const detail = await detailOf();
    expect(detail.captures).toHaveLength(100);
    expect(detail.captureCount).toBe(1_200);
    expect(detail.request.capturedMinor).toBe(120_000);
    expect(detail.identifiers.map(({ kind }) => kind)).toContain("rrn");
    const entries = (await told()).filter(({ kind }) => kind === "capture");
    expect(entries).toHaveLength(13);
    expect(entries.at(-1)).toMatchObject({ title: "1,188 more captures from here on", link: { path: "#captures" } });
  });
});

describe("identifiers", () => {
  it("are shown as Xendit spelled them, those that lost a disagreement too", async () => {
    const named = (reference_id: string) => aCapture({ data: { reference_id } });
    await capture(db, named("Order-AbC_b8d18f2f-3"), { webhookId: "wh-1" });
    await capture(db, named("Order-XYZ_b8d18f2f-3"), { webhookId: "wh-2" });
    const { identifiers } = await detailOf();
    const references = identifiers.filter(({ kind }) => kind === "reference");
    expect(references.map(({ value }) => value).sort()).toEqual([
      "Order-AbC",
      "Order-AbC_b8d18f2f-3",
      "Order-XYZ",
      "Order-XYZ_b8d18f2f-3",
    ]);
    expect(identifiers.some(({ isLowered }) => isLowered)).toBe(false);
  });
});
