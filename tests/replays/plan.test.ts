import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { isConfirmed, orderReplay } from "../../app/domain/replays/order-replay.server.ts";
import { planReplay } from "../../app/domain/replays/plan-replay.server.ts";
import type { AskedReplay, ReplayPlan } from "../../app/domain/replays/replay-plan.ts";
import { readSelection, writeSelection } from "../../app/domain/replays/selection.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aCaptureText, aDestination, anEvent, anOperator, anOrder, NOW, ordered } from "./desk.ts";

const config = aConfig();
const scope = anOperator("replays:send").scope;
const asked = (overrides: Partial<AskedReplay>): AskedReplay => ({
  selection: { kind: "filter", search: "environment=sandbox" },
  destinationId: null,
  includesDelivered: false,
  zone: "Asia/Jakarta",
  ...overrides,
});

describe("the plan of a replay", () => {
  let db: Database;
  let destinationId: string;

  beforeEach(async () => {
    db = await createTestDatabase();
    destinationId = await aDestination(db, config, { url: "http://127.0.0.1:49999/hook" });
  });

  async function plan(overrides: Partial<AskedReplay>): Promise<ReplayPlan> {
    const planned = await planReplay(db, scope, asked(overrides));
    if (!planned.ok) throw new Error(`${planned.refusal} ${planned.detail ?? ""}`);
    return planned.value;
  }
  const setDestination = (values: Partial<Database["tables"]["destinations"]["$inferInsert"]>) =>
    db.write([
      {
        query: db.read
          .update(db.tables.destinations)
          .set(values)
          .where(eq(db.tables.destinations.destinationId, destinationId)),
        rows: 1,
      },
    ]);
  const failure = (id: string) =>
    aCaptureText(id).replace("payment.capture", "payment.failure").replace("SUCCEEDED", "FAILED");

  it("counts exactly what a filter selects, by type and by why it stays here", async () => {
    for (let number = 0; number < 130; number += 1) await anEvent(db);
    for (let number = 0; number < 3; number += 1) await anEvent(db, { text: failure(crypto.randomUUID()) });
    await anEvent(db, { replayHeader: "att_other" });
    await anEvent(db, { text: `{"event":"payment.capture","data":{"${["cv", "n"].join("")}":"123"}}` });
    await anEvent(db, { environment: "test" });

    const all = await plan({ destinationId });
    expect(all).toMatchObject({
      environment: "sandbox",
      selected: 135,
      toSend: 133,
      leftOut: { masked: 1, came_from_a_replay: 1 },
      needsBulk: true,
      needsConfirmation: true,
      oldestAt: NOW.getTime(),
      newestAt: NOW.getTime(),
    });
    expect(all.perType).toEqual([
      { eventType: "payment.capture", count: 132 },
      { eventType: "payment.failure", count: 3 },
    ]);
    expect(all.sample).toHaveLength(20);

    const failed = await plan({
      destinationId,
      selection: {
        kind: "filter",
        search: "environment=sandbox&type=payment.failure&type=payment.capture&currency=IDR",
      },
    });
    expect(failed.selected).toBe(134);
    expect(await plan({ selection: { kind: "filter", search: "environment=test" } })).toMatchObject({
      selected: 1,
      needsBulk: false,
      needsConfirmation: false,
    });
  });

  it("reads a time window in the operator's zone, and nothing outside it", async () => {
    await anEvent(db);
    // 03:02 UTC is the same day in Jakarta, and the day before in Honolulu.
    const day = { kind: "filter", search: "environment=sandbox&from=2026-05-04&to=2026-05-04" } as const;
    expect((await plan({ selection: day })).selected).toBe(1);
    expect((await plan({ selection: day, zone: "Pacific/Honolulu" })).selected).toBe(0);
  });

  it("takes every webhook of a payment, and of no other", async () => {
    await anEvent(db, { text: aCaptureText("one") });
    await anEvent(db, { text: failure("one") });
    await anEvent(db, { text: aCaptureText("one-more") });
    const selection = { kind: "payment", environment: "sandbox", paymentRequestId: "pr-one" } as const;
    expect((await plan({ destinationId, selection })).selected).toBe(2);
    const nowhere = { ...selection, paymentRequestId: "pr-nowhere" };
    expect(await planReplay(db, scope, asked({ selection: nowhere }))).toMatchObject({ refusal: "event_not_found" });
  });

  it("leaves out what its destination does not take, and what was delivered there unless it is asked for", async () => {
    const [first = ""] = [await anEvent(db), await anEvent(db), await anEvent(db, { text: failure("f") })];
    await setDestination({ eventTypes: ["payment.capture"] });
    const replayId = await ordered(db, anOrder([first], destinationId));
    const { deliveries } = db.tables;
    await db.write([
      {
        query: db.read.update(deliveries).set({ state: "delivered" }).where(eq(deliveries.replayId, replayId)),
        rows: 1,
      },
    ]);
    expect(await plan({ destinationId })).toMatchObject({
      selected: 3,
      toSend: 1,
      leftOut: { already_delivered: 1, type_not_taken: 1 },
    });
    const again = await plan({ destinationId, includesDelivered: true });
    expect(again).toMatchObject({ toSend: 2, leftOut: { type_not_taken: 1 } });
    expect(again.sample.filter((event) => event.alreadyDelivered).map((event) => event.eventId)).toEqual([first]);
  });

  it("sends to nobody what their destination was not added for", async () => {
    await anEvent(db);
    await setDestination({ environments: ["test"] });
    expect(await planReplay(db, scope, asked({ destinationId }))).toMatchObject({ refusal: "environment_not_taken" });
    const live = await anEvent(db, { environment: "live" });
    const selection = { kind: "events", eventIds: [live] } as const;
    expect(await planReplay(db, scope, asked({ destinationId, selection }))).toMatchObject({
      refusal: "destination_not_for_live",
    });
  });

  it("refuses a filter that was not understood, naming what", async () => {
    const search = "environment=sandbox&from=yesterday";
    expect(await planReplay(db, scope, asked({ selection: { kind: "filter", search } }))).toMatchObject({
      refusal: "filter_not_understood",
      detail: expect.stringContaining("from=yesterday"),
    });
  });

  it("says that a destination is off, and how long a slow one takes", async () => {
    for (let number = 0; number < 10; number += 1) await anEvent(db);
    await setDestination({ isOn: false, ratePerSecond: 2 });
    const slow = await plan({ destinationId });
    expect(slow.expectedSeconds).toBe(5);
    expect(slow.waitsFor).toMatch(/^staging is off/);
  });

  it("wants the destination's name over a hundred, and who may bulk", async () => {
    for (let number = 0; number < 101; number += 1) await anEvent(db);
    const order = (overrides: object) =>
      orderReplay(db, anOrder([], destinationId, { ...asked({ destinationId }), ...overrides }));
    expect(await order({ confirmation: null })).toMatchObject({ refusal: "not_confirmed" });
    expect(await order({ confirmation: "production" })).toMatchObject({ refusal: "not_confirmed" });
    const support = anOperator("replays:send", { role: "support" });
    expect(await order({ confirmation: "staging", operator: support })).toMatchObject({ refusal: "needs_bulk" });
    expect(await order({ confirmation: " staging " })).toMatchObject({ ok: true });
    const here = await plan({});
    expect(isConfirmed(here, "101")).toBe(true);
    expect(isConfirmed(here, "100")).toBe(false);
    expect(isConfirmed({ ...here, toSend: 1_204 }, "1,204")).toBe(true);
  });

  it("is of what was there when it was confirmed", async () => {
    await anEvent(db);
    const { upTo } = await plan({ destinationId });
    await anEvent(db);
    expect((await plan({ destinationId, upTo })).selected).toBe(1);
    expect((await plan({ destinationId })).selected).toBe(2);
  });
});

describe("a selection that is kept", () => {
  it("means the same in every zone", () => {
    const search =
      "environment=test&status=processed&type=payment.capture&type=refund.succeeded&from=2026-05-04&to=2026-05-05&q=pr-1&cursor=n.1.x&sort=newest";
    const read = readSelection(search, { zone: "Asia/Jakarta", only: null });
    if ("problems" in read) throw new Error(read.problems.join());
    const kept = writeSelection(read.filters);
    expect(kept).toContain("from=2026-05-03T17");
    const again = readSelection(kept, { zone: "Pacific/Honolulu", only: null });
    expect(again).toEqual(read);
  });
});
