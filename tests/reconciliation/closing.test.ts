import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { changeAccountingZone } from "~/domain/reconciliation/accounting-zone.server.ts";
import { blankImport } from "~/domain/reconciliation/begin-upload.server.ts";
import { closeDay } from "~/domain/reconciliation/close-day.server.ts";
import { closeMonth } from "~/domain/reconciliation/close-month.server.ts";
import { findLateChanges } from "~/domain/reconciliation/late-changes.server.ts";
import { listDays } from "~/domain/reconciliation/list-days.server.ts";
import type { Month } from "~/domain/reconciliation/month.ts";
import { findPostedAdjustments } from "~/domain/reconciliation/posted-adjustments.server.ts";
import { reopenDay } from "~/domain/reconciliation/reopen-day.server.ts";
import { verifyDay } from "~/domain/reconciliation/verify-day.server.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { LEDGER_AMOUNTS } from "~/xendit/reconcile/amount-names.ts";
import { createTestDatabase } from "../setup/db.ts";
import { book, bookRun, ledgerOf } from "./books.ts";

const scope = { environments: ENVIRONMENTS, businessIds: null };
const operator = { operatorId: "op_ada", email: "ada@example.com", scope };
const now = new Date("2026-04-01T00:00:00Z");
const zone = "Asia/Jakarta";
const environment = "sandbox" as const;
const first = "2026-03-10" as BusinessDay;
const second = "2026-03-11" as BusinessDay;
const third = "2026-03-12" as BusinessDay;

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
  await bookRun(db);
});

const close = (day: BusinessDay, acceptsOpen = false) => closeDay(db, { environment, day, acceptsOpen, operator, now });
const closings = () => db.read.select().from(db.tables.closedDays);
const audited = () => db.read.select().from(db.tables.auditEntries);
const line = async (day: BusinessDay, of = scope) =>
  (await listDays(db, of, { environment, days: [day], zone, now: now.getTime() }))[0];

async function reopen(day: BusinessDay, reason = "a mistake in the rules") {
  const closing = (await closings()).find((one) => one.day === day);
  return reopenDay(db, { environment, day, digest: closing?.digest ?? "", reason, operator, now });
}

