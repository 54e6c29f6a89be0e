import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { findException } from "~/domain/reconciliation/find-exception.server.ts";
import { insertLines, openStore, write } from "./match-rig.ts";
import { generatePlantedMonth } from "./planted-month.ts";

const everything = { environments: ["sandbox"], businessIds: null } as const;

it("over a month of every kind of discrepancy, the lines of each exception add up to its difference, and none is left out", async () => {
  const store = openStore();
  const month = generatePlantedMonth({ payments: 600, seed: 11, share: 0.3 });
  write(store.connection, () => month.insertInto(store.connection));
  insertLines(store, month.lines);
  const { db } = store;
  await db.match({ environment: "sandbox", now: month.now });

  const { reconciliationGroups: table } = db.tables;
  const open = await db.read.select().from(table).where(eq(table.state, "open"));
  expect(open.length).toBeGreaterThan(50);
  for (const { groupKey, difference, rows, class: one } of open) {
    const found = await findException(db, everything, { environment: "sandbox", groupKey });
    const last = found?.laid?.running.at(-1);
    if (difference !== null) expect([groupKey, last?.after ?? 0n]).toEqual([groupKey, BigInt(difference)]);
    const shown = found?.laid?.pairs.flatMap((pair) => pair.rows.map((row) => row.transactionId)) ?? [];
    expect([groupKey, new Set(shown).size, shown.length]).toEqual([groupKey, rows, rows]);
    // A sentence with figures of its own, not the class's general one.
    expect([one, found?.sentence]).toEqual([one, expect.stringMatching(/\d|session/)]);
  }
});
