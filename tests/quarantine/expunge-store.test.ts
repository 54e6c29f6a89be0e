import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open-database.ts";
import { eventStates, projectedRows } from "../db/rows.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { createTestDatabase } from "../setup/db.ts";

const SECRET = "hunter2-correct-horse-battery";
const AT = Date.parse("2026-05-04T03:00:00Z");
const order = { by: "op_1", reason: "A password stood in the reference", at: AT, also: [] } as const;
/** The secret where Xendit lets a merchant put anything: it is projected, looked up by, and shown. */
const leaking = (number = 7) => aCapture({ number, data: { reference_id: SECRET, metadata: { note: SECRET } } });

const eventOf = async (db: Database, eventId: string) => {
  const { events, observations, bodies } = db.tables;
  const [row] = await db.read
    .select({ event: events, observation: observations, digest: bodies.digest, size: bodies.size, bytes: bodies.bytes })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(eq(events.eventId, eventId));
  if (!row) throw new Error(`${eventId} is not there`);
  return row;
};

describe("an expunged body", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
  });

  it("is gone, while its digest and size say what it was", async () => {
    const { eventId } = await capture(db, leaking());
    const before = await eventOf(db, eventId);
    expect(await db.expunge({ ...order, eventId })).toEqual({
      outcome: "expunged",
      eventIds: [eventId],
      isWiped: true,
    });
    const after = await eventOf(db, eventId);
    expect(after.bytes).toHaveLength(0);
    expect(after).toMatchObject({ digest: before.digest, size: before.size });
    expect(after.event).toMatchObject({
      state: "quarantined",
      reason: "expunged",
      eventType: "payment.capture",
      businessId: before.event.businessId,
      primaryId: null,
      paymentRequestId: null,
      eci: null,
      expungedAt: AT,
      expungedBy: "op_1",
      expungedReason: order.reason,
    });
  });

  it("takes along what was noted of its fields, whose names may be the secret", async () => {
    const { eventId } = await capture(db, leaking());
    const { driftNotices, fieldSightings } = db.tables;
    const field = { environment: "sandbox", eventType: "payment.capture", path: `data.${SECRET}` } as const;
    const notice = { ...field, noticeId: "drf_1", kind: "new", detail: SECRET, eventId, at: AT } as const;
    const sighting = {
      ...field,
      type: "string",
      count: 1,
      firstEventId: eventId,
      firstSeenAt: AT,
      lastSeenAt: AT,
    } as const;
    await db.write([
      { query: db.read.insert(driftNotices).values(notice), rows: 1 },
      { query: db.read.insert(fieldSightings).values(sighting), rows: 1 },
    ]);
    await db.expunge({ ...order, eventId });
    expect(await db.read.select().from(driftNotices)).toEqual([]);
    expect(await db.read.select().from(fieldSightings)).toEqual([]);
  });

  it("leaves no payment behind when nothing else told of it", async () => {
    const { eventId } = await capture(db, leaking());
    await capture(db, aCapture({ number: 8 }));
    await db.expunge({ ...order, eventId });
    const left = await db.read.select().from(db.tables.paymentRequests);
    expect(left.map((row) => row.paymentRequestId)).toEqual(["pr-00000000-0000-4000-8000-000000000008"]);
    expect(JSON.stringify(await projectedRows(db))).not.toContain(SECRET);
  });

  it("leaves the payment as what else is known of it tells", async () => {
    const { eventId } = await capture(db, leaking(), { webhookId: "wh-1" });
    await capture(db, aCapture({ number: 7, data: { reference_id: "order-7" } }), { webhookId: "wh-2" });
    await db.expunge({ ...order, eventId });
    const [payment] = await db.read.select().from(db.tables.paymentRequests);
    expect(payment).toMatchObject({ referenceId: "order-7", status: "SUCCEEDED" });
    expect(payment?.disagreements).toEqual([]);
  });

  it("takes along the receipts' own bytes and the same content under another key", async () => {
    const body = leaking();
    const { eventId } = await capture(db, body, { webhookId: "wh-1" });
    await capture(db, JSON.stringify(body, null, 2), { webhookId: "wh-1" });
    const { eventId: twin } = await capture(db, body, { webhookId: "wh-2" });
    expect(await db.expunge({ ...order, eventId: twin })).toMatchObject({ eventIds: [twin, eventId] });
    const kept = await db.read.select({ bytes: db.tables.bodies.bytes }).from(db.tables.bodies);
    expect(kept).toHaveLength(3);
    expect(kept.every(({ bytes }) => bytes.byteLength === 0)).toBe(true);
  });

  it("keeps of headers the names, and of an odd event name or business nothing", async () => {
    const { eventId } = await capture(
      db,
      { event: SECRET, business_id: SECRET, data: {} },
      { headers: [["x-note", SECRET]], webhookId: "wh-1" },
    );
    await db.expunge({ ...order, eventId });
    const { event } = await eventOf(db, eventId);
    expect(event.headers).toEqual([["x-note", "[expunged]"]]);
    expect(JSON.stringify(event)).not.toContain(SECRET);
  });

  it("does not come back with a retry, under its own key or another", async () => {
    const { eventId } = await capture(db, leaking(), { webhookId: "wh-1" });
    await db.expunge({ ...order, eventId });
    const again = await capture(db, leaking(), { webhookId: "wh-1" });
    const spelled = await capture(db, JSON.stringify(leaking(), null, 2), { webhookId: "wh-1" });
    const resent = await capture(db, leaking(), { webhookId: "wh-3" });
    expect([again, spelled, resent]).toEqual(Array(3).fill({ eventId, duplicate: true, quarantined: true }));
    expect((await eventOf(db, eventId)).event.receipts).toBe(4);
    const kept = await db.read.select({ bytes: db.tables.bodies.bytes }).from(db.tables.bodies);
    expect(kept.map(({ bytes }) => bytes.byteLength)).toEqual([0]);
  });

  it("without a webhook-id is known by its content", async () => {
    const { eventId } = await capture(db, leaking());
    await db.expunge({ ...order, eventId });
    expect((await eventOf(db, eventId)).observation.dedupeKey).not.toContain("py-");
    expect(await capture(db, leaking())).toEqual({ eventId, duplicate: true, quarantined: true });
  });

  it("does not keep a corrected webhook of the same key out", async () => {
    const { eventId } = await capture(db, leaking(), { webhookId: "wh-1" });
    await db.expunge({ ...order, eventId });
    const corrected = await capture(db, aCapture({ number: 7 }), { webhookId: "wh-1" });
    expect(corrected).toMatchObject({ duplicate: false, quarantined: false });
    expect((await eventOf(db, corrected.eventId)).event).toMatchObject({ state: "processed", drift: [] });
  });

  it("ends a conflict that it alone made", async () => {
    const { eventId: wrong } = await capture(db, leaking(), { webhookId: "wh-1" });
    const { eventId: right } = await capture(db, aCapture({ number: 7, cvn: "N" }), { webhookId: "wh-1" });
    expect((await eventOf(db, right)).event.state).toBe("conflict");
    await db.expunge({ ...order, eventId: wrong });
    expect((await eventOf(db, right)).event.state).toBe("processed");
  });

  it("is expunged once, and not at all when its audit entry cannot be kept", async () => {
    const { eventId } = await capture(db, leaking());
    const { settings } = db.tables;
    const misfit = { query: db.read.delete(settings).where(eq(settings.name, "no such")), rows: 1 } as const;
    expect(await db.expunge({ ...order, eventId, also: [misfit] })).toMatchObject({ outcome: "misfit" });
    expect((await eventOf(db, eventId)).bytes.byteLength).toBeGreaterThan(0);
    expect((await eventOf(db, eventId)).event.state).toBe("processed");
    await db.expunge({ ...order, eventId });
    expect(await db.expunge({ ...order, eventId })).toMatchObject({ outcome: "already" });
    expect(await db.expunge({ ...order, eventId: "evt_none" })).toMatchObject({ outcome: "absent" });
  });

  it("is not sent any more, and what a destination echoed is cleared", async () => {
    const { eventId } = await capture(db, leaking());
    const { replays, deliveries, attempts } = db.tables;
    const replay = {
      replayId: "rpl_1",
      kind: "send",
      environment: "sandbox",
      state: "running",
      total: 2,
      orderedBy: "op_1",
      orderedAt: AT,
      idempotencyKey: "k",
    } as const;
    const delivery = { replayId: "rpl_1", eventId, attempts: 1, updatedAt: AT, orderKey: SECRET };
    await db.write([
      { query: db.read.insert(replays).values(replay), rows: 1 },
      {
        query: db.read.insert(deliveries).values([
          { ...delivery, deliveryId: "dlv_1", state: "delivered" },
          { ...delivery, deliveryId: "dlv_2", state: "waiting", nextAttemptAt: AT },
        ]),
        rows: 2,
      },
      {
        query: db.read.insert(attempts).values({
          attemptId: "att_1",
          deliveryId: "dlv_1",
          at: AT,
          outcome: "200",
          status: 200,
          responseExcerpt: `you sent ${SECRET}`,
        }),
        rows: 1,
      },
    ]);
    await db.expunge({ ...order, eventId });
    expect(await db.read.select({ excerpt: attempts.responseExcerpt }).from(attempts)).toEqual([{ excerpt: null }]);
    expect(await db.read.select({ state: deliveries.state, orderKey: deliveries.orderKey }).from(deliveries)).toEqual([
      { state: "delivered", orderKey: null },
      { state: "left_out", orderKey: null },
    ]);
    expect(await db.read.select({ state: replays.state }).from(replays)).toEqual([{ state: "finished" }]);
  });

  it("stays expunged through a rebuild, which ends in the same rows", async () => {
    for (let number = 1; number <= 5; number++) await capture(db, aCapture({ number }), { webhookId: `wh-${number}` });
    const { eventId } = await capture(db, leaking(), { webhookId: "wh-7" });
    const { eventId: keyless } = await capture(db, leaking(9));
    await db.expunge({ ...order, eventId });
    await db.expunge({ ...order, eventId: keyless });
    const before = [await projectedRows(db), await eventStates(db), await db.read.select().from(db.tables.events)];
    await db.rebuild();
    expect([await projectedRows(db), await eventStates(db), await db.read.select().from(db.tables.events)]).toEqual(
      before,
    );
  });

  it("is processed again without becoming anything else", async () => {
    const { eventId } = await capture(db, leaking());
    await db.expunge({ ...order, eventId });
    expect(await db.reprocess([eventId])).toEqual({ processed: 0 });
    expect((await eventOf(db, eventId)).event.reason).toBe("expunged");
  });
});

