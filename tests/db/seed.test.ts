import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../db/database.ts";
import { DAY } from "../../db/demo/calendar.ts";
import { tellStory } from "../../db/demo/story.ts";
import { seedDemo } from "../../db/seed.ts";
import { createTestDatabase } from "../setup/db.ts";

const now = new Date("2026-05-04T03:02:01Z");
const businessId = "62440e322008e87fb29c1fd0";
const story = (seed: number, payments = 150) => tellStory({ payments, seed, now: now.getTime(), businessId }).moments;

describe("the demo merchant's story", () => {
  it("is told the same way from the same seed, and another way from another", () => {
    expect(story(7)).toEqual(story(7));
    expect(story(7).map((moment) => moment.text)).not.toEqual(story(8).map((moment) => moment.text));
  });

  it("lies in the ninety days before now, in order of arrival", () => {
    const times = story(7, 600).map((moment) => moment.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1) ?? 0).toBeLessThanOrEqual(now.getTime());
    expect(times[0] ?? 0).toBeGreaterThan(now.getTime() - 91 * DAY);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(80 * DAY);
  });

  it("is as busy in its last week as before, up to the last hours", () => {
    const created = story(7, 1_000).filter((moment) => moment.kind === "api" && moment.subject === "session");
    const lastWeek = created.filter((moment) => moment.at > now.getTime() - 7 * DAY).length;
    expect(lastWeek / created.length).toBeGreaterThan(7 / 90);
    expect(created.some((moment) => moment.at > now.getTime() - DAY)).toBe(true);
  });

  it("is busier in the afternoon than at night", () => {
    const hours = story(7, 1_000).map((moment) => new Date(moment.at + 7 * 3_600_000).getUTCHours());
    const between = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length;
    expect(between(10, 14)).toBeGreaterThan(5 * between(1, 5));
  });

  it("names no card number and no CVN", () => {
    const text = story(7, 600)
      .map((moment) => moment.text)
      .join("\n");
    expect(text).not.toMatch(/"(cvn|cvv|cvc|card_number|pan)"/i);
    expect(text).not.toMatch(/"masked_card_number":"\d+"/);
  });
});

describe("a seeded store", () => {
  let db: Database;
  const progress: [number, number][] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    await seedDemo(db, { payments: 300, seed: 7, now, progress: (done, total) => progress.push([done, total]) });
  }, 60_000);

  const count = async (
    table: "paymentRequests" | "events" | "refunds",
    where: (row: Record<string, unknown>) => boolean,
  ) => {
    const rows: readonly Record<string, unknown>[] = await db.read.select().from(db.tables[table]);
    return rows.filter(where).length;
  };

  it("holds exactly as many payment requests as asked for, all of the sandbox", async () => {
    expect(await count("paymentRequests", () => true)).toBe(300);
    expect(await count("paymentRequests", (row) => row.environment !== "sandbox")).toBe(0);
  });

  it("shows every kind of thing a desk has to deal with", async () => {
    const requests = await db.read.select().from(db.tables.paymentRequests);
    const statuses = new Set(requests.map((row) => row.status));
    expect([...statuses]).toEqual(expect.arrayContaining(["SUCCEEDED", "FAILED", "AUTHORIZED"]));
    const flags = new Set(requests.flatMap((row) => row.flags));
    expect([...flags]).toEqual(
      expect.arrayContaining(["conflict", "paid_twice", "paid_after_expiry", "approved_without_3ds", "claimed"]),
    );
    expect(new Set(requests.map((row) => row.currency)).size).toBeGreaterThan(3);
    expect(await count("events", (row) => row.state === "quarantined")).toBeGreaterThanOrEqual(3);
    expect(await count("events", (row) => row.state === "conflict")).toBe(2);
    expect(await count("events", (row) => Number(row.receipts) > 1)).toBeGreaterThan(0);
    expect(await count("refunds", () => true)).toBeGreaterThan(0);
  });

  it("approves most payments, and says of declines what the network said", async () => {
    const requests = await db.read.select().from(db.tables.paymentRequests);
    const paid = requests.filter((row) => row.status === "SUCCEEDED");
    expect(paid.length / requests.length).toBeGreaterThan(0.7);
    expect(paid.every((row) => row.response === "00" || row.response === "85")).toBe(true);
    const declined = requests.filter((row) => row.status === "FAILED" && row.response !== null);
    expect(declined.length).toBeGreaterThan(5);
    expect(declined.every((row) => row.failureCode !== null)).toBe(true);
  });

  it("ends in the same rows when everything is folded again", async () => {
    const rows = async () => ({
      requests: await db.read.select().from(db.tables.paymentRequests),
      sessions: await db.read.select().from(db.tables.sessions),
      counts: await db.read.select().from(db.tables.hourlyCounts),
    });
    const sorted = (value: Awaited<ReturnType<typeof rows>>) =>
      Object.values(value).map((list) => list.map((row) => JSON.stringify(row)).sort());
    const before = sorted(await rows());
    await db.rebuild();
    expect(sorted(await rows())).toEqual(before);
  }, 60_000);

  it("reports its progress up to the end", () => {
    const [done, total] = progress.at(-1) ?? [0, 1];
    expect(done).toBe(total);
    expect(progress.length).toBeGreaterThan(1);
  });
});
