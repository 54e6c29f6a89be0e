import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { newId } from "../../app/lib/ids.ts";
import { mergeTellings } from "../../app/xendit/report/merge-tellings.ts";
import { readApiTransaction } from "../../app/xendit/report/read-api-transaction.ts";
import type { ReportRow } from "../../app/xendit/report/telling.ts";
import { createTestDatabase } from "../setup/db.ts";
import { reportRowsOf } from "./import-desk.ts";
import { aBalanceLine, aPaymentLine, rowOf } from "./report-lines.ts";

const api = (change: Record<string, unknown> = {}): ReportRow => {
  const body = {
    id: "txn_1",
    type: "PAYMENT",
    status: "SUCCESS",
    channel_category: "CARDS",
    currency: "IDR",
    amount: "10000",
    net_amount: "7458.1",
    cashflow: "MONEY_IN",
    product_id: "py-1402b501-dfb4-4d6f-93e5-3f0bb6c0b4ab",
    reference_id: "order-1_b8d18f2f-3",
    created: "2026-03-31T16:59:58.250Z",
    updated: "2026-03-31T16:59:59.750Z",
    settlement_status: "PENDING",
    fee: { xendit_fee: "2290", value_added_tax: "251.9", status: "PENDING" },
    ...change,
  };
  const read = readApiTransaction(body, 1);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.row;
};
const settled = { "Settlement Status": "SETTLED", "Actual Settlement Time": "2026-04-05 10:00:00" };

describe("tellings of one transaction", () => {
  it("agree when the report and the API tell the same, though one knows milliseconds", () => {
    const { telling, disagreements } = mergeTellings([rowOf(aPaymentLine()), api()]);
    expect(disagreements).toEqual([]);
    expect(telling).toMatchObject({ amount: "10000", fee: "2290", net: "7458.1", settlementStatus: "PENDING" });
  });

  it("are later by their update, and settled after pending at one time, whichever was imported first", () => {
    const pending = api();
    const done = rowOf(aPaymentLine(settled));
    expect(mergeTellings([pending, done]).telling.settlementStatus).toBe("SETTLED");
    expect(mergeTellings([done, pending]).telling.settlementStatus).toBe("SETTLED");
    const reversed = api({ status: "REVERSED", updated: "2026-04-07T00:00:00Z" });
    expect(mergeTellings([done, reversed]).telling.status).toBe("REVERSED");
    expect(mergeTellings([done, reversed]).disagreements).toEqual([]);
  });

  it("name what they tell differently at one time", () => {
    const other = rowOf(aPaymentLine({ Amount: "9999.00", "Channel Name": "OTHER" }));
    expect(mergeTellings([rowOf(aPaymentLine()), other]).disagreements).toEqual(["channelName", "amount"]);
    // Each source has words of its own for a channel; the amount is the amount.
    expect(mergeTellings([api(), other]).disagreements).toEqual(["amount"]);
  });

  it("keep what only an earlier one tells", () => {
    const early = rowOf(aPaymentLine({ "Capture ID": "cptr-1" }));
    const late = rowOf(aPaymentLine({ "Timestamp - Updated": "2026-04-01 09:00:00" }));
    expect(mergeTellings([late, early]).telling).toMatchObject({
      captureId: "cptr-1",
      updatedAt: late.telling.updatedAt,
    });
  });

  it("of the ledger are added up, exactly, and a reversed transaction keeps its amount", () => {
    const fee = (change: Record<string, string>) => rowOf(aBalanceLine({ "Line Type": "FEE", ...change }));
    const lines = [
      rowOf(aBalanceLine()),
      fee({ Amount: "0.1", "Debit or Credit": "Debit" }),
      fee({ Amount: "0.2", "Debit or Credit": "Debit" }),
      rowOf(aBalanceLine({ "Line Type": "TRANSACTION_REVERSAL", "Debit or Credit": "Debit" })),
    ];
    expect(mergeTellings(lines).telling).toMatchObject({
      amount: "10000",
      fee: "0.3",
      net: "-0.3",
      status: "REVERSED",
    });
    expect(mergeTellings(lines.slice(1, 3)).telling).toMatchObject({ amount: null, fee: "0.3", net: null });
  });
});

