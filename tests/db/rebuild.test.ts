import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Database } from "../../db/database.ts";
import { createTestDatabase } from "../setup/db.ts";
import { anArrival, aPayment, captureBody, failureBody, refundBody, sessionBody } from "./arrivals.ts";
import { eventStates, projectedRows } from "./rows.ts";

async function aStore(): Promise<Database> {
  const db = await createTestDatabase();
  const bodies = Array.from({ length: 60 }, (_, number) => {
    const payment = aPayment(number);
    const paid = number % 3 === 0 ? failureBody(payment, "CARD_DECLINED") : captureBody(payment);
    return [sessionBody(payment), paid, ...(number % 5 === 0 ? [refundBody(payment, 1, "SUCCEEDED")] : [])];
  }).flat();
  await Promise.all(bodies.map((body) => db.capture(anArrival(body))));
  return db;
}

it("mends rows that were lost, altered or made up, and counters that are off", async () => {
  const db = await aStore();
  const before = { rows: await projectedRows(db), states: await eventStates(db) };
  const { paymentRequests, payments, hourlyCounts, identifiers, sessions, events } = db.tables;
  const [row] = await db.read.select().from(paymentRequests).limit(1);
  const [paid] = await db.read.select().from(payments).limit(1);
  if (!row || !paid) throw new Error("nothing to damage");
  const stray = { ...row, paymentRequestId: "pr-made-up" };
  await db.write([
    { query: db.read.insert(paymentRequests).values(stray), rows: 1 },
    {
      query: db.read.insert(payments).values({ ...paid, paymentId: "py-made-up", paymentRequestId: "pr-made-up" }),
      rows: 1,
    },
    { query: db.read.insert(payments).values({ ...paid, paymentId: "py-made-up-too" }), rows: 1 },
    {
      query: db.read
        .update(paymentRequests)
        .set({ eci: "99" })
        .where(eq(paymentRequests.paymentRequestId, row.paymentRequestId)),
      rows: 1,
    },
    { query: db.read.delete(sessions), rows: 60 },
    { query: db.read.delete(identifiers).where(eq(identifiers.kind, "session")), rows: "any" },
    {
      query: db.read.update(hourlyCounts).set({ count: 7, hour: 0 }).where(eq(hourlyCounts.dimension, "status")),
      rows: "any",
    },
    { query: db.read.delete(hourlyCounts).where(eq(hourlyCounts.dimension, "cvn")), rows: "any" },
    { query: db.read.update(events).set({ state: "stored", eci: null, paymentRequestId: null }), rows: "any" },
  ]);
  expect(await projectedRows(db)).not.toEqual(before.rows);

  expect(await db.rebuild()).toEqual({ observations: 132 });
  expect({ rows: await projectedRows(db), states: await eventStates(db) }).toEqual(before);
});

it("tells how far it is and ends at the end", async () => {
  const db = await aStore();
  const seen: [number, number][] = [];
  await db.rebuild((done, total) => seen.push([done, total]));
  expect(seen.at(-1)).toEqual([264, 264]);
  expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).sort((a, b) => a - b));
});

it("lets captures through meanwhile, and their payments are right at the end", async () => {
  const db = await aStore();
  const rebuilding = db.rebuild();
  const order: string[] = [];
  rebuilding.then(() => order.push("rebuilt"));
  await db.capture(anArrival(captureBody(aPayment(1_000)))).then(() => order.push("captured"));
  await rebuilding;
  expect(order).toEqual(["captured", "rebuilt"]);
  const found = await db.read
    .select({ status: db.tables.paymentRequests.status })
    .from(db.tables.paymentRequests)
    .where(eq(db.tables.paymentRequests.paymentRequestId, aPayment(1_000).paymentRequestId));
  expect(found).toEqual([{ status: "SUCCEEDED" }]);
});

it("clearing the demo leaves nothing of the sandbox and everything else", async () => {
  const db = await aStore();
  const before = { rows: await projectedRows(db), states: await eventStates(db) };
  const sandbox = [sessionBody(aPayment(1)), captureBody(aPayment(1)), captureBody(aPayment(2)), "no json"];
  for (const body of sandbox) await db.capture(anArrival(body, { environment: "sandbox" }));
  const respelled = { ...captureBody(aPayment(2)), created: "2025-01-01T00:00:00Z" };
  await db.capture(anArrival(respelled, { environment: "sandbox" }));
  const { testSessions, sandboxSettings, sandboxTokens, bodies, receipts, observations } = db.tables;
  const session = {
    environment: "sandbox" as const,
    paymentSessionId: "ps-1",
    returnKey: "k",
    operatorId: "op_1",
    createdAt: 1,
    levers: {},
  };
  await db.write([
    { query: db.read.insert(testSessions).values(session), rows: 1 },
    { query: db.read.insert(sandboxSettings).values({ name: "scale", value: 1, updatedAt: 1 }), rows: 1 },
    {
      query: db.read
        .insert(sandboxTokens)
        .values({ paymentTokenId: "pt-1", status: "ACTIVE", createdAt: 1, body: "{}", card: {} }),
      rows: 1,
    },
  ]);

  expect(await db.clearDemo()).toEqual({ payments: 2 });
  expect({ rows: await projectedRows(db), states: await eventStates(db) }).toEqual(before);
  expect(await db.read.select().from(testSessions)).toEqual([]);
  expect(await db.read.select().from(sandboxTokens)).toEqual([]);
  expect(await db.read.select().from(sandboxSettings)).toHaveLength(1);
  for (const table of [bodies, receipts, observations]) expect(await db.read.select().from(table)).toHaveLength(132);
});
