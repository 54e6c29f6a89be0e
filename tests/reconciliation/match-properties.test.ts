import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { LedgerLine } from "~/sandbox/reports/ledger-line.ts";
import { reconciliationLinks } from "../../db/schema/sqlite.ts";
import { insertRows } from "./insert-rows.ts";
import { insertLines, openStore, outcomeOf, rowOf, type Store, write } from "./match-rig.ts";
import { generatePlantedMonth, type PlantedMonth } from "./planted-month.ts";
import { projectionOf } from "./sale-projection.ts";

const environment = "sandbox" as const;
const stores: Store[] = [];
afterEach(async () => {
  for (const { db } of stores.splice(0)) await db.close();
});

function open(): Store {
  const store = openStore();
  stores.push(store);
  return store;
}

/** Months of a few payments, a third of them with something wrong. */
const months = fc
  .record({ payments: fc.integer({ min: 3, max: 60 }), seed: fc.integer({ min: 1, max: 1_000_000 }) })
  .map((of) => generatePlantedMonth({ ...of, share: 0.34 }));

function withMonth(month: PlantedMonth, lines: readonly LedgerLine[] = month.lines): Store {
  const store = open();
  write(store.connection, () => month.insertInto(store.connection));
  insertLines(store, lines);
  return store;
}

const RUNS = { numRuns: 25 };

describe("matching", () => {
  it("comes to the same whatever the order of the rows", async () => {
    await fc.assert(
      fc.asyncProperty(months, fc.infiniteStream(fc.nat()), async (month, dice) => {
        const one = withMonth(month);
        await one.db.match({ environment, now: month.now });
        const shuffled = month.lines.map((line) => ({ line, at: dice.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        const other = withMonth(
          month,
          shuffled.map(({ line }) => line),
        );
        await other.db.match({ environment, now: month.now });
        expect(await outcomeOf(other.db)).toEqual(await outcomeOf(one.db));
      }),
      RUNS,
    );
  });

  it("comes to the same when rows came in two files with a match between, and a second match changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(months, fc.double({ min: 0, max: 1, noNaN: true }), async (month, share) => {
        const whole = withMonth(month);
        await whole.db.match({ environment, now: month.now });
        const cut = Math.floor(month.lines.length * share);
        const parts = withMonth(month, month.lines.slice(0, cut));
        await parts.db.match({ environment, now: month.now });
        insertLines(parts, month.lines.slice(cut));
        await parts.db.match({ environment, now: month.now });
        expect(await outcomeOf(parts.db)).toEqual(await outcomeOf(whole.db));
        const again = await parts.db.match({ environment, now: month.now });
        expect(again).toMatchObject({ changed: 0, check: { isWhole: true } });
      }),
      RUNS,
    );
  });

  it("puts every row and every payment that moved money in one class, and the classes add up in every currency", async () => {
    await fc.assert(
      fc.asyncProperty(months, async (month) => {
        const { db, connection } = withMonth(month);
        const { check, groups } = await db.match({ environment, now: month.now });
        expect(check?.isWhole).toBe(true);
        const { groups: made, rows, amounts } = await outcomeOf(db);
        expect(made.length).toBe(groups);
        const keys = new Set(made.map(({ groupKey }) => groupKey));
        expect(rows.every(({ groupKey }) => groupKey !== null && keys.has(groupKey))).toBe(true);
        expect(made.reduce((sum, one) => sum + one.rows, 0)).toBe(month.lines.length);
        // Counted here from the sales themselves, past the store's own check.
        for (const currency of new Set(month.sales.map((sale) => sale.currency))) {
          const captured = month.sales
            .filter((sale) => sale.currency === currency)
            .flatMap((sale) => sale.captures)
            .reduce((sum, { minor }) => sum + minor, 0);
          const found = amounts.filter((one) => one.currency === currency).reduce((sum, one) => sum + one.captured, 0);
          expect([currency, found]).toEqual([currency, captured]);
        }
        const money = month.lines
          .map((line) => rowOf(line, environment))
          .filter((row) => row.type === "PAYMENT" && row.status === "SUCCESS" && row.channel === "CARDS");
        const reported = money.reduce((sum, row) => sum + (row.amountMinor ?? 0), 0);
        expect(amounts.reduce((sum, one) => sum + one.reported, 0)).toBe(reported);
        for (const one of made) {
          const own = amounts.filter(
            ({ groupKey, currency }) => groupKey === one.groupKey && currency === one.currency,
          );
          const sum = (name: "captured" | "refunded" | "reported" | "reportedRefunds") =>
            own.reduce((total, amounts_) => total + amounts_[name], 0);
          if (one.difference === null) continue;
          expect(one.difference).toBe(sum("captured") - sum("refunded") - sum("reported") + sum("reportedRefunds"));
        }
        expect(connection.inTransaction).toBe(false);
      }),
      RUNS,
    );
  });

  it("of the groups that changed comes to what matching all does: payments that came late, and links by hand", async () => {
    await fc.assert(
      fc.asyncProperty(months, fc.nat(), fc.nat(), async (month, lateAt, linkAt) => {
        const late = month.sales[lateAt % month.sales.length];
        const line = month.lines[linkAt % month.lines.length];
        const target = month.sales.find((sale) => sale.requestId !== late?.requestId);
        if (!late || !line || !target) return;
        const store = open();
        const others = month.sales.filter((sale) => sale !== late);
        write(store.connection, () => insertProjections(store, others));
        insertLines(store, month.lines);
        await store.db.match({ environment, now: month.now });

        write(store.connection, () => insertProjections(store, [late]));
        await store.db.match({ environment, now: month.now, groupKeys: [late.requestId] });
        const [row] = store.connection
          .prepare("SELECT group_key AS groupKey FROM report_rows WHERE transaction_id = ?")
          .all(line.transactionId) as { groupKey: string }[];
        const link = { environment, transactionId: line.transactionId, paymentRequestId: target.requestId };
        const by = { reason: "found", operatorId: "op_1", linkedBy: "ada@desk.test", at: month.now };
        write(store.connection, () =>
          insertRows(store.connection, { reconciliationLinks }, [{ reconciliationLinks: [{ ...link, ...by }] }]),
        );
        await store.db.match({ environment, now: month.now, groupKeys: [row?.groupKey ?? ""] });

        const before = await outcomeOf(store.db);
        expect(await store.db.match({ environment, now: month.now })).toMatchObject({ changed: 0 });
        expect(await outcomeOf(store.db)).toEqual(before);
      }),
      RUNS,
    );
  });
});

function insertProjections(store: Store, sales: PlantedMonth["sales"]): void {
  // Straight inserts: the tables' indexes stand already, and a few rows are no reason to make them anew.
  for (const sale of sales) {
    for (const [name, rows] of Object.entries(projectionOf(sale))) {
      const table = store.db.tables[name as keyof ReturnType<typeof projectionOf>];
      insertRows(store.connection, { [name]: table }, [{ [name]: rows }]);
    }
  }
}