describe("closing a day", () => {
  it("puts its groups on record with a digest anybody can compute again, and says who and when", async () => {
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_000_000, reported: 1_000_000, fee: 29_000 });
    await book(db, { groupKey: "pr-2", day: first, currency: "PHP" }, { captured: 5_050 });
    await book(db, { groupKey: "pr-3", day: second }, { captured: 7 });
    expect(await close(first)).toMatchObject({ ok: true, value: { openExceptions: 0 } });

    expect(await ledgerOf(db)).toHaveLength(2);
    const [closing] = await closings();
    expect(closing).toMatchObject({ day: first, zone, closedBy: "ada@example.com", closedAt: now.getTime() });
    expect(closing?.totals).toEqual([
      expect.objectContaining({ part: "day", currency: "IDR", captured: "10000.00", fee: "290.00" }),
      expect.objectContaining({ part: "day", currency: "PHP", captured: "50.50", fee: "0.00" }),
      { part: "classes", matched: "2" },
    ]);
    expect(await verifyDay(db, scope, { environment, day: first })).toEqual({
      isSame: true,
      digest: closing?.digest,
      rows: 2,
    });
    expect(await audited()).toMatchObject([
      { action: "reconciliation:close", subject: first, detail: { digest: closing?.digest } },
    ]);
  });

  it("is told from its ledger when somebody changes a figure behind its back", async () => {
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_000 });
    await close(first);
    const { reconciliationLedger: ledger } = db.tables;
    await db.write([{ query: db.read.update(ledger).set({ captured: 999 }), rows: 1 }]);
    expect(await verifyDay(db, scope, { environment, day: first })).toMatchObject({ isSame: false });
  });

  it("names what is in none of its sums", async () => {
    await book(db, { groupKey: "pr-1", day: first, untold: 2 }, { captured: 1_000 });
    await book(db, { groupKey: "pr-2", day: first, currency: "XXX", untold: 1 }, {});
    await close(first);
    expect((await line(first))?.figures).toMatchObject([
      { currency: "IDR", untold: 2, sums: { captured: "1000" } },
      { currency: "XXX", untold: 1, sums: { captured: "0" } },
    ]);
  });

  it("adds up beyond what a number holds exactly", async () => {
    const most = Number.MAX_SAFE_INTEGER;
    for (const groupKey of ["pr-1", "pr-2", "pr-3"]) await book(db, { groupKey, day: first }, { captured: most });
    await close(first);
    expect((await line(first))?.figures[0]?.sums.captured).toBe(String(3n * BigInt(most)));
    expect((await closings())[0]?.totals[0]?.captured).toBe("270215977642229.73");
  });

  it("wants it said that open exceptions are known", async () => {
    await book(db, { groupKey: "pr-1", day: first, class: "amount_differs" }, { captured: 1 });
    expect(await close(first)).toEqual({ ok: false, refusal: "open_exceptions", detail: "1" });
    expect(await closings()).toEqual([]);
    expect(await close(first, true)).toMatchObject({ ok: true, value: { openExceptions: 1 } });
    expect(await closings()).toMatchObject([{ openExceptions: 1 }]);
  });

  it("waits until the day is over in the accounting zone", async () => {
    const at = (iso: string) =>
      closeDay(db, { environment, day: first, acceptsOpen: false, operator, now: new Date(iso) });
    expect(await at("2026-03-10T16:59:59.999Z")).toEqual({ ok: false, refusal: "not_over" });
    expect(await at("2026-03-10T17:00:00.000Z")).toMatchObject({ ok: true });
  });

  it("is done once", async () => {
    expect(await close(first)).toMatchObject({ ok: true });
    expect(await close(first)).toEqual({ ok: false, refusal: "closed_before" });
    expect(await Promise.all([close(second), close(second)])).toMatchObject([{ ok: true }, { ok: false }]);
    expect(await audited()).toHaveLength(2);
  });

  it("is refused to whoever sees some businesses only, and where nothing was matched or the match did not add up", async () => {
    const limited = { ...operator, scope: { environments: ENVIRONMENTS, businessIds: ["biz-1"] } };
    expect(await closeDay(db, { environment, day: first, acceptsOpen: true, operator: limited, now })).toEqual({
      ok: false,
      refusal: "limited",
    });
    expect(await closeDay(db, { environment: "test", day: first, acceptsOpen: true, operator, now })).toEqual({
      ok: false,
      refusal: "not_matched",
    });
    await bookRun(db, { isWhole: false });
    expect(await close(first)).toEqual({ ok: false, refusal: "check_failed" });
    expect(await close(first, true)).toMatchObject({ ok: true });
  });

  it("fixes the accounting zone, and a change of the zone on its way is not overtaken", async () => {
    const signals = { ring: () => {} };
    expect(await changeAccountingZone(db, { zone: "Asia/Manila", operator, now, signals })).toMatchObject({ ok: true });
    await close(first);
    expect((await closings())[0]?.zone).toBe("Asia/Manila");
    expect(await changeAccountingZone(db, { zone, operator, now, signals })).toEqual({
      ok: false,
      refusal: "day_closed",
    });
    const stale = { environment, day: second, zone, acceptsOpen: true, operator, auditId: "aud_1", at: 1 };
    expect(await db.closeDay(stale)).toEqual({ outcome: "zone_changed" });
  });
});

describe("the accounting zone", () => {
  it("stays while a file is read, whose times are not read in two zones; what is pulled names its own", async () => {
    const { reportImports: table } = db.tables;
    const row = { ...blankImport(now), environment, importId: "imp_1", name: "report.csv", operatorId: "op_1" };
    const state = "importing" as const;
    await db.write([{ query: db.read.insert(table).values({ ...row, state, orderedBy: "finance" }), rows: 1 }]);
    const change = { zone: "Asia/Manila", operator, now, signals: { ring: () => {} } };
    expect(await changeAccountingZone(db, change)).toEqual({ ok: false, refusal: "report_read" });
    await db.write([{ query: db.read.update(table).set({ kind: "pull" }), rows: 1 }]);
    expect(await changeAccountingZone(db, change)).toMatchObject({ ok: true });
  });
});