describe("on disk", () => {
  let folder: string;
  let db: Database;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "paydesk-expunge-"));
    const file = join(folder, "paydesk.db");
    migrate(file);
    db = await openDatabase({ file, threads: true });
  });
  afterEach(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });

  const filesWith = (secret: string) =>
    readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(secret));

  it("no file of the database holds the secret, however often its rows were moved before", async () => {
    const body = leaking(500);
    const { eventId } = await capture(db, body, { webhookId: "wh-leak", headers: [["x-note", SECRET]] });
    for (let number = 1; number <= 120; number++) {
      await capture(db, aCapture({ number, data: { reference_id: `${number % 2 ? "a" : "z"}-${number}` } }));
    }
    await capture(db, JSON.stringify(body, null, 1), { webhookId: "wh-leak" });
    await capture(db, aCapture({ number: 500, avs: "N", data: { reference_id: SECRET } }), { webhookId: "wh-more" });
    const { events } = db.tables;
    const [more] = await db.read.select({ id: events.eventId }).from(events).where(eq(events.avs, "N"));
    expect(filesWith(SECRET)).not.toEqual([]);

    expect(await db.expunge({ ...order, eventId })).toMatchObject({ outcome: "expunged", isWiped: true });
    expect(await db.expunge({ ...order, eventId: more?.id ?? "" })).toMatchObject({
      outcome: "expunged",
      isWiped: true,
    });
    expect(filesWith(SECRET)).toEqual([]);
    expect(await db.capture({ ...retry, bytes: Buffer.from(JSON.stringify(body)) })).toMatchObject({ eventId });
    expect(filesWith(SECRET)).toEqual([]);
  });

  const retry = {
    environment: "sandbox",
    headers: [],
    webhookId: "wh-leak",
    tokenLabel: null,
    address: null,
    replayHeader: null,
    receivedAt: AT,
  } as const;
});
