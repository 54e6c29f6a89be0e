import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { and, count, gte, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { alive } from "../../db/alive.ts";
import type { Arrival, Database } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open-database.ts";
import { linkWorker } from "../../db/worker-link.ts";
import type { Job, JobReply } from "../../db/writer/jobs.ts";

let folder: string;
let file: string;
let db: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "paydesk-"));
  file = join(folder, "data", "paydesk.db");
  migrate(file);
  db = await openDatabase({ file, threads: true });
});

afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const anArrival = (webhookId: string, body: unknown = { id: webhookId }): Arrival => ({
  environment: "test",
  bytes: Buffer.from(JSON.stringify(body)),
  headers: [["content-type", "application/json"]],
  webhookId,
  tokenLabel: "main",
  address: "127.0.0.1",
  replayHeader: null,
  receivedAt: 1_700_000_000_000,
});

/** Counts to a hundred million unless it is stopped. */
const endless = sql`(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000 AND ${alive}) SELECT count(*) FROM n)`;

it("what was acknowledged is visible to the next read of either reader", async () => {
  const { eventId } = await db.capture(anArrival("w-1"));
  const { events } = db.tables;
  expect(await db.read.select({ id: events.eventId }).from(events)).toEqual([{ id: eventId }]);
  expect(await db.heavy().select({ id: events.eventId }).from(events)).toEqual([{ id: eventId }]);
});

it("both readers give the same rows, bytes and JSON included", async () => {
  await db.capture(anArrival("w-1"));
  for (const table of [db.tables.events, db.tables.bodies]) {
    expect(await db.heavy().select().from(table)).toEqual(await db.read.select().from(table));
    expect(await db.heavy().select().from(table).get()).toEqual(await db.read.select().from(table).get());
  }
  expect(await db.heavy().select().from(db.tables.refunds).get()).toBeUndefined();
});

it("the files can be read by their owner only", async () => {
  await db.capture(anArrival("w-1"));
  const modes = readdirSync(join(folder, "data")).map((name) => statSync(join(folder, "data", name)).mode & 0o777);
  expect(modes).toEqual([0o600, 0o600, 0o600]);
});

it("a heavy query is stopped at its deadline, and the reader goes on with the next", async () => {
  const stopped = db.heavy({ deadlineMs: 50 }).select({ n: endless }).from(sql`(SELECT 1)`);
  await expect(stopped).rejects.toMatchObject({ name: "DeadlineError", code: "DEADLINE" });
  expect(await db.heavy({ deadlineMs: 20_000 }).select({ rows: count() }).from(db.tables.events)).toEqual([
    { rows: 0 },
  ]);
});

it("a heavy query stops when its request is gone", async () => {
  const gone = new AbortController();
  const stopped = Promise.resolve(db.heavy({ signal: gone.signal }).select({ n: endless }).from(sql`(SELECT 1)`));
  setTimeout(() => gone.abort(), 20);
  await expect(stopped).rejects.toMatchObject({ code: "DEADLINE" });
  const { settings } = db.tables;
  expect(
    await db
      .heavy({ deadlineMs: 20_000 })
      .select()
      .from(settings)
      .where(and(alive, gte(settings.updatedAt, 0))),
  ).toEqual([]);
});

it("an error of a query names no parameter", async () => {
  const failing = Promise.resolve(
    db
      .heavy()
      .select({ n: sql`no_such_function(${"secret value"})` })
      .from(sql`(SELECT 1)`),
  );
  await expect(failing).rejects.toMatchObject({
    code: "SQLITE_ERROR",
    message: expect.not.stringContaining("secret value"),
  });
});

it("captures are refused with SQLite's code while the file is locked, and taken again afterwards", async () => {
  const other = new Sqlite(file);
  other.exec("BEGIN IMMEDIATE");
  const captures = ["w-1", "w-2", "w-3"].map((id) => db.capture(anArrival(id)));
  const outcomes = await Promise.allSettled(captures);
  expect(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code)).toEqual(
    Array(3).fill("SQLITE_BUSY"),
  );
  other.exec("ROLLBACK");
  other.close();
  expect(await db.capture(anArrival("w-1"))).toMatchObject({ duplicate: false });
}, 60_000);

it("a full disk refuses what does not fit and keeps what was acknowledged", async () => {
  const other = new Sqlite(file);
  const pages = other.pragma("page_count", { simple: true });
  other.close();
  await db.write([
    { query: { toSQL: () => ({ sql: `PRAGMA max_page_count = ${Number(pages) + 20}`, params: [] }) }, rows: "any" },
  ]);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, (_, at) => db.capture(anArrival(`w-${at}`, { id: at, filling: "x".repeat(10_000) }))),
  );
  const kept = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value.eventId] : []));
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
  expect(kept.length).toBeGreaterThan(0);
  expect(new Set(refused)).toEqual(new Set(["SQLITE_FULL"]));
  const { events } = db.tables;
  const stored = await db.read.select({ id: events.eventId }).from(events);
  expect(stored.map(({ id }) => id).sort()).toEqual(kept.sort());
});

it("watchers hear of a capture after it is durable", async () => {
  const heard: (string | null)[] = [];
  db.onChange((changes) => heard.push(...changes.map(({ eventId }) => eventId)));
  const { eventId } = await db.capture(anArrival("w-1"));
  await Promise.resolve();
  expect(heard).toContain(eventId);
});

it("a worker that died is started again for the next question", async () => {
  const blocked = join(folder, "blocked");
  writeFileSync(blocked, "a file where a folder should be");
  const writer = linkWorker<readonly Job[], readonly JobReply[]>("writer", join(blocked, "paydesk.db"));
  await expect(writer.ask([])).rejects.toMatchObject({ code: "STORE_LOST" });
  rmSync(blocked);
  migrate(join(blocked, "paydesk.db"));
  expect(await writer.ask([{ kind: "refold", input: null }])).toMatchObject([{ ok: true, value: { left: false } }]);
  await writer.close();
});
