import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { removeDestination } from "../../app/domain/destinations/remove-destination.server.ts";
import { moveReplay } from "../../app/domain/replays/move-replay.server.ts";
import { orderReplay } from "../../app/domain/replays/order-replay.server.ts";
import { planReplay } from "../../app/domain/replays/plan-replay.server.ts";
import { deliveryText } from "../../app/domain/replays/replay.ts";
import { findReplay, listReplays } from "../../app/domain/replays/replay-queries.server.ts";
import { startReplayRunner } from "../../app/domain/replays/replay-runner.server.ts";
import { createSignals } from "../../app/lib/signals.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aCaptureText, aDestination, anEvent, anOperator, anOrder, deliveriesOf, NOW, ordered, until } from "./desk.ts";
import { startDestination, type TestDestination } from "./destination-server.ts";

const config = aConfig();
const operator = anOperator("replays:send");
const scope = operator.scope;
const fail = (error: unknown) => {
  throw error;
};

describe("sending webhooks to a destination", () => {
  let db: Database;
  let destination: TestDestination;
  let runner: { stop(): Promise<void> } | null = null;
  const signals = createSignals();

  beforeEach(async () => {
    db = await createTestDatabase();
    destination = await startDestination();
  });
  afterEach(async () => {
    await runner?.stop();
    runner = null;
    await destination.close();
    await db.close();
  });

  const run = (now?: () => number) => {
    runner = startReplayRunner({ db, config, signals, now, onError: fail });
  };
  async function order(
    eventIds: readonly string[],
    destinationId: string,
    idempotencyKey: string = crypto.randomUUID(),
  ) {
    const replayId = await ordered(db, anOrder(eventIds, destinationId, { idempotencyKey }));
    signals.ring("deliveries");
    return replayId;
  }
  const ended = (replayId: string) => until(async () => (await findReplay(db, scope, replayId))?.state === "finished");

  it("keeps no answer to a body that was expunged while it was on its way", async () => {
    const eventId = await anEvent(db, { text: aCaptureText() });
    const destinationId = await aDestination(db, config, { url: destination.url });
    destination.answers = [{ status: 200, body: "an echo of the secret", delayMs: 300 }];
    run();
    const replayId = await order([eventId], destinationId);
    await until(async () => destination.received.length > 0);
    await db.expunge({ eventId, by: "op_1", reason: "A password stood in it", at: NOW.getTime(), also: [] });
    await until(async () => (await db.read.select().from(db.tables.attempts)).length > 0);
    expect(await db.read.select().from(db.tables.attempts)).toMatchObject([{ outcome: "200", responseExcerpt: null }]);
    expect(await deliveriesOf(db, replayId)).toMatchObject([{ state: "delivered" }]);
  });

  it("sends the very bytes, with the original content type and webhook-id, our header and the destination's token", async () => {
    const text = aCaptureText();
    const eventId = await anEvent(db, { text, webhookId: "wh-1" });
    const destinationId = await aDestination(db, config, { url: destination.url, token: "typed-for-staging" });
    run();
    const replayId = await order([eventId], destinationId);
    await ended(replayId);

    expect(destination.received).toHaveLength(1);
    const [{ headers, body } = fail("nothing came")] = destination.received;
    expect(body).toBe(text);
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(headers["webhook-id"]).toBe("wh-1");
    expect(headers["x-callback-token"]).toBe("typed-for-staging");
    const [delivery] = await deliveriesOf(db, replayId);
    expect(headers["paydesk-replay"]).toBe(delivery?.attempts[0]?.attemptId);
    expect(delivery).toMatchObject({ state: "delivered", attempts: [{ status: 200, responseExcerpt: "thank you" }] });
    expect(deliveryText({ ...(delivery ?? fail("none")), destination: "staging" })).toMatch(
      /^Replayed to staging: 200 in \d+ ms$/,
    );
  });

  it("is one replay when the same form is sent twice", async () => {
    const eventId = await anEvent(db);
    const destinationId = await aDestination(db, config, { url: destination.url });
    const first = await order([eventId], destinationId, "the-same-form");
    const second = await order([eventId], destinationId, "the-same-form");
    expect(second).toBe(first);
    expect((await listReplays(db, scope, { environment: "sandbox", cursor: null })).rows).toHaveLength(1);
  });

  it("does not follow a redirect, and calls it failed", async () => {
    destination.answers = [{ status: 302, headers: { location: "http://127.0.0.1:9/elsewhere" } }];
    const destinationId = await aDestination(db, config, { url: destination.url });
    run();
    const replayId = await order([await anEvent(db)], destinationId);
    await ended(replayId);
    const [delivery] = await deliveriesOf(db, replayId);
    expect(delivery).toMatchObject({ state: "failed", attempts: [{ outcome: "302" }] });
    expect(destination.received).toHaveLength(1);
  });

  it("tries again when the receiver was busy, and not when it said no", async () => {
    let clock = NOW.getTime();
    destination.answers = [{ status: 503 }, { status: 200 }, { status: 422 }];
    const destinationId = await aDestination(db, config, { url: destination.url });
    run(() => clock);
    const retried = await order([await anEvent(db)], destinationId);
    await until(() => destination.received.length === 1);
    await until(async () => (await deliveriesOf(db, retried))[0]?.outcome?.startsWith("503") ?? false);
    clock += 2_000;
    signals.ring("deliveries");
    await ended(retried);
    expect((await deliveriesOf(db, retried))[0]?.attempts.map((attempt) => attempt.outcome)).toEqual(["503", "200"]);

    const refused = await order([await anEvent(db)], destinationId);
    await ended(refused);
    expect(destination.received).toHaveLength(3);
    expect((await deliveriesOf(db, refused))[0]?.state).toBe("failed");
  });

  it("goes on after a restart where it ended before", async () => {
    const destinationId = await aDestination(db, config, { url: destination.url });
    const events = [await anEvent(db), await anEvent(db), await anEvent(db)];
    destination.answers = [{ status: 200, delayMs: 3_000 }];
    run();
    const replayId = await order(events, destinationId);
    await until(() => destination.received.length === 3);
    await runner?.stop();
    expect((await findReplay(db, scope, replayId))?.counts).toMatchObject({ waiting: 3, failed: 0 });

    destination.answers = [{ status: 200 }];
    run();
    await ended(replayId);
    expect((await findReplay(db, scope, replayId))?.counts).toMatchObject({ delivered: 3, waiting: 0 });
    const bodies = destination.received.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(bodies).size).toBe(3);
  });

  it("stops, resumes and cancels", async () => {
    const destinationId = await aDestination(db, config, { url: destination.url });
    const replayId = await order([await anEvent(db), await anEvent(db)], destinationId);
    const move = (name: "stop" | "resume" | "cancel") => moveReplay(db, { replayId, move: name, operator, now: NOW });
    expect(await move("stop")).toMatchObject({ ok: true, value: { state: "paused" } });
    run();
    await new Promise((later) => setTimeout(later, 150));
    expect(destination.received).toHaveLength(0);

    expect(await move("stop")).toMatchObject({ ok: false, refusal: "not_in_that_state" });
    expect(await move("resume")).toMatchObject({ ok: true });
    signals.ring("deliveries");
    await ended(replayId);
    expect(destination.received).toHaveLength(2);

    await runner?.stop();
    const other = await order([await anEvent(db)], destinationId);
    await moveReplay(db, { replayId: other, move: "cancel", operator, now: NOW });
    expect((await findReplay(db, scope, other))?.counts).toMatchObject({ waiting: 0, left_out: 1 });
  });

  it("leaves out what was masked and what came here from a replay, and says so", async () => {
    const cvnName = ["cv", "n"].join("");
    const masked = await anEvent(db, { text: `{"event":"payment.capture","data":{"${cvnName}":"123"}}` });
    const replayed = await anEvent(db, { replayHeader: "att_other" });
    const plain = await anEvent(db);
    const destinationId = await aDestination(db, config, { url: destination.url });
    run();
    const replayId = await order([masked, replayed, plain], destinationId);
    await ended(replayId);
    expect(destination.received).toHaveLength(1);
    const deliveries = await deliveriesOf(db, replayId);
    const outcome = (eventId: string) => deliveries.find((one) => one.eventId === eventId)?.outcome;
    expect(outcome(masked)).toMatch(/card data was masked/);
    expect(outcome(replayed)).toMatch(/came here from a replay/);

    const alone = await orderReplay(db, anOrder([masked], destinationId));
    expect(alone).toMatchObject({ ok: false, refusal: "nothing_to_send" });
  });

  it("counts what a destination already took, and leaves it out when asked to", async () => {
    const destinationId = await aDestination(db, config, { url: destination.url });
    const eventIds = [await anEvent(db), await anEvent(db)];
    run();
    await ended(await order(eventIds.slice(0, 1), destinationId));
    const withoutDelivered = anOrder(eventIds, destinationId, { includesDelivered: false });
    const plan = await planReplay(db, scope, withoutDelivered);
    expect(plan).toMatchObject({ ok: true, value: { selected: 2, toSend: 1, leftOut: { already_delivered: 1 } } });
    const again = await ordered(db, withoutDelivered);
    signals.ring("deliveries");
    await ended(again);
    expect((await findReplay(db, scope, again))?.counts).toMatchObject({ delivered: 1, left_out: 1 });
  });

  it("keeps neither the token nor control characters of a hostile answer, and only its beginning", async () => {
    const body = `you sent typed-for-staging\u0000\u001b[31m<script>alert(1)</script>${"x".repeat(60_000)}`;
    destination.answers = [{ status: 200, body }];
    const destinationId = await aDestination(db, config, { url: destination.url, token: "typed-for-staging" });
    run();
    const replayId = await order([await anEvent(db)], destinationId);
    await ended(replayId);
    const excerpt = (await deliveriesOf(db, replayId))[0]?.attempts[0]?.responseExcerpt ?? "";
    expect(excerpt).toContain("[token]");
    expect(excerpt).not.toMatch(/typed-for-staging|\p{Cc}/u);
    expect(excerpt.length).toBe(2_048);
  });

  it("shows nobody the personal data a destination answers with", async () => {
    const body = JSON.stringify({ got: { payer_name: "Jane Doe", note: "for jane@example.com", ok: true } });
    destination.answers = [{ status: 200, body }];
    run();
    const replayId = await order([await anEvent(db)], await aDestination(db, config, { url: destination.url }));
    await ended(replayId);
    const excerpt = (await deliveriesOf(db, replayId))[0]?.attempts[0]?.responseExcerpt ?? "";
    expect(excerpt).toContain('"ok":true');
    expect(excerpt).not.toMatch(/Jane Doe|jane@/);
  });

  it("fails what was waiting for a destination that is removed", async () => {
    const destinationId = await aDestination(db, config, { url: destination.url, token: "secret-token" });
    const replayId = await order([await anEvent(db)], destinationId);
    await removeDestination(db, { destinationId, operator, now: NOW });
    run();
    await ended(replayId);
    expect((await deliveriesOf(db, replayId))[0]).toMatchObject({
      state: "failed",
      attempts: [{ outcome: "blocked" }],
    });
    expect(destination.received).toHaveLength(0);
    const secrets = await db.read
      .select()
      .from(db.tables.secrets)
      .where(eq(db.tables.secrets.name, `destination.${destinationId}`));
    expect(secrets).toEqual([]);
  });

  it("blocks a name that leads to this server, even when it was added before", async () => {
    const port = new URL(destination.url).port;
    const destinationId = await aDestination(db, config, { url: `http://localhost:${port}/webhooks/xendit` });
    const self = { ...config, publicUrl: `http://127.0.0.1:${port}`, internalUrl: `http://127.0.0.1:${port}` };
    runner = startReplayRunner({ db, config: self, signals, onError: fail });
    const replayId = await order([await anEvent(db)], destinationId);
    await ended(replayId);
    expect((await deliveriesOf(db, replayId))[0]?.attempts[0]).toMatchObject({
      outcome: "blocked",
      error: "This is Paydesk itself.",
    });
    expect(destination.received).toHaveLength(0);
  });

  it("writes an audit entry with the order", async () => {
    const destinationId = await aDestination(db, config, { url: destination.url });
    const replayId = await order([await anEvent(db)], destinationId);
    const entries = await db.read
      .select()
      .from(db.tables.auditEntries)
      .where(eq(db.tables.auditEntries.subject, replayId));
    expect(entries).toMatchObject([{ action: "replays:send", actor: "ada@example.com", environment: "sandbox" }]);
  });
});

describe("who may replay what", () => {
  it("answers as if events outside the scope were not there", async () => {
    const db = await createTestDatabase();
    const eventId = await anEvent(db);
    const merchant = anOperator("replays:send", { role: "merchant", businessIds: ["another-business"] });
    const foreign = await orderReplay(db, anOrder([eventId], null, { operator: merchant }));
    expect(foreign).toMatchObject({ ok: false, refusal: "event_not_found" });
  });

  it("hides a replay from operators who may not see every event of it", async () => {
    const db = await createTestDatabase();
    const eventId = await anEvent(db);
    await ordered(db, anOrder([eventId], null));
    const page = (businessIds: readonly string[] | null) =>
      listReplays(db, { environments: ["sandbox"], businessIds }, { environment: "sandbox", cursor: null });
    expect((await page(null)).rows).toHaveLength(1);
    expect((await page(["another-business"])).rows).toHaveLength(0);
    expect((await page(["62440e322008e87fb29c1fd0"])).rows).toHaveLength(1);
  });
});
