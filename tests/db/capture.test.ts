import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Database } from "../../db/database.ts";
import { reading } from "../../db/writer/reading.ts";
import { createTestDatabase } from "../setup/db.ts";
import { anArrival, aPayment, captureBody, failureBody, sessionBody, tokenBody } from "./arrivals.ts";

const payment = aPayment(1);

async function eventsOf(db: Database) {
  return db.read.select().from(db.tables.events).orderBy(asc(db.tables.events.observationId));
}

async function requestsOf(db: Database) {
  return db.read.select().from(db.tables.paymentRequests);
}

it("a captured payment is acknowledged with its codes projected", async () => {
  const db = await createTestDatabase();
  const captured = await db.capture(anArrival(captureBody(payment)));
  expect(captured).toEqual({ eventId: expect.stringMatching(/^evt_/), duplicate: false, quarantined: false });
  expect(await requestsOf(db)).toMatchObject([
    { paymentRequestId: payment.paymentRequestId, status: "SUCCEEDED", eci: "05", cvn: "M", avs: "M", response: "00" },
  ]);
  expect(await requestsOf(db)).toMatchObject([{ currency: "IDR", capturedMinor: 1_000_000, amountMinor: 1_000_000 }]);
  expect(await eventsOf(db)).toMatchObject([
    { state: "processed", paymentRequestId: payment.paymentRequestId, eventType: "payment.capture", receipts: 1 },
  ]);
});

it("a webhook delivered twice is stored once and counted twice", async () => {
  const db = await createTestDatabase();
  const first = await db.capture(anArrival(captureBody(payment), { receivedAt: 10 }));
  const again = await db.capture(anArrival(captureBody(payment), { receivedAt: 20 }));
  expect(again).toEqual({ eventId: first.eventId, duplicate: true, quarantined: false });
  expect(await eventsOf(db)).toMatchObject([{ receipts: 2, firstReceivedAt: 10, lastReceivedAt: 20 }]);
  const receipts = await db.read.select().from(db.tables.receipts).orderBy(asc(db.tables.receipts.receivedAt));
  expect(receipts).toMatchObject([
    { kind: "first", bodyId: null },
    { kind: "duplicate", bodyId: null },
  ]);
});

it("a duplicate spelled otherwise keeps its own bytes on its receipt", async () => {
  const db = await createTestDatabase();
  const body = captureBody(payment);
  await db.capture(anArrival(body));
  const spelled = JSON.stringify({ ...body, created: "2025-01-01T00:00:00Z" }, null, 2);
  expect(await db.capture(anArrival(spelled))).toMatchObject({ duplicate: true });
  const { receipts, bodies } = db.tables;
  const kept = await db.read
    .select({ bytes: bodies.bytes })
    .from(receipts)
    .innerJoin(bodies, eq(bodies.bodyId, receipts.bodyId));
  expect(kept.map(({ bytes }) => bytes.toString())).toEqual([spelled]);
});

it("a variant is a new event, projected, with its drift noted", async () => {
  const db = await createTestDatabase();
  const first = await db.capture(anArrival(captureBody(payment)));
  const variant = await db.capture(anArrival(captureBody(payment, { metadata: { order: "7" } })));
  expect(variant).toMatchObject({ duplicate: false, quarantined: false });
  expect(variant.eventId).not.toBe(first.eventId);
  const events = await eventsOf(db);
  expect(events.map(({ state }) => state)).toEqual(["processed", "processed"]);
  expect(events[0]?.drift).toEqual([]);
  expect(events[1]?.drift).toEqual([expect.stringContaining("metadata")]);
});

it("a duplicate of a variant is a receipt of the variant", async () => {
  const db = await createTestDatabase();
  await db.capture(anArrival(captureBody(payment)));
  const variant = await db.capture(anArrival(captureBody(payment, { metadata: { order: "7" } })));
  const again = await db.capture(anArrival(captureBody(payment, { metadata: { order: "7" } })));
  expect(again).toMatchObject({ eventId: variant.eventId, duplicate: true });
});

it("a material value that differs makes every event of the key a conflict and flags the payment", async () => {
  const db = await createTestDatabase();
  await db.capture(anArrival(captureBody(payment), { webhookId: "w-1" }));
  const other = captureBody(payment, { request_amount: 20_000 });
  expect(await db.capture(anArrival(other, { webhookId: "w-1" }))).toMatchObject({ duplicate: false });
  expect((await eventsOf(db)).map(({ state }) => state)).toEqual(["conflict", "conflict"]);
  const [request] = await requestsOf(db);
  expect(request?.flags).toContain("conflict");
});

it("the same content under two webhook ids is two events, the second naming the first", async () => {
  const db = await createTestDatabase();
  const first = await db.capture(anArrival(captureBody(payment), { webhookId: "w-1" }));
  const second = await db.capture(anArrival(captureBody(payment), { webhookId: "w-2" }));
  expect(second).toMatchObject({ duplicate: false });
  expect(await eventsOf(db)).toMatchObject([
    { eventId: first.eventId, sameContentAs: null },
    { eventId: second.eventId, sameContentAs: first.eventId },
  ]);
  expect(await requestsOf(db)).toMatchObject([{ capturedMinor: 1_000_000, paymentCount: 1 }]);
});

