import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { endDrainedOrders } from "../../app/domain/forward/end-drained-orders.server.ts";
import { parseFrom } from "../../app/domain/forward/forward-form.ts";
import { listForwardLags, listLateForwards } from "../../app/domain/forward/list-lags.server.ts";
import { readForward } from "../../app/domain/forward/read-forward.server.ts";
import { turnForwardOff, turnForwardOn } from "../../app/domain/forward/turn-forward.server.ts";
import { MINUTE } from "../../app/lib/time.ts";
import { anEvent, anOperator, NOW } from "../replays/desk.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aForwardTarget, fill, forwarder, queueOf, turnOn } from "./desk.ts";

const now = NOW.getTime();

describe("turning forwarding on and off", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
    await aForwardTarget(db);
  });
  const on = (fields: Partial<Parameters<typeof turnForwardOn>[1]> = {}) =>
    turnForwardOn(db, {
      destinationId: "dst_1",
      from: null,
      confirmation: null,
      operator: forwarder,
      now: NOW,
      ...fields,
    });
  const off = (waiting: "keep" | "leave_out") =>
    turnForwardOff(db, { destinationId: "dst_1", waiting, operator: forwarder, now: NOW });
  const stateOf = async () => {
    const { replays } = db.tables;
    const orders = await db.read.select({ state: replays.state }).from(replays).where(eq(replays.kind, "forward"));
    return orders.map(({ state }) => state);
  };

  it("leaves out what waits when so chosen, and ends the order", async () => {
    await turnOn(db);
    await anEvent(db);
    await fill(db);
    expect(await off("leave_out")).toMatchObject({ ok: true });
    expect(await queueOf(db)).toMatchObject([{ state: "left_out", outcome: expect.stringMatching(/turned off/) }]);
    expect(await stateOf()).toEqual(["finished"]);
    await anEvent(db);
    expect(await fill(db)).toBeUndefined();
  });

  it("keeps what waits when so chosen, and ends the order once that is sent", async () => {
    await turnOn(db);
    await anEvent(db);
    await fill(db);
    await off("keep");
    await endDrainedOrders(db, now);
    expect(await stateOf()).toEqual(["running"]);
    const { deliveries } = db.tables;
    await db.write([{ query: db.read.update(deliveries).set({ state: "delivered" }), rows: 1 }]);
    await endDrainedOrders(db, now);
    expect(await stateOf()).toEqual(["finished"]);
  });

  it("does not end the order of a queue that is empty for now", async () => {
    await turnOn(db);
    await endDrainedOrders(db, now);
    expect(await stateOf()).toEqual(["running"]);
  });

  it("refuses to turn on what is on, and off what is off", async () => {
    expect(await off("keep")).toMatchObject({ ok: false, refusal: "already_off" });
    await turnOn(db);
    expect(await on()).toMatchObject({ ok: false, refusal: "already_on" });
  });

  it("asks for the name before it sends more than a hundred stored events, and says how many", async () => {
    for (let count = 0; count < 101; count++) await anEvent(db);
    expect(await on({ from: now })).toMatchObject({ ok: false, refusal: "needs_confirmation", detail: "101" });
    expect(await on({ from: now, confirmation: "stagin" })).toMatchObject({ ok: false, refusal: "not_confirmed" });
    expect(await on({ from: now, confirmation: "staging" })).toMatchObject({ ok: true, value: { stored: 101 } });
  });

  it("asks for the name where live events would go out", async () => {
    await aForwardTarget(db, { destinationId: "dst_live", environments: ["live"] });
    const live = { destinationId: "dst_live" };
    expect(await on(live)).toMatchObject({ ok: false, refusal: "needs_confirmation" });
    expect(await on({ ...live, confirmation: "staging" })).toMatchObject({ ok: true });
  });

  it("refuses a time that has not come", async () => {
    expect(await on({ from: now + 1 })).toMatchObject({ ok: false, refusal: "in_the_future" });
  });

  it.each([
    ["a merchant and somebody else's destination", { operatorId: "op_2", role: "merchant" as const }],
    ["an operator of other businesses", { businessIds: ["another"] }],
    ["an operator of another environment", { environments: ["test"] as const }],
  ])("is refused to %s", async (_, who) => {
    const operator = anOperator("destinations:write", who);
    expect(await on({ operator })).toMatchObject({ ok: false, refusal: "not_yours" });
  });

  it("is written to the audit log with who did it", async () => {
    await turnOn(db);
    await off("keep");
    const entries = await db.read.select().from(db.tables.auditEntries);
    expect(entries.map(({ action, actor, detail }) => [action, actor, detail.turned])).toEqual([
      ["destinations:forward", "ada@example.com", "on"],
      ["destinations:forward", "ada@example.com", "off"],
    ]);
  });
});

describe("the lag of forwarding", () => {
  it("is that of the oldest event that waits, and late after a quarter of an hour", async () => {
    const db = await createTestDatabase();
    await aForwardTarget(db);
    await turnOn(db);
    await anEvent(db);
    await anEvent(db);
    await fill(db);
    const at = now + 15 * MINUTE;
    const onTime = await readForward(db, forwarder.scope, "dst_1", at);
    expect(onTime).toMatchObject({ isLate: false, queues: [{ waiting: { count: 2 }, lagMs: 15 * MINUTE, total: 2 }] });
    expect(await listLateForwards(db, { environment: "sandbox", now: at })).toEqual([]);
    expect(await readForward(db, forwarder.scope, "dst_1", at + 1)).toMatchObject({ isLate: true });
    expect(await listLateForwards(db, { environment: "sandbox", now: at + 1 })).toHaveLength(1);
    expect(await listForwardLags(db, { now: at })).toMatchObject([{ destinationId: "dst_1", lagMs: 15 * MINUTE }]);
  });

  it("is nothing while nothing waits", async () => {
    const db = await createTestDatabase();
    await aForwardTarget(db);
    await turnOn(db);
    expect(await listForwardLags(db, { now: now + 60 * MINUTE })).toMatchObject([{ lagMs: 0, waiting: { count: 0 } }]);
  });

  it("of environments an operator may not see is not shown to them", async () => {
    const db = await createTestDatabase();
    await aForwardTarget(db);
    await turnOn(db);
    const scope = { environments: ["test"] as const, businessIds: null };
    expect(await readForward(db, scope, "dst_1")).toMatchObject({ queues: [], environments: [] });
  });
});

it.each([
  ["2026-03-31T17:00", "Asia/Jakarta", "2026-03-31T10:00:00.000Z"],
  ["2026-03-31 17:00", "UTC", "2026-03-31T17:00:00.000Z"],
  ["2026-03-31", "Asia/Jakarta", "2026-03-30T17:00:00.000Z"],
  ["2026-03-31T17:00:00Z", "Asia/Jakarta", "2026-03-31T17:00:00.000Z"],
  // Clocks went from 02:00 to 03:00 that night.
  ["2026-03-29T17:00", "Europe/Berlin", "2026-03-29T15:00:00.000Z"],
  ["2026-02-30T17:00", "UTC", null],
  ["2026-03-31T25:00", "UTC", null],
  ["yesterday", "UTC", null],
])("reads %s in %s as %s", (text, zone, iso) => {
  const at = parseFrom(text, zone);
  expect(at === null ? null : new Date(at).toISOString()).toBe(iso);
});
