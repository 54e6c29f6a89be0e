import { count, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { createTestDatabase } from "../setup/db.ts";
import { anArrival, aPayment, captureBody } from "./arrivals.ts";

const setting = (name: string) => ({ name, value: { on: true }, updatedAt: 1 });

it("a write list is kept whole when every row count fits", async () => {
  const db = await createTestDatabase();
  const { settings } = db.tables;
  const outcome = await db.write([
    { query: db.read.insert(settings).values([setting("a"), setting("b")]), rows: 2 },
    { query: db.read.update(settings).set({ updatedAt: 2 }).where(eq(settings.name, "a")), rows: 1 },
  ]);
  expect(outcome).toEqual({ ok: true });
  expect(await db.read.select().from(settings).where(eq(settings.name, "a"))).toEqual([
    { name: "a", value: { on: true }, updatedAt: 2 },
  ]);
});

it("a wrong row count takes the whole list back and says where", async () => {
  const db = await createTestDatabase();
  const { settings } = db.tables;
  const outcome = await db.write([
    { query: db.read.insert(settings).values(setting("a")), rows: 1 },
    { query: db.read.update(settings).set({ updatedAt: 2 }).where(eq(settings.name, "absent")), rows: 1 },
  ]);
  expect(outcome).toEqual({ ok: false, at: 1, rows: 0 });
  expect(await db.read.select({ rows: count() }).from(settings)).toEqual([{ rows: 0 }]);
});

it("a broken statement throws with SQLite's code and keeps nothing of its list", async () => {
  const db = await createTestDatabase();
  const { settings } = db.tables;
  const failing = db.write([
    { query: db.read.insert(settings).values(setting("a")), rows: 1 },
    { query: db.read.insert(settings).values(setting("a")), rows: 1 },
  ]);
  await expect(failing).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_PRIMARYKEY" });
  expect(await db.read.select({ rows: count() }).from(settings)).toEqual([{ rows: 0 }]);
});

it("a list that fails does not take back the lists that share its commit", async () => {
  const db = await createTestDatabase();
  const { settings } = db.tables;
  const insert = (name: string) => db.write([{ query: db.read.insert(settings).values(setting(name)), rows: 1 }]);
  const outcomes = await Promise.allSettled([insert("a"), insert("b"), insert("a"), insert("c")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  const names = await db.read.select({ name: settings.name }).from(settings).orderBy(settings.name);
  expect(names.map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

it("a reader cannot write", async () => {
  const db = await createTestDatabase();
  await expect(async () => await db.read.insert(db.tables.settings).values(setting("a"))).rejects.toThrow(/readonly/);
});

it("only the last 1,000 refusals are kept", async () => {
  const db = await createTestDatabase();
  const refusals = Array.from({ length: 1_005 }, (_, at) =>
    db.refuse({ reason: "token", size: 1, address: "127.0.0.1", refusedAt: at }),
  );
  await Promise.all(refusals);
  const kept = await db.read.select({ at: db.tables.refusals.refusedAt }).from(db.tables.refusals);
  expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: 1_000 }, (_, at) => at + 5));
});

it("when the commit itself fails, each job is tried alone and only the culprit is refused", async () => {
  const db = await createTestDatabase();
  const { settings } = db.tables;
  const insert = (name: string) => db.write([{ query: db.read.insert(settings).values(setting(name)), rows: 1 }]);
  const plain = (sql: string) => ({ query: { toSQL: () => ({ sql, params: [] }) }, rows: "any" as const });
  const culprit = db.write([
    plain("PRAGMA defer_foreign_keys = ON"),
    plain("INSERT INTO receipts (receipt_id, event_id, kind, received_at) VALUES ('rct_1', 'evt_absent', 'first', 1)"),
  ]);
  const outcomes = await Promise.allSettled([insert("alone"), insert("a"), culprit, insert("b")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  await expect(culprit).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_FOREIGNKEY" });
  const names = await db.read.select({ name: settings.name }).from(settings).orderBy(settings.name);
  expect(names.map(({ name }) => name)).toEqual(["a", "alone", "b"]);
});

it("watchers hear which payment changed, and no more once they left", async () => {
  const db = await createTestDatabase();
  const heard: (string | null)[] = [];
  const leave = db.onChange((changes) => heard.push(...changes.map(({ paymentRequestId }) => paymentRequestId)));
  const payment = aPayment(1);
  await db.capture(anArrival(captureBody(payment)));
  expect(new Set(heard)).toEqual(new Set([payment.paymentRequestId]));
  leave();
  heard.length = 0;
  await db.capture(anArrival(captureBody(aPayment(2))));
  expect(heard).toEqual([]);
});