it("the same webhook in two environments is two events and two payments", async () => {
  const db = await createTestDatabase();
  await db.capture(anArrival(captureBody(payment), { environment: "test" }));
  const live = await db.capture(anArrival(captureBody(payment), { environment: "live" }));
  expect(live.duplicate).toBe(false);
  expect((await requestsOf(db)).map(({ environment }) => environment).sort()).toEqual(["live", "test"]);
  expect((await eventsOf(db)).map(({ sameContentAs }) => sameContentAs)).toEqual([null, null]);
});

it.each([
  ["no JSON at all", Buffer.from("hello")],
  ["an empty body", Buffer.from("")],
  ["a JSON array", Buffer.from("[1]")],
  ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0x00, 0x7d])],
])("%s is kept, quarantined, and a second arrival of it is a duplicate", async (_name, body) => {
  const db = await createTestDatabase();
  const first = await db.capture(anArrival(body));
  expect(first).toMatchObject({ duplicate: false, quarantined: true });
  expect(await db.capture(anArrival(body))).toEqual({ eventId: first.eventId, duplicate: true, quarantined: true });
  const [kept] = await db.read.select().from(db.tables.bodies);
  expect(kept?.bytes).toEqual(body);
});

it("a CVN is masked before it is written or hashed, and its event is quarantined", async () => {
  const db = await createTestDatabase();
  const withCvn = (cvn: string) => anArrival({ ...captureBody(payment), card: { cvn } });
  const first = await db.capture(withCvn("737"));
  expect(first.quarantined).toBe(true);
  // Another CVN of as many digits leaves no trace at all: not even another digest.
  expect(await db.capture(withCvn("412"))).toMatchObject({ eventId: first.eventId, duplicate: true });
  const bodies = await db.read.select().from(db.tables.bodies);
  expect(bodies.map(({ bytes }) => bytes.toString()).join()).not.toMatch(/737|412/);
});

it("a session and its payment find each other in either order", async () => {
  const bodies = [sessionBody(payment), captureBody(payment)];
  for (const order of [bodies, bodies.toReversed()]) {
    const db = await createTestDatabase();
    for (const body of order) await db.capture(anArrival(body));
    expect(await requestsOf(db)).toMatchObject([{ paymentSessionId: payment.sessionId, sessionLink: "confirmed" }]);
    expect(await db.read.select().from(db.tables.sessions)).toMatchObject([
      { paymentRequestId: payment.paymentRequestId, status: "COMPLETED", eci: "05", cvn: "M", avs: "M" },
    ]);
  }
});

it("any id a person can paste leads to the payment", async () => {
  const db = await createTestDatabase();
  await db.capture(anArrival(sessionBody(payment)));
  await db.capture(anArrival(captureBody(payment)));
  const { identifiers } = db.tables;
  for (const value of [payment.paymentId, payment.captureId, payment.sessionId, payment.paymentRequestId]) {
    const found = await db.read
      .select({ to: identifiers.target })
      .from(identifiers)
      .where(eq(identifiers.value, value));
    expect(found).toEqual([{ to: payment.paymentRequestId }]);
  }
});

it("counters move with a payment when its outcome changes", async () => {
  const db = await createTestDatabase();
  await db.capture(anArrival(failureBody(payment, "INSUFFICIENT_BALANCE")));
  const counted = async (dimension: "status" | "decline") => {
    const { hourlyCounts } = db.tables;
    const rows = await db.read.select().from(hourlyCounts).where(eq(hourlyCounts.dimension, dimension));
    return rows.map(({ code, count, capturedMinor }) => [code, count, capturedMinor]);
  };
  expect(await counted("status")).toEqual([["FAILED", 1, 0]]);
  expect(await counted("decline")).toEqual([["INSUFFICIENT_BALANCE", 1, 0]]);
  await db.capture(anArrival(captureBody(payment)));
  expect(await counted("status")).toEqual([["SUCCEEDED", 1, 1_000_000]]);
  expect(await counted("decline")).toEqual([]);
});

it("what a token tells reaches the payments made with it, whichever came first", async () => {
  const paid = captureBody(payment, { payment_token_id: "pt-1402feb0-bb79-47ae-9d1e-e69394d3949c" });
  const token = tokenBody("pt-1402feb0-bb79-47ae-9d1e-e69394d3949c", "MASTERCARD");
  for (const order of [
    [paid, token],
    [token, paid],
  ]) {
    const db = await createTestDatabase();
    for (const body of order) await db.capture(anArrival(body));
    expect(await requestsOf(db)).toMatchObject([{ network: "MASTERCARD", networkFrom: "token" }]);
  }
});

