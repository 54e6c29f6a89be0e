import { count, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { exportDeliveries, listDeliveries } from "../../app/domain/replays/delivery-queries.server.ts";
import { FILL_SLICE, fillSlice } from "../../app/domain/replays/fill-replay.server.ts";
import { moveReplay } from "../../app/domain/replays/move-replay.server.ts";
import { readProgress } from "../../app/domain/replays/replay-progress.server.ts";
import { findReplay } from "../../app/domain/replays/replay-queries.server.ts";
import { startReplayRunner } from "../../app/domain/replays/replay-runner.server.ts";
import { decodeCursor } from "../../app/lib/cursor.ts";
import { createSignals } from "../../app/lib/signals.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aDestination, addOperator, anEvent, anOperator, anOrder, NOW, ordered, until } from "./desk.ts";
import { startDestination, type TestDestination } from "./destination-server.ts";

const EVENTS = FILL_SLICE + 120;
const config = aConfig();
const operator = anOperator("replays:send");
const scope = operator.scope;
const now = () => NOW.getTime();

describe("a replay too large for one write", { timeout: 60_000 }, () => {
  let db: Database;
  let destination: TestDestination;
  let destinationId: string;
  let runner: { stop(): Promise<void> } | null = null;
  const signals = createSignals();

  beforeEach(async () => {
    db = await createTestDatabase();
    await addOperator(db, operator);
    await Promise.all(Array.from({ length: EVENTS }, (_, number) => anEvent(db, { at: NOW.getTime() + (number % 7) })));
    destination = await startDestination();
    destinationId = await aDestination(db, config, { url: destination.url });
  }, 60_000);
  afterEach(async () => {
    await runner?.stop();
    runner = null;
    await destination.close();
    await db.close();
  });

  const order = (to: string | null) =>
    ordered(
      db,
      anOrder([], to, {
        selection: { kind: "filter", search: "environment=sandbox" },
        confirmation: to ? "staging" : String(EVENTS),
      }),
    );
  const run = () => {
    runner = startReplayRunner({
      db,
      config,
      signals,
      onError: (error) => {
        throw error;
      },
    });
  };
  const written = async (replayId: string) => {
    const { deliveries } = db.tables;
    const [row] = await db.read.select({ count: count() }).from(deliveries).where(eq(deliveries.replayId, replayId));
    const events = await db.read
      .selectDistinct({ eventId: deliveries.eventId })
      .from(deliveries)
      .where(eq(deliveries.replayId, replayId));
    return { rows: row?.count, events: events.length };
  };
  const move = (replayId: string, name: "stop" | "resume" | "cancel") =>
    moveReplay(db, { replayId, move: name, operator, now: NOW });

  it("is written down slice by slice, each event once, whoever writes and however often", async () => {
    const replayId = await order(destinationId);
    expect(await findReplay(db, scope, replayId)).toMatchObject({ state: "planned", total: EVENTS, isFilling: true });
    // What comes after the order is no part of it.
    await anEvent(db);
    // Two runners at once: one of them finds the mark moved and begins again.
    await Promise.all([fillSlice(db, replayId, now()), fillSlice(db, replayId, now())]);
    expect(await written(replayId)).toEqual({ rows: FILL_SLICE, events: FILL_SLICE });
    while (await fillSlice(db, replayId, now())) {
      // Until it is done.
    }
    expect(await written(replayId)).toEqual({ rows: EVENTS, events: EVENTS });
    expect(await fillSlice(db, replayId, now())).toBe(false);
    expect(await findReplay(db, scope, replayId)).toMatchObject({ state: "running", total: EVENTS, isFilling: false });
  });

  it("is written no further once whoever ordered it is disabled", async () => {
    const replayId = await order(destinationId);
    await fillSlice(db, replayId, now());
    const { operators } = db.tables;
    await db.write([{ query: db.read.update(operators).set({ disabledAt: now() }), rows: "any" }]);
    while (await fillSlice(db, replayId, now())) {
      // Until it is done.
    }
    expect(await written(replayId)).toEqual({ rows: FILL_SLICE, events: FILL_SLICE });
    expect(await findReplay(db, scope, replayId)).toMatchObject({ total: FILL_SLICE, isFilling: false });
  });

  it("is sent to its end, every event once, and told by page and by export", async () => {
    const replayId = await order(destinationId);
    run();
    await until(async () => (await findReplay(db, scope, replayId))?.state === "finished", 40_000);
    expect(new Set(destination.received.map(({ headers }) => headers["webhook-id"])).size).toBe(EVENTS);
    expect(destination.received).toHaveLength(EVENTS);
    const progress = await readProgress(db, scope, { replayId });
    expect(progress).toMatchObject({ total: EVENTS, counts: { delivered: EVENTS, waiting: 0 }, errors: [] });

    const first = await listDeliveries(db, scope, { replayId, state: "delivered", cursor: null });
    const second = await listDeliveries(db, scope, {
      replayId,
      state: "delivered",
      cursor: decodeCursor(first?.next ?? ""),
    });
    const back = await listDeliveries(db, scope, {
      replayId,
      state: "delivered",
      cursor: decodeCursor(second?.previous ?? ""),
    });
    expect(second?.rows).toHaveLength(50);
    expect(back?.rows.map((row) => row.deliveryId)).toEqual(first?.rows.map((row) => row.deliveryId));
    const exported: string[] = [];
    for await (const chunk of exportDeliveries(db, scope, {
      replayId,
      state: null,
      signal: new AbortController().signal,
    }))
      exported.push(...chunk.map((row) => row.eventId));
    expect(new Set(exported).size).toBe(EVENTS);
    expect(exported).toHaveLength(EVENTS);
  });

  it("stands still while paused, and leaves out by name what is left when it is cancelled", async () => {
    destination.answers = [{ status: 200, delayMs: 20 }];
    const replayId = await order(destinationId);
    run();
    await until(() => destination.received.length > 50);
    await move(replayId, "stop");
    signals.ring("deliveries");
    await new Promise((later) => setTimeout(later, 300));
    const sent = destination.received.length;
    await new Promise((later) => setTimeout(later, 300));
    expect(destination.received.length).toBe(sent);
    expect(sent).toBeLessThan(EVENTS);

    await move(replayId, "resume");
    signals.ring("deliveries");
    await until(() => destination.received.length > sent + 20);
    await move(replayId, "cancel");
    signals.ring("deliveries");
    const countsNow = async () => (await findReplay(db, scope, replayId))?.counts;
    // What was in flight ends by itself, and its result is kept.
    await until(async () => {
      const counts = await countsNow();
      return counts?.waiting === 0 && counts.delivered === destination.received.length;
    }, 20_000);
    const counts = await countsNow();
    expect(counts?.failed).toBe(0);
    expect((counts?.delivered ?? 0) + (counts?.left_out ?? 0)).toBe(EVENTS);
  });

  it("processes as many again here, in slices, with the same progress", async () => {
    const replayId = await order(null);
    run();
    await until(async () => (await findReplay(db, scope, replayId))?.state === "finished", 40_000);
    expect(await readProgress(db, scope, { replayId })).toMatchObject({ counts: { delivered: EVENTS, waiting: 0 } });
  });
});
