import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Statement } from "../../app/db.server.ts";
import { fillQueue } from "../../app/domain/forward/fill-queue.server.ts";
import { listForwarding } from "../../app/domain/forward/forwarding-destinations.server.ts";
import { SLICE } from "../../app/domain/forward/read-slice.server.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { anEvent, NOW } from "../replays/desk.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aForwardTarget, fill, queueOf, turnOn } from "./desk.ts";

const session = (number: number) =>
  JSON.stringify({ event: "payment_session.expired", data: { payment_session_id: `ps-${number}`, status: "EXPIRED" } });

describe("the queue of a destination that forwards", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
  });

  it("gets what arrives after forwarding was turned on, once, in the order of capture", async () => {
    await aForwardTarget(db);
    await anEvent(db);
    await turnOn(db);
    const arrived = [await anEvent(db), await anEvent(db), await anEvent(db)];
    expect(await fill(db)).toEqual({ queued: 3, isBehind: false });
    expect(await fill(db)).toEqual({ queued: 0, isBehind: false });
    const queue = await queueOf(db);
    expect(queue.map(({ eventId }) => eventId)).toEqual(arrived);
    expect(queue[0]).toMatchObject({ state: "waiting", attempts: 0, nextAttemptAt: NOW.getTime() });
    expect(queue[0]?.orderKey).toMatch(/^pr-/);
  });

  it("holds a second arrival of the same event only once", async () => {
    await aForwardTarget(db);
    await turnOn(db);
    await capture(db, aCapture(), { environment: "sandbox" });
    await fill(db);
    expect((await capture(db, aCapture(), { environment: "sandbox" })).duplicate).toBe(true);
    await fill(db);
    expect(await queueOf(db)).toHaveLength(1);
  });

  it("takes the environments and event types of its destination and leaves no trace of others", async () => {
    await aForwardTarget(db, { eventTypes: ["payment_session.expired"] });
    await turnOn(db);
    await anEvent(db);
    await anEvent(db, { text: session(1), environment: "test" });
    const wanted = await anEvent(db, { text: session(2) });
    await fill(db);
    expect((await queueOf(db)).map(({ eventId }) => eventId)).toEqual([wanted]);
  });

  it("keeps every environment in an order of its own", async () => {
    await aForwardTarget(db, { environments: ["sandbox", "test"] });
    await turnOn(db);
    await anEvent(db);
    await anEvent(db, { environment: "test" });
    await anEvent(db, { environment: "test" });
    await fill(db);
    const { replays } = db.tables;
    const orders = await db.read.select().from(replays).where(eq(replays.kind, "forward"));
    const totals = orders.map(({ environment, state, total }) => [environment, state, total]);
    expect(totals.sort()).toEqual([
      ["sandbox", "running", 1],
      ["test", "running", 2],
    ]);
  });

  it.each([
    ["is quarantined", { text: "not JSON" }, /quarantined/],
    ["held card data", { text: JSON.stringify({ event: "x", data: { cvn: "123" } }) }, /card data was masked/],
    ["came from a replay of ours", { replayHeader: "att_1" }, /came here from a replay/],
  ])("holds back what %s, and says so", async (_, event, reason) => {
    await aForwardTarget(db);
    await turnOn(db);
    await anEvent(db, event);
    expect(await fill(db)).toEqual({ queued: 0, isBehind: false });
    const [held] = await queueOf(db);
    expect(held).toMatchObject({ state: "left_out", nextAttemptAt: null });
    expect(held?.outcome).toMatch(reason);
  });

  it("forwards what Xendit sent even where this desk does not read it, or finds it in conflict", async () => {
    await aForwardTarget(db);
    await turnOn(db);
    await anEvent(db, { text: JSON.stringify({ event: "invoice.paid", id: "inv-1", status: "PAID" }) });
    await capture(db, aCapture(), { environment: "sandbox", webhookId: "one-key" });
    await capture(db, aCapture({ data: { status: "FAILED" } }), { environment: "sandbox", webhookId: "one-key" });
    await fill(db);
    const { events } = db.tables;
    const states = await db.read.select({ state: events.state }).from(events);
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(["stored", "conflict"]));
    expect((await queueOf(db)).map(({ state }) => state)).toEqual(["waiting", "waiting", "waiting"]);
  });

  it("waits where it was while its destination is switched off, and goes on from there", async () => {
    await aForwardTarget(db);
    await turnOn(db);
    const { destinations } = db.tables;
    const switchTo = (isOn: boolean) => db.write([{ query: db.read.update(destinations).set({ isOn }), rows: 1 }]);
    await switchTo(false);
    await anEvent(db);
    expect(await fill(db)).toBeUndefined();
    await switchTo(true);
    expect(await fill(db)).toMatchObject({ queued: 1 });
  });

  it("gets no event of a business its maker may not see", async () => {
    await aForwardTarget(db);
    await turnOn(db);
    const { operators } = db.tables;
    await db.write([{ query: db.read.update(operators).set({ businessIds: ["another"] }), rows: 1 }]);
    await anEvent(db);
    await fill(db);
    expect(await queueOf(db)).toEqual([]);
  });

  it("is filled in slices, and what one slice held back does not stop the next", async () => {
    await aForwardTarget(db);
    await turnOn(db);
    for (let number = 0; number < SLICE + 20; number++) await anEvent(db, { text: session(number) });
    expect(await fill(db)).toEqual({ queued: SLICE, isBehind: true });
    expect(await fill(db)).toEqual({ queued: 20, isBehind: false });
    const { replays } = db.tables;
    expect(await db.read.select({ total: replays.total }).from(replays)).toEqual([{ total: SLICE + 20 }]);
  });

  it("does not queue again what an earlier time of forwarding delivered, or still has to", async () => {
    await aForwardTarget(db);
    await turnOn(db);
    await anEvent(db);
    await fill(db);
    const { destinations } = db.tables;
    await db.write([{ query: db.read.update(destinations).set({ forwards: false, forwardAfter: null }), rows: 1 }]);
    await turnOn(db, { from: NOW.getTime() });
    expect(await fill(db)).toMatchObject({ queued: 0 });
    expect((await queueOf(db)).map(({ state }) => state).sort()).toEqual(["left_out", "waiting"]);
  });

  it("begins with a chosen time, and with nothing from before it", async () => {
    await aForwardTarget(db);
    const late = NOW.getTime();
    // Stored in another order than received: what was received before stays out wherever it stands.
    const body = (number: number) => aCapture({ number });
    await capture(db, body(1), { environment: "sandbox", receivedAt: late - 1 });
    const first = await capture(db, body(2), { environment: "sandbox", receivedAt: late });
    await capture(db, body(3), { environment: "sandbox", receivedAt: late - 1_000 });
    const second = await capture(db, body(4), { environment: "sandbox", receivedAt: late + 1 });
    await turnOn(db, { from: late });
    await fill(db);
    expect((await queueOf(db)).map(({ eventId }) => eventId)).toEqual([first.eventId, second.eventId]);
  });

  it("is written once by two that fill it at the same time", async () => {
    await aForwardTarget(db);
    await turnOn(db);
    await anEvent(db);
    const [destination] = await listForwarding(db);
    if (!destination) throw new Error("nothing forwards");
    await Promise.all([fillQueue(db, destination, 0), fillQueue(db, destination, 0)]);
    expect(await queueOf(db)).toHaveLength(1);
  });

  it("is the same after crashes anywhere between its reads and writes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("arrive", "fill", "lost write", "lost answer"), { maxLength: 30 }),
        async (steps) => {
          const store = await createTestDatabase();
          await aForwardTarget(store);
          await turnOn(store);
          const arrived: string[] = [];
          for (const step of steps) {
            if (step === "arrive") arrived.push(await anEvent(store, { text: session(arrived.length) }));
            else await fillAndCrash(store, step);
          }
          await fill(store);
          expect((await queueOf(store)).map(({ eventId }) => eventId)).toEqual(arrived);
          await store.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** A look that dies before its write reached the store, or right after, before anybody heard of it. */
async function fillAndCrash(db: Database, step: "fill" | "lost write" | "lost answer"): Promise<void> {
  const [destination] = await listForwarding(db);
  if (!destination) throw new Error("nothing forwards");
  const dying: Database = {
    ...db,
    async write(statements: readonly Statement[]) {
      if (step !== "lost write") await db.write(statements);
      throw new Error("killed");
    },
  };
  if (step === "fill") await fillQueue(db, destination, 0);
  else await fillQueue(dying, destination, 0).catch(() => {});
}