describe("what comes late to a closed day", () => {
  beforeEach(async () => {
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_000, reported: 1_000 });
    await close(first);
  });

  it("changes nothing on it, is named, and goes on record with the next close", async () => {
    const before = await closings();
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_000, reported: 1_000, settled: 900 });
    await book(db, { groupKey: "pr-9", day: first, reference: "order 9" }, { captured: 5 });
    expect(await line(first)).toMatchObject({ late: 2, figures: [{ sums: { captured: "1000", settled: "0" } }] });
    const late = await findLateChanges(db, scope, { environment, day: first });
    expect(late).toMatchObject({ groups: 2, figures: [{ currency: "IDR", sums: { captured: "5", settled: "900" } }] });
    expect(late.named.map(({ groupKey, reference }) => [groupKey, reference])).toEqual([
      ["pr-1", "ref-pr-1"],
      ["pr-9", "order 9"],
    ]);

    await book(db, { groupKey: "pr-2", day: second }, { captured: 70 });
    await close(second);
    expect(await closings()).toEqual([...before, expect.objectContaining({ day: second })]);
    expect(await line(second)).toMatchObject({
      figures: [{ sums: { captured: "70" } }],
      adjustments: [{ sums: { captured: "5", settled: "900" } }],
    });
    const posted = { environment, from: first, to: first };
    expect(await findPostedAdjustments(db, scope, { ...posted, side: "of" })).toMatchObject({
      groups: 2,
      named: [{ period: second }, { period: second }],
    });
    expect(await findPostedAdjustments(db, scope, { environment, side: "by", from: second, to: second })).toMatchObject(
      {
        groups: 2,
      },
    );
    expect(await findLateChanges(db, scope, { environment, day: null })).toMatchObject({ groups: 0, named: [] });
    expect(await verifyDay(db, scope, { environment, day: second })).toMatchObject({ isSame: true, rows: 3 });
  });

  it("leaves no trace when it changed back before the next close", async () => {
    await book(db, { groupKey: "pr-1", day: first }, { captured: 2_000, reported: 1_000 });
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_000, reported: 1_000 });
    await close(second);
    expect(await ledgerOf(db)).toHaveLength(1);
  });

  it("waits again when the day that took it up is reopened", async () => {
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_500, reported: 1_000 });
    await close(second);
    expect(await reopen(second)).toEqual({ ok: true, value: null });
    expect((await ledgerOf(db)).map(({ period }) => period)).toEqual([first]);
    expect(await findLateChanges(db, scope, { environment, day: null })).toMatchObject({
      figures: [{ sums: { captured: "500" } }],
    });
    await close(third);
    expect((await ledgerOf(db)).filter(({ period }) => period === third)).toMatchObject([
      { day: first, captured: 500 },
    ]);
  });

  it("waits again even where its group adds nothing to that day any more", async () => {
    await book(db, { groupKey: "pr-1", day: first }, {});
    await close(second);
    const { reconciliationAmounts: amounts } = db.tables;
    await db.write([{ query: db.read.delete(amounts), rows: 1 }]);
    await reopen(second);
    expect(await findLateChanges(db, scope, { environment, day: first })).toMatchObject({
      figures: [{ sums: { captured: "-1000", reported: "-1000" } }],
    });
  });

  it("stays with the close that posted it when the day it belongs to is reopened and closed anew", async () => {
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_500, reported: 1_000 });
    await close(second);
    await reopen(first);
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_700, reported: 1_000 });
    await close(first);
    const rows = await ledgerOf(db);
    expect(rows.map(({ period, captured }) => [period, captured]).sort()).toEqual([
      [first, 1_200],
      [second, 500],
    ]);
  });
});

describe("reopening a day", () => {
  it("takes it off the record, with the reason and what it was closed with kept in the audit trail", async () => {
    await book(db, { groupKey: "pr-1", day: first }, { captured: 1_000 });
    await close(first);
    const [closing] = await closings();
    await reopen(first, "the bank sent a corrected report");
    expect(await closings()).toEqual([]);
    expect(await ledgerOf(db)).toEqual([]);
    expect((await audited()).at(-1)).toMatchObject({
      action: "reconciliation:reopen",
      subject: first,
      reason: "the bank sent a corrected report",
      detail: { digest: closing?.digest, totals: closing?.totals },
    });
  });

  it("is refused when it was closed anew since it was looked at, and to whoever sees some businesses only", async () => {
    await close(first);
    const of = { environment, day: first, reason: "because", operator, now };
    expect(await reopenDay(db, { ...of, digest: "0".repeat(64) })).toEqual({ ok: false, refusal: "not_closed" });
    const limited = { ...operator, scope: { environments: ENVIRONMENTS, businessIds: [] } };
    const digest = (await closings())[0]?.digest ?? "";
    expect(await reopenDay(db, { ...of, digest, operator: limited })).toEqual({ ok: false, refusal: "limited" });
    expect(await closings()).toHaveLength(1);
  });
});

