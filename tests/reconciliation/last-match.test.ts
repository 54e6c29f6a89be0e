import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { findLastMatch } from "~/domain/reconciliation/last-match.server.ts";
import { defaultRules } from "~/xendit/reconcile/rules.ts";
import { createTestDatabase } from "../setup/db.ts";
import { bookReport, bookRun } from "./books.ts";

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

const isUnderWay = async () => {
  const everything = { environments: ["sandbox"] as const, businessIds: null };
  return (await findLastMatch(db, everything, { environment: "sandbox" })).isUnderWay;
};
const changeRules = (changedAt: number) => {
  const row = {
    environment: "sandbox",
    rules: defaultRules("sandbox"),
    changedBy: "ada@desk.test",
    changedAt,
  } as const;
  return db.write([{ query: db.read.insert(db.tables.reconciliationRules).values(row), rows: 1 }]);
};
const lastStart = async () => (await db.read.select().from(db.tables.reconciliationRuns))[0]?.startedAt ?? 0;

describe("a match is under way", () => {
  it("not while nothing was ever reported, whatever rules are set and empty reports read", async () => {
    expect(await isUnderWay()).toBe(false);
    await changeRules(1);
    await bookReport(db, { from: 1, to: 2, finishedAt: 3 });
    expect(await isUnderWay()).toBe(false);
  });

  it("after a report that was read since the last one began, and not after one it knew", async () => {
    await bookRun(db);
    const at = await lastStart();
    await bookReport(db, { from: 1, to: 2, finishedAt: at });
    expect(await isUnderWay()).toBe(false);
    await bookReport(db, { from: 1, to: 2, finishedAt: at + 1 });
    expect(await isUnderWay()).toBe(true);
  });

  it("after the rules were changed", async () => {
    await bookRun(db);
    await changeRules((await lastStart()) + 1);
    expect(await isUnderWay()).toBe(true);
  });
});