const tellings: readonly ReportRow[] = ["txn_1", "txn_2"].flatMap((id) => [
  rowOf(aPaymentLine({ "Transaction ID": id })),
  rowOf(aPaymentLine({ "Transaction ID": id, Timezone: "+0000" })),
  rowOf(aPaymentLine({ "Transaction ID": id, Amount: "9,999.00", Currency: "VND" })),
  rowOf(aPaymentLine({ "Transaction ID": id, "Timestamp - Updated": "", ...settled })),
  rowOf(aBalanceLine({ "Transaction ID": id })),
  rowOf(aBalanceLine({ "Transaction ID": id, "Settlement Date": "2026-04-05" })),
  rowOf(aBalanceLine({ "Transaction ID": id, "Line Type": "FEE", Amount: "2000", "Debit or Credit": "Debit" })),
  rowOf(aBalanceLine({ "Transaction ID": id, "Line Type": "FEE", Amount: "290", "Debit or Credit": "Debit" })),
  rowOf(aBalanceLine({ "Transaction ID": id, "Line Type": "VAT", Amount: "251.9", "Debit or Credit": "Debit" })),
  api({ id }),
  api({ id, status: "REVERSED", updated: "2026-04-07T00:00:00Z" }),
  api({ id, status: "VOIDED", updated: "2026-04-07T00:00:00Z", fee: null }),
]);

/** Imports slice by slice, each import of its own slices. */
async function importAll(db: Database, files: readonly (readonly ReportRow[])[]) {
  for (const rows of files) {
    const importId = newId("import");
    await insertImport(db, importId);
    let position = 0;
    for (const row of rows) {
      await db.importRows(slice(importId, { rows: [row], startsAt: position, position: position + 1 }));
      position += 1;
    }
  }
}

async function insertImport(db: Database, importId: string) {
  const zero = {
    received: 0,
    position: 0,
    lines: 0,
    rowsNew: 0,
    rowsChanged: 0,
    rowsSame: 0,
    rowsBad: 0,
    createdAt: 1,
  };
  const row = { ...zero, importId, environment: "test" as const, name: "a", state: "importing" as const };
  const by = { operatorId: "op_1", orderedBy: "a@b.c" };
  await db.write([{ query: db.read.insert(db.tables.reportImports).values({ ...row, ...by }), rows: 1 }]);
}

function slice(importId: string, part: { rows: readonly ReportRow[]; startsAt: number; position: number }) {
  const rest = {
    cursor: null,
    lines: part.position,
    kind: "pull" as const,
    version: null,
    zone: null,
    from: null,
    to: null,
  };
  return { environment: "test" as const, importId, bad: [], ...rest, ...part };
}

describe("what is imported", () => {
  it("comes to the same rows in any order, however it is cut into files, and however often", async () => {
    const first = await createTestDatabase();
    await importAll(first, [tellings]);
    const expected = await reportRowsOf(first);
    expect(expected).toHaveLength(2);
    expect(expected[0]).toMatchObject({ tellings: 12 });
    const files = fc
      .tuple(
        fc.shuffledSubarray([...tellings], { minLength: tellings.length }),
        fc.array(fc.constantFrom(...tellings), { maxLength: 5 }),
        fc.integer({ min: 1, max: tellings.length }),
      )
      .map(([all, again, cut]) => [all.slice(0, cut), [...again, ...all.slice(cut)], again]);
    await fc.assert(
      fc.asyncProperty(files, async (some) => {
        const db = await createTestDatabase();
        await importAll(db, some);
        expect(await reportRowsOf(db)).toEqual(expected);
        await db.close();
      }),
      { numRuns: 40, seed: 5 },
    );
    await first.close();
  });

  it("is taken in once, though a slice is sent twice, and not at all once its import has ended", async () => {
    const db = await createTestDatabase();
    const importId = newId("import");
    await insertImport(db, importId);
    const sent = slice(importId, { rows: tellings.slice(0, 3), startsAt: 0, position: 90 });
    expect(await db.importRows(sent)).toMatchObject({ isTaken: true, new: 1, changed: 2 });
    expect(await db.importRows(sent)).toMatchObject({ isTaken: false, same: 0 });
    const { reportImports } = db.tables;
    const counts = { position: 90, rowsNew: 1, rowsChanged: 2, rowsSame: 0 };
    expect(await db.read.select().from(reportImports)).toMatchObject([counts]);
    await db.write([{ query: db.read.update(reportImports).set({ state: "cancelled" }), rows: 1 }]);
    expect(await db.importRows({ ...sent, startsAt: 90 })).toMatchObject({ isTaken: false });
    await db.close();
  });

  it("leaves a known row in its group until the next match", async () => {
    const db = await createTestDatabase();
    await importAll(db, [tellings.slice(0, 1)]);
    await db.write([
      { query: db.read.update(db.tables.reportRows).set({ groupKey: "pr-1", linkedBy: "payment_id" }), rows: 1 },
    ]);
    await importAll(db, [tellings.slice(1, 2)]);
    expect(await reportRowsOf(db)).toMatchObject([{ groupKey: "pr-1", linkedBy: "payment_id", tellings: 2 }]);
    await db.close();
  });
});