describe("closing a month", () => {
  const month = "2026-03" as Month;

  it("closes its days in order, those that are not closed yet", async () => {
    await close(second);
    const done = await closeMonth(db, { environment, month, acceptsOpen: false, operator, now });
    expect(done.closed).toHaveLength(30);
    expect(done.stopped).toBeNull();
    expect(await closings()).toHaveLength(31);
  });

  it("stops at the first day that is refused and says where; what is closed stays closed", async () => {
    await book(db, { groupKey: "pr-1", day: third, class: "amount_differs" }, { captured: 1 });
    const done = await closeMonth(db, { environment, month, acceptsOpen: false, operator, now });
    expect(done.closed.at(-1)).toBe(second);
    expect(done.stopped).toEqual({ day: third, refusal: "open_exceptions", detail: "1" });
    expect(await closings()).toHaveLength(11);
  });
});

describe("somebody limited to a business", () => {
  it("sees its sums alone, frozen as the whole", async () => {
    await book(db, { groupKey: "pr-1", day: first, businessId: "biz-1" }, { captured: 1_000 });
    await book(db, { groupKey: "pr-2", day: first, businessId: "biz-2" }, { captured: 500 });
    const theirs = { environments: ENVIRONMENTS, businessIds: ["biz-2"] };
    const seen = async () => (await line(first, theirs as never))?.figures[0]?.sums.captured;
    expect(await seen()).toBe("500");
    await close(first);
    await book(db, { groupKey: "pr-2", day: first, businessId: "biz-2" }, { captured: 600 });
    expect(await seen()).toBe("500");
    expect(await findLateChanges(db, theirs, { environment, day: first })).toMatchObject({ groups: 1 });
    await book(db, { groupKey: "pr-1", day: first, businessId: "biz-1" }, { captured: 1 });
    expect(await findLateChanges(db, theirs, { environment, day: first })).toMatchObject({ groups: 1 });
    expect(await line(first, { environments: ["test"], businessIds: null } as never)).toBeUndefined();
  });
});

const days = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"] as BusinessDay[];
const aDay = fc.constantFrom(...days);
const aStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant("change" as const),
      day: aDay,
      groupKey: fc.constantFrom("pr-1", "pr-2", "pr-3"),
      captured: fc.integer({ min: 0, max: 5 }),
      net: fc.integer({ min: -5, max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ step: fc.constant("close" as const), day: aDay }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("reopen" as const), day: aDay }) },
);

describe("whatever happens in whatever order", () => {
  it("a closed figure never changes, and once all is closed the ledger adds up to what is so", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { maxLength: 30 }), async (steps) => {
        db = await createTestDatabase();
        await bookRun(db);
        const frozen = new Map<BusinessDay, unknown>();
        for (const step of steps) {
          if (step.step === "change") await book(db, step, { captured: step.captured, net: step.net });
          if (step.step === "close") await close(step.day);
          if (step.step === "reopen" && (await reopen(step.day)).ok) frozen.delete(step.day);
          for (const closing of await closings()) {
            if (frozen.has(closing.day)) expect(closing).toEqual(frozen.get(closing.day));
            frozen.set(closing.day, closing);
          }
        }
        for (const day of days) await close(day);
        // What came late to the last of them waits for a day after.
        await close("2026-03-05" as BusinessDay);
        for (const { day } of await closings()) {
          expect(await verifyDay(db, scope, { environment, day })).toMatchObject({ isSame: true });
        }
        expect(sumUp(await ledgerOf(db))).toEqual(sumUp(await db.read.select().from(db.tables.reconciliationAmounts)));
        expect(await findLateChanges(db, scope, { environment, day: null })).toMatchObject({ groups: 0 });
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

type Row = Awaited<ReturnType<typeof ledgerOf>>[number];

/** By group, day and currency; what comes to nought is left out. */
function sumUp(rows: readonly Omit<Row, "period">[]): Record<string, number[]> {
  const sums: Record<string, number[]> = {};
  for (const row of rows) {
    const key = `${row.groupKey} ${row.day} ${row.currency}`;
    const before = sums[key] ?? LEDGER_AMOUNTS.map(() => 0);
    sums[key] = LEDGER_AMOUNTS.map((name, place) => (before[place] ?? 0) + row[name]);
  }
  return Object.fromEntries(Object.entries(sums).filter(([, all]) => all.some((one) => one !== 0)));
}