it("news of a much used token reaches all of its payments, in slices", async () => {
  const db = await createTestDatabase();
  const tokenId = "pt-1402feb0-bb79-47ae-9d1e-e69394d3949c";
  const payments = Array.from({ length: 250 }, (_, number) =>
    captureBody(aPayment(number), { payment_token_id: tokenId }),
  );
  await Promise.all(payments.map((body) => db.capture(anArrival(body))));
  await db.capture(anArrival(tokenBody(tokenId, "VISA")));
  await expect.poll(async () => db.read.select().from(db.tables.refolds)).toEqual([]);
  const networks = (await requestsOf(db)).map(({ network }) => network);
  expect(networks).toHaveLength(250);
  expect(new Set(networks)).toEqual(new Set(["VISA"]));
});

it("an answer of the API is observed once, however often it is polled", async () => {
  const db = await createTestDatabase();
  const bytes = Buffer.from(JSON.stringify(sessionBody(payment, "ACTIVE").data));
  const observe = () => db.observe({ environment: "test", source: "api", subject: "session", bytes, receivedAt: 1 });
  const first = await observe();
  expect(first.observed).toBe("new");
  expect(await observe()).toEqual({ ...first, observed: "known" });
  expect(await db.read.select().from(db.tables.sessions)).toMatchObject([
    { paymentSessionId: payment.sessionId, status: "ACTIVE" },
  ]);
  expect(await eventsOf(db)).toEqual([]);
});

it("an event that cannot be folded is quarantined alone; its batch and its payment's other events are kept", async () => {
  const poison = "POISON";
  const db = await createTestDatabase({
    foldCluster(members, tokens) {
      if (members.some(({ codes }) => codes.failureCode === poison)) throw new Error("cannot be folded");
      return reading.foldCluster(members, tokens);
    },
  });
  const bodies = [
    captureBody(aPayment(1)),
    failureBody(aPayment(2), poison),
    captureBody(aPayment(2)),
    captureBody(aPayment(3)),
  ];
  const captured = await Promise.all(bodies.map((body) => db.capture(anArrival(body))));
  expect(captured.map(({ quarantined }) => quarantined)).toEqual([false, true, false, false]);
  expect((await eventsOf(db)).map(({ state, reason }) => [state, reason])).toEqual([
    ["processed", null],
    ["quarantined", "projection_failed"],
    ["processed", null],
    ["processed", null],
  ]);
  expect((await requestsOf(db)).map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
});

it("an event whose rows cannot be stored is quarantined alone", async () => {
  const db = await createTestDatabase({
    foldCluster(members, tokens) {
      const folded = reading.foldCluster(members, tokens);
      if (!members.some(({ codes }) => codes.failureCode === "POISON")) return folded;
      const paymentRequests = folded.projection.paymentRequests.map((row) => ({ ...row, sortAt: Number.NaN }));
      return { ...folded, projection: { ...folded.projection, paymentRequests } };
    },
  });
  expect(await db.capture(anArrival(captureBody(payment)))).toMatchObject({ quarantined: false });
  expect(await db.capture(anArrival(failureBody(payment, "POISON")))).toMatchObject({ quarantined: true });
  expect(await requestsOf(db)).toMatchObject([{ status: "SUCCEEDED" }]);
});

it("an event quarantined by an old fold is processed again by a new one", async () => {
  let isBroken = true;
  const db = await createTestDatabase({
    foldCluster(members, tokens) {
      if (isBroken) throw new Error("cannot be folded");
      return reading.foldCluster(members, tokens);
    },
  });
  const { eventId } = await db.capture(anArrival(captureBody(payment)));
  expect(await db.reprocess([eventId])).toEqual({ processed: 0 });
  isBroken = false;
  expect(await db.reprocess([eventId, "evt_absent"])).toEqual({ processed: 1 });
  expect(await eventsOf(db)).toMatchObject([{ state: "processed", paymentRequestId: payment.paymentRequestId }]);
  expect(await requestsOf(db)).toHaveLength(1);
});

it("a body read otherwise than before is moved to the payment it names now", async () => {
  let reads = reading.readObservation;
  const db = await createTestDatabase({ readObservation: (stored) => reads(stored) });
  // The old reading mistook both for one payment.
  reads = (stored) => ({ ...reading.readObservation(stored), links: ["pr-mistaken"], paymentRequestId: "pr-mistaken" });
  const first = await db.capture(anArrival(captureBody(aPayment(1))));
  const second = await db.capture(anArrival(captureBody(aPayment(2))));
  reads = reading.readObservation;
  await db.reprocess([first.eventId, second.eventId]);
  const fresh = await createTestDatabase();
  for (const number of [1, 2]) await fresh.capture(anArrival(captureBody(aPayment(number))));
  const ids = (await requestsOf(db)).map(({ paymentRequestId }) => paymentRequestId).sort();
  expect(ids).toEqual((await requestsOf(fresh)).map(({ paymentRequestId }) => paymentRequestId).sort());
});
