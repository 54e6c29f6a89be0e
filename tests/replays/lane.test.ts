import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { readProgress } from "../../app/domain/replays/replay-progress.server.ts";
import { findReplay } from "../../app/domain/replays/replay-queries.server.ts";
import { startReplayRunner } from "../../app/domain/replays/replay-runner.server.ts";
import { createSignals } from "../../app/lib/signals.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aCaptureText, aDestination, anEvent, anOperator, anOrder, deliveriesOf, NOW, ordered, until } from "./desk.ts";
import { startDestination, type TestDestination } from "./destination-server.ts";

const config = aConfig();
const scope = anOperator("replays:send").scope;

describe("how a destination is sent to", { timeout: 90_000 }, () => {
  let db: Database;
  let destination: TestDestination;
  let destinationId: string;
  let runner: { stop(): Promise<void> } | null = null;
  let clock = NOW.getTime();
  const signals = createSignals();

  beforeEach(async () => {
    clock = NOW.getTime();
    db = await createTestDatabase();
    destination = await startDestination();
    destinationId = await aDestination(db, config, { url: destination.url });
  });
  afterEach(async () => {
    await runner?.stop();
    runner = null;
    await destination.close();
    await db.close();
  });

  const run = (now: (() => number) | undefined = () => clock) => {
    runner = startReplayRunner({
      db,
      config,
      signals,
      now,
      random: () => 1,
      onError: (error) => {
        throw error;
      },
    });
  };
  const pass = (ms: number) => {
    clock += ms;
    signals.ring("deliveries");
  };
  const set = (values: Partial<Database["tables"]["destinations"]["$inferInsert"]>) =>
    db.write([
      {
        query: db.read
          .update(db.tables.destinations)
          .set(values)
          .where(eq(db.tables.destinations.destinationId, destinationId)),
        rows: 1,
      },
    ]);
  async function order(eventIds: readonly string[]): Promise<string> {
    const replayId = await ordered(db, anOrder(eventIds, destinationId));
    signals.ring("deliveries");
    return replayId;
  }
  const some = async (many: number) => Promise.all(Array.from({ length: many }, () => anEvent(db)));
  const ended = (replayId: string) => until(async () => (await findReplay(db, scope, replayId))?.state === "finished");
  const idsSent = () => destination.received.map(({ headers }) => headers["webhook-id"]);

  it("keeps one payment's webhooks in order when asked, and holds up no other payment", async () => {
    await set({ inOrder: true, concurrency: 4 });
    const later = (id: string) => aCaptureText(id).replace("SUCCEEDED", "PENDING");
    const first = await anEvent(db, { text: aCaptureText("a"), webhookId: "a-1" });
    const second = await anEvent(db, { text: later("a"), webhookId: "a-2" });
    const other = await anEvent(db, { text: aCaptureText("b"), webhookId: "b-1" });
    // Two connections are opened at once, and either may arrive first.
    let tries = 0;
    destination.answerTo = ({ headers }) => ({ status: headers["webhook-id"] === "a-1" && tries++ === 0 ? 503 : 200 });
    run();
    const replayId = await order([first, second, other]);
    await until(() => destination.received.length === 2);
    await new Promise((wait) => setTimeout(wait, 150));
    // The first one failed: its successor waits behind it, the other payment does not.
    expect(idsSent().toSorted()).toEqual(["a-1", "b-1"]);
    pass(2_000);
    await ended(replayId);
    expect(idsSent().slice(2)).toEqual(["a-1", "a-2"]);
  });

  it("lets deliveries wait, and fails none, while the breaker is open; then one goes first", async () => {
    await set({ concurrency: 2 });
    destination.answers = [{ status: 500 }];
    run();
    const replayId = await order(await some(40));
    await until(async () => (await readProgress(db, scope, { replayId, now: clock }))?.waitsFor !== null);
    // What was under way beside the tenth failure ends by itself.
    await new Promise((wait) => setTimeout(wait, 300));
    const tried = destination.received.length;
    expect(tried).toBeLessThan(13);
    pass(10_000);
    await new Promise((wait) => setTimeout(wait, 200));
    expect(destination.received.length).toBe(tried);
    expect(await readProgress(db, scope, { replayId, now: clock })).toMatchObject({
      counts: { waiting: 40, failed: 0 },
      retrying: [{ outcome: "500", count: tried }],
      waitsFor: expect.stringContaining("in a row"),
    });

    destination.answers = [{ status: 200, delayMs: 1_000 }];
    pass(60_000);
    await until(() => destination.received.length > tried);
    await new Promise((wait) => setTimeout(wait, 80));
    expect(destination.received.length).toBe(tried + 1);
    destination.answers = [{ status: 200 }];
    await until(async () => {
      pass(1_000);
      return (await findReplay(db, scope, replayId))?.state === "finished";
    });
    expect((await findReplay(db, scope, replayId))?.counts).toMatchObject({ delivered: 40 });
  });

  it("stops at 410, leaves out the rest by name, and forwards nothing there any more", async () => {
    await set({ concurrency: 1, forwards: true });
    destination.answers = [{ status: 200 }, { status: 410 }];
    run();
    const replayId = await order(await some(20));
    await ended(replayId);
    expect(destination.received).toHaveLength(2);
    const progress = await readProgress(db, scope, { replayId });
    expect(progress).toMatchObject({
      counts: { delivered: 1, failed: 1, left_out: 18, waiting: 0 },
      errors: [{ outcome: "410", count: 1 }],
      leftOut: [{ outcome: "Left out: the destination answered 410 Gone", count: 18 }],
    });
    const [row] = await db.read.select().from(db.tables.destinations);
    expect(row?.forwards).toBe(false);
  });

  it("keeps to Retry-After, for what was answered and for what comes after it", async () => {
    await set({ concurrency: 1 });
    destination.answers = [{ status: 429, headers: { "retry-after": "30" } }, { status: 200 }];
    run();
    const replayId = await order(await some(3));
    await until(async () => (await deliveriesOf(db, replayId)).some((row) => row.attempts.length === 1));
    pass(29_000);
    await new Promise((wait) => setTimeout(wait, 150));
    expect(destination.received).toHaveLength(1);
    pass(1_500);
    await ended(replayId);
    expect(destination.received).toHaveLength(4);
  });

  it("holds its rate", async () => {
    await set({ ratePerSecond: 20, concurrency: 8 });
    run(Date.now);
    const startedAt = Date.now();
    const replayId = await order(await some(30));
    await ended(replayId);
    expect(Date.now() - startedAt).toBeGreaterThan(1_250);
    expect(destination.received).toHaveLength(30);
  });

  it("waits while the destination is off, and sends when it is on again", async () => {
    await set({ isOn: false });
    run();
    const replayId = await order(await some(2));
    await new Promise((wait) => setTimeout(wait, 200));
    expect(destination.received).toHaveLength(0);
    expect(await readProgress(db, scope, { replayId })).toMatchObject({ waitsFor: expect.stringContaining("is off") });
    await set({ isOn: true });
    pass(0);
    await ended(replayId);
  });

  it("leaves out what the destination stopped taking after the order", async () => {
    const replayId = await order(await some(2));
    await set({ eventTypes: ["refund.succeeded"] });
    run();
    await ended(replayId);
    expect(destination.received).toHaveLength(0);
    expect((await deliveriesOf(db, replayId)).map((row) => row.outcome)).toEqual(
      Array(2).fill("Left out: this destination does not take webhooks of its type"),
    );
  });

  it("does not make a short replay wait behind a long one", async () => {
    await set({ concurrency: 1 });
    destination.answers = [{ status: 200, delayMs: 5 }];
    const long = await order(await some(90));
    const short = await order(await some(3));
    run();
    await ended(short);
    expect((await findReplay(db, scope, long))?.state).toBe("running");
  });

  it("marks what it sends, says when it first came, and keeps the webhook-id at every try", async () => {
    destination.answers = [{ status: 500 }, { status: 200 }];
    run();
    const eventId = await anEvent(db, { webhookId: null });
    const replayId = await order([eventId]);
    await until(() => destination.received.length === 1);
    await until(async () => (await deliveriesOf(db, replayId))[0]?.attempts.length === 1);
    pass(2_000);
    await ended(replayId);
    const [first, second] = destination.received.map(({ headers }) => headers);
    expect(first?.["webhook-id"]).toBe(eventId);
    expect(second?.["webhook-id"]).toBe(eventId);
    expect(first?.["paydesk-replay"]).not.toBe(second?.["paydesk-replay"]);
    expect(second?.["paydesk-original-arrival"]).toBe("2026-05-04T03:02:01.000Z");
    expect(second?.["paydesk-forward"]).toBeUndefined();
  });
});
