import { access } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { spoolPath } from "../../app/domain/reconciliation/spool.server.ts";
import { type ImportDesk, openImportDesk, reportRowsOf } from "./import-desk.ts";
import { aBalanceLine, aPaymentLine, BALANCE, type Cells, csvOf, VERSION_2 } from "./report-lines.ts";

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const nth = (count: number, change: (index: number) => Cells = () => ({})) =>
  Array.from({ length: count }, (_, index) => aPaymentLine({ "Transaction ID": `txn_${index + 1}`, ...change(index) }));

describe("a report that is imported", () => {
  let desk: ImportDesk;
  beforeEach(async () => {
    desk = await openImportDesk();
  });
  afterEach(async () => {
    expect(desk.errors).toEqual([]);
    await desk.close();
  });

  async function imported(file: string | Buffer, name?: string) {
    const importId = await desk.upload(file, name);
    await desk.readAll();
    return desk.importOf(importId);
  }
  const problems = () => desk.db.read.select().from(desk.db.tables.reportProblems);

  it("is read to its end in the zone its beginning was read in, where it names none", async () => {
    const time = "2026-03-31 10:00:00";
    const times = { "Payment Date": time, "Timestamp - Created": time, "Timestamp - Updated": time };
    const importId = await desk.upload(
      csvOf(
        VERSION_2,
        nth(1, () => ({ ...times, Timezone: "" })),
      ),
    );
    const begun = { zone: "Asia/Manila (the file names none)" };
    await desk.db.write([{ query: desk.db.read.update(desk.db.tables.reportImports).set(begun), rows: 1 }]);
    await desk.readAll();
    expect(await desk.importOf(importId)).toMatchObject({ state: "imported", ...begun });
    const [row] = await reportRowsOf(desk.db);
    expect(row?.createdAt).toBe(Date.parse("2026-03-31T02:00:00Z"));
  });

  it("is read row by row, and its file is taken away", async () => {
    const row = await imported(csvOf(VERSION_2, nth(1_234)));
    expect(row).toMatchObject({
      state: "imported",
      kind: "transactions",
      version: "2",
      zone: "+0700",
      rowsNew: 1_234,
      rowsChanged: 0,
      rowsSame: 0,
      rowsBad: 0,
      lines: 1_235,
      from: Date.parse("2026-03-31T16:59:58Z"),
      to: Date.parse("2026-03-31T16:59:58Z"),
    });
    expect(row.position).toBe(row.size);
    expect(await isThere(spoolPath(desk.config, row.importId))).toBe(false);
    const [first] = await reportRowsOf(desk.db);
    expect(first).toMatchObject({
      transactionId: "txn_1",
      amountRaw: "10000",
      amountMinor: 1_000_000,
      feeMinor: 229_000,
      vatMinor: 25_190,
      netMinor: 745_810,
      tellings: 1,
      groupKey: null,
    });
  });

  it("is read whatever stands around its cells: BOM, quoted newlines, semicolons, other line ends", async () => {
    const lines = nth(3, () => ({ Description: 'two\r\nlines, "quoted"', Metadata: "a\nb" }));
    const columns = [...VERSION_2, "Metadata"].reverse();
    const text = csvOf(columns, lines, "\n");
    const row = await imported(`\uFEFF${text}`);
    expect(row).toMatchObject({ state: "imported", rowsNew: 3, rowsBad: 0, lines: 10 });
    const semicolons = await imported(
      `sep=;\n\n${csvOf(
        VERSION_2,
        nth(2, () => ({ Channel: "B" })),
      ).replaceAll(",", ";")}`,
    );
    expect(semicolons).toMatchObject({ state: "imported", rowsChanged: 2 });
  });

  it("names each bad row by line, column and reason, and takes the others in", async () => {
    const bad = [
      aPaymentLine({ "Transaction ID": "" }),
      aPaymentLine({ "Transaction ID": "txn_8", Amount: "ten", "Payment Date": "soon", "Total VAT": "1,1,1" }),
    ];
    const [head = "", ...rows] = csvOf(VERSION_2, [...nth(2, () => ({ Description: "a\nb" })), ...bad], "\n").split(
      /\n(?!b)/,
    );
    const file = [
      head,
      ...rows.filter(Boolean),
      "too,few,cells",
      "",
      `"open,quote`,
      ...csvOf(VERSION_2, [aPaymentLine({ "Transaction ID": "txn_9" })], "\n")
        .split("\n")
        .slice(1),
    ];
    const row = await imported(file.join("\n"));
    expect(row).toMatchObject({ state: "imported", rowsNew: 3, rowsBad: 4 });
    expect(await problems()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ line: 6, column: "Transaction ID", reason: "is empty: every row needs one" }),
        expect.objectContaining({ line: 7, column: "Amount", reason: "is not an amount", excerpt: "ten" }),
        expect.objectContaining({ line: 7, column: "Total VAT" }),
        expect.objectContaining({ line: 8, column: "whole row", reason: "has 3 cells where the head line has 24" }),
        expect.objectContaining({ line: 10, column: "whole row", reason: "has a quote that is not closed" }),
      ]),
    );
    expect((await reportRowsOf(desk.db)).map(({ transactionId }) => transactionId)).toEqual([
      "txn_1",
      "txn_2",
      "txn_9",
    ]);
  });

  it("loses one line to a quote that is never closed, however long the file goes on", async () => {
    const lines = csvOf(VERSION_2, nth(2_000)).split("\r\n");
    lines[500] = `"${lines[500]}`;
    const row = await imported(lines.join("\r\n"));
    expect(row).toMatchObject({ state: "imported", rowsNew: 1_999, rowsBad: 1, lines: 2_001 });
    expect(await problems()).toMatchObject([{ line: 501, column: "whole row" }]);
  });

  it("takes a stray quote inside a cell as it is", async () => {
    const text = csvOf(VERSION_2, nth(1)).replace("order-1_b8d18f2f-3", 'a 5" pipe');
    expect(await imported(text)).toMatchObject({ state: "imported", rowsNew: 1, rowsBad: 0 });
    expect((await reportRowsOf(desk.db))[0]?.reference).toBe('a 5" pipe');
  });

  it.each([
    ["nothing of ours", "a,b\n1,2\n", "Found a, b."],
    ["an Excel workbook", Buffer.from([0x50, 0x4b, 3, 4, 0]), "Found an Excel workbook"],
    ["UTF-16", Buffer.from("\uFEFFStatus,Type", "utf16le"), "Found text in UTF-16"],
    ["HTML", "<!doctype html>\n<p>Sign in</p>", "Found <!doctype html>."],
    ["white space", "\n \n", "the file is empty"],
    ["noise", Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251)), "Found"],
  ])("is refused when it is %s, saying what was expected and what was found", async (_, file, found) => {
    const row = await imported(file);
    expect(row).toMatchObject({ state: "refused", rowsNew: 0, problem: expect.stringContaining(found) });
    expect(row.problem).toContain("Expected");
    expect(await isThere(spoolPath(desk.config, row.importId))).toBe(false);
  });

  it("may hold no row at all", async () => {
    expect(await imported(csvOf(VERSION_2, []))).toMatchObject({ state: "imported", rowsNew: 0, version: "2" });
  });

  it("is known again by its bytes", async () => {
    const text = csvOf(VERSION_2, nth(2));
    expect(await imported(text)).toMatchObject({ state: "imported" });
    const again = await imported(text, "renamed.csv");
    expect(again).toMatchObject({ state: "refused", rowsSame: 0, problem: expect.stringContaining("imported before") });
    const longer = await imported(`${text}\r\n`, "longer.csv");
    expect(longer).toMatchObject({ state: "imported", rowsNew: 0, rowsSame: 2 });
  });

  it("merges what overlaps row by row, and keeps each version", async () => {
    await imported(csvOf(VERSION_2, nth(3)));
    const settled = { "Settlement Status": "SETTLED", "Actual Settlement Time": "2026-04-06 09:00:00" };
    const later = await imported(
      csvOf(
        VERSION_2,
        nth(4, (index) => (index === 1 ? settled : {})),
      ),
      "later.csv",
    );
    expect(later).toMatchObject({ rowsNew: 1, rowsChanged: 1, rowsSame: 2 });
    expect((await reportRowsOf(desk.db))[1]).toMatchObject({
      settlementStatus: "SETTLED",
      settledAt: Date.parse("2026-04-06T02:00:00Z"),
      tellings: 2,
      disagreements: [],
    });
  });

  it("adds the Balance report's lines of a transaction up, wherever files are cut, and counts none twice", async () => {
    const lines = [
      aBalanceLine(),
      aBalanceLine({ "Line Type": "FEE", Amount: "2,000.00", "Debit or Credit": "Debit" }),
      aBalanceLine({ "Line Type": "FEE", Amount: "290.00", "Debit or Credit": "Debit" }),
      aBalanceLine({ "Line Type": "FEE_REVERSAL", Amount: "90.00", "Debit or Credit": "Credit" }),
      aBalanceLine({ "Line Type": "VAT", Amount: "251.90", "Debit or Credit": "Debit" }),
    ];
    const whole = await imported(csvOf(BALANCE, lines));
    expect(whole).toMatchObject({ kind: "balance", version: null, rowsNew: 5, rowsChanged: 0 });
    const expected = {
      amountMinor: 1_000_000,
      feeMinor: 220_000,
      vatMinor: 25_190,
      netMinor: 754_810,
      type: "PAYMENT",
    };
    expect(await reportRowsOf(desk.db)).toMatchObject([expected]);
    // Another period's file counts its balance from elsewhere and has the settlement by now.
    const again = lines.slice(1).map((line) => ({ ...line, Balance: "1", "Settlement Date": "2026-04-05" }));
    expect(await imported(csvOf(BALANCE, again), "again.csv")).toMatchObject({ rowsNew: 0, rowsChanged: 4 });
    expect(await reportRowsOf(desk.db)).toMatchObject([expected]);
  });

  it("keeps no card data, whichever cell it stands in", async () => {
    const pan = "4000000000001091";
    const cells = { "Account Number": pan, Description: "cvv=987", Amount: `card_number: ${pan}` };
    await imported(csvOf(VERSION_2, [...nth(1, () => ({ ...cells, Amount: "1" })), aPaymentLine(cells)]));
    const kept = JSON.stringify([await desk.db.read.select().from(desk.db.tables.reportTellings), await problems()]);
    expect(kept).toContain("[masked]");
    expect(kept).not.toContain(pan);
    expect(kept).not.toContain("987");
  });
});
