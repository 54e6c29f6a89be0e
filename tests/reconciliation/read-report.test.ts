import { describe, expect, it } from "vitest";
import { readAmount } from "../../app/xendit/report/read-amount.ts";
import { readTime } from "../../app/xendit/report/read-time.ts";
import { readZone } from "../../app/xendit/report/read-zone.ts";
import { recogniseHead } from "../../app/xendit/report/report-head.ts";
import { aBalanceLine, aPaymentLine, BALANCE, readLine, rowOf, tellingOf, VERSION_2 } from "./report-lines.ts";

const amount = (text: string) => {
  const read = readAmount(text);
  return read.ok ? read.amount : null;
};
const time = (text: string, zone = "UTC") => {
  const known = readZone(zone);
  const at = known && readTime(text, known);
  return at === null ? null : new Date(at).toISOString();
};

describe("a report's head line", () => {
  const versionOne = VERSION_2.filter((name) => !["Total Fee", "Total VAT", "Actual Settlement Time"].includes(name));
  it.each([
    ["version 2", VERSION_2, { kind: "transactions", version: "2" }],
    ["version 1", [...versionOne, "Fee", "VAT", "Timestamp - Settled"], { kind: "transactions", version: "1" }],
    [
      "version 0",
      ["Status", "Type", "Currency", "Amount", "Fee", "VAT", "Transaction ID", "Payment ID", "Timestamp - Created"],
      { kind: "transactions", version: "0" },
    ],
    ["any order", [...VERSION_2].reverse(), { kind: "transactions", version: "2" }],
    ["add-on columns", [...VERSION_2, "Payment Request ID", "Capture ID", "Metadata"], { kind: "transactions" }],
    [
      "snake case",
      VERSION_2.map((name) => name.toLowerCase().replace(/\W+/g, "_")),
      { kind: "transactions", version: "2" },
    ],
    ["the Balance report", BALANCE, { kind: "balance", version: null }],
  ])("is known: %s", (_, columns, expected) => {
    const read = recogniseHead(columns);
    expect(read.ok && read.head).toMatchObject(expected);
  });

  it.each([
    [["a", "b"], "Found a, b."],
    [[""], "Found no head line: the file is empty."],
    [["Status", "Type", "Amount", "Currency"], "Missing: Transaction ID, Timestamp - Created."],
    [["Transaction ID", "Total Fee Amount"], "Found the Detailed transactions report"],
    [["dispute_id", "payment_id"], "Found the Dispute report."],
    [[...VERSION_2, "amount"], "Found the column Amount twice."],
  ])("is refused with what was found: %j", (columns, found) => {
    const read = recogniseHead(columns);
    expect(read).toMatchObject({ ok: false, found: expect.stringContaining(found) });
    expect(!read.ok && read.expected).toContain("Transaction ID");
  });
});

describe("an amount", () => {
  it.each([
    ["10000", "10000"],
    ["10000.50", "10000.5"],
    ["1,234.50", "1234.5"],
    ["1.234,50", "1234.5"],
    ["1,234,567", "1234567"],
    ["1.234.567", "1234567"],
    ["1,234", "1234"],
    ["1.234", "1.234"],
    ["1234,5", "1234.5"],
    ["-5", "-5"],
    ["5-", "-5"],
    ["−5", "-5"],
    ["(1,234.50)", "-1234.5"],
    [" 1 234.50 ", "1234.5"],
    ["0.00", "0"],
    ["-0", "0"],
    ["9007199254740993.01", "9007199254740993.01"],
  ])("%s is %s", (text, plain) => expect(amount(text)).toBe(plain));

  it.each(["", "ten", "1,23,456", "1.23.456", "1,2345", "1.23457E+11", "(-5)", "5,", "Rp 5"])(
    "%j is not guessed at",
    (text) => expect(amount(text)).toBeNull(),
  );
});

describe("a time", () => {
  it.each([
    ["2026-03-31T16:59:59Z", "UTC", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31T16:59:59.123456Z", "+0700", "2026-03-31T16:59:59.123Z"],
    ["2026-03-31T23:59:59+07:00", "UTC", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31 23:59:59 +0700", "UTC", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31 23:59:59", "+0700", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31 23:59:59", "+07:00", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31 23:59:59", "UTC+7", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31 23:59:59", "GMT+7", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31 23:59:59", "Asia/Jakarta", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31 23:59:59", "WIB", "2026-03-31T16:59:59.000Z"],
    ["2026-03-31 23:59:59", "+0000", "2026-03-31T23:59:59.000Z"],
    ["2026-03-31 23:59", "-03:30", "2026-04-01T03:29:00.000Z"],
    ["2026-03-31", "Asia/Jakarta", "2026-03-30T17:00:00.000Z"],
    ["31 Mar 2026, 11:59 PM", "UTC", "2026-03-31T23:59:00.000Z"],
    ["1 April 2026", "UTC", "2026-04-01T00:00:00.000Z"],
    ["2026-03-08 02:30:00", "America/New_York", "2026-03-08T07:30:00.000Z"],
    ["2026-11-01 01:30:00", "America/New_York", "2026-11-01T05:30:00.000Z"],
  ])("%s in %s is %s", (text, zone, at) => expect(time(text, zone)).toBe(at));

  it.each(["03/04/2026", "2026-02-30", "2026-03-31 24:00:00", "31 Foo 2026", "1774994399", "yesterday"])(
    "%s is not guessed at",
    (text) => expect(time(text)).toBeNull(),
  );

  it.each(["local", "Jakarta", "7", "+25", "Mars/Olympus", "UTC+7 (WIB)"])("has no zone %s", (zone) =>
    expect(readZone(zone)).toBeNull(),
  );
});

describe("a line of the Transactions report", () => {
  it("tells a transaction, its times in the file's zone", () => {
    expect(tellingOf(aPaymentLine({ "Payment Request ID": "pr-1", "Capture ID": "cptr-1" }))).toMatchObject({
      status: "SUCCESS",
      type: "PAYMENT",
      currency: "IDR",
      amount: "10000",
      fee: "2290",
      vat: "251.9",
      net: "7458.1",
      withheld: null,
      productId: "py-1402b501-dfb4-4d6f-93e5-3f0bb6c0b4ab",
      paymentRequestId: "pr-1",
      captureId: "cptr-1",
      createdAt: Date.parse("2026-03-31T16:59:58Z"),
      updatedAt: Date.parse("2026-03-31T16:59:59Z"),
      settledAt: null,
      settlementStatus: "PENDING",
    });
  });

  it("reads the fees and taxes of versions 0 and 1, and ids by their prefix", () => {
    const { "Total Fee": _, "Total VAT": __, "Product ID": ___, ...rest } = aPaymentLine();
    const old = { ...rest, Fee: "5", VAT: "0.55", "3rd Party WHT": "0.1", "Xendit WHT": "0.2", "Payment ID": "pr-9" };
    expect(tellingOf({ ...old, "Timestamp - Settled": "2026-04-05" })).toMatchObject({
      fee: "5",
      vat: "0.55",
      withheld: "0.3",
      productId: null,
      paymentRequestId: "pr-9",
      settledAt: Date.parse("2026-04-04T17:00:00Z"),
    });
  });

  it("adds the parts of a fee where there is no total", () => {
    const parts = { "Total Fee": "", "Transaction Fee": "1.5", "Early Settlement Fee": "2" };
    expect(tellingOf(aPaymentLine(parts)).fee).toBe("3.5");
  });

  it("takes the sign of money out from its type, and keeps a net of another currency out", () => {
    expect(tellingOf(aPaymentLine({ Type: "REFUND", Amount: "(500)", "Net Amount": "500" }))).toMatchObject({
      amount: "500",
      net: "-500",
    });
    expect(tellingOf(aPaymentLine({ "Net Amount Currency": "USD" })).net).toBeNull();
  });

  it("keeps unknown statuses, types and channels as given", () => {
    const odd = { Status: "Half done", Type: "GIFT", Channel: "PIGEON" };
    expect(tellingOf(aPaymentLine(odd))).toMatchObject({ status: "Half done", type: "GIFT", channel: "PIGEON" });
  });

  it("reads times without a zone in the accounting zone, and says so", () => {
    const read = readLine(aPaymentLine({ Timezone: "" }), "Asia/Manila");
    expect(read).toMatchObject({ ok: true, isZoneAssumed: true, zone: { name: "Asia/Manila" } });
    expect(read.ok && read.row.telling.createdAt).toBe(Date.parse("2026-03-31T15:59:58Z"));
  });

  it.each([
    [{ "Transaction ID": "" }, "Transaction ID", "is empty: every row needs one"],
    [{ Amount: "ten" }, "Amount", "is not an amount"],
    [{ Amount: "" }, "Amount", "is empty"],
    [{ "Total Fee": "1.2E+5" }, "Total Fee", "was rounded by a spreadsheet: it is in scientific notation"],
    [{ "Timestamp - Created": "31/03/2026" }, "Timestamp - Created", "is not a time that can be told for certain"],
    [{ "Timestamp - Created": "" }, "Timestamp - Created", "is empty"],
    [{ Timezone: "local" }, "Timezone", "is not a time zone (+0700 or Asia/Jakarta would be one)"],
    [{ Currency: "" }, "Currency", "is empty: an amount needs one"],
  ])("names what is wrong: %j", (change, column, reason) => {
    const read = readLine(aPaymentLine(change));
    expect(read).toMatchObject({ ok: false, problems: [{ line: 2, column, reason }] });
  });

  it("takes a currency we do not know", () =>
    expect(tellingOf(aPaymentLine({ Currency: "XTS" })).currency).toBe("XTS"));

  it("names a row of the wrong length, and lets empty cells at its end pass", () => {
    const head = recogniseHead(VERSION_2);
    expect(head.ok).toBe(true);
    expect(readLine(aPaymentLine()).ok).toBe(true);
  });

  it("is one telling whatever the order and spelling of the columns, another where a cell differs", () => {
    const line = aPaymentLine();
    const reversed = Object.fromEntries(Object.entries(line).reverse());
    const snake = Object.fromEntries(
      Object.entries(line).map(([name, cell]) => [name.toLowerCase().replace(/\W+/g, "_"), cell]),
    );
    const { digest } = rowOf(line);
    expect([rowOf(reversed).digest, rowOf(snake).digest, rowOf({ ...line, "Batch ID": "" }).digest]).toEqual([
      digest,
      digest,
      digest,
    ]);
    expect(rowOf({ ...line, Description: "x" }).digest).not.toBe(digest);
  });

  it("keeps no card data", () => {
    const pan = "4000000000001091";
    const row = rowOf(
      aPaymentLine({
        "Account Number": pan,
        Description: "cvn: 123",
        Metadata: `{"card_number":"${pan}","cvv":"999"}`,
      }),
    );
    const kept = JSON.stringify(row);
    expect(kept).not.toContain(pan);
    expect(kept).not.toMatch(/123"|999/);
    expect(row.telling.accountNumber).toBe("[masked]");
  });
});

describe("a line of the Balance report", () => {
  it("tells the transaction, or only its fee or VAT", () => {
    const { entry, telling } = rowOf(aBalanceLine());
    expect(entry).toContain("TRANSACTION");
    expect(telling).toMatchObject({ amount: "10000", fee: null, vat: null, net: "10000", type: "PAYMENT" });
    const fee = aBalanceLine({ "Line Type": "FEE", Amount: "2290", "Debit or Credit": "Debit" });
    expect(tellingOf(fee)).toMatchObject({ amount: null, fee: "2290", vat: null, net: "-2290" });
    const vat = aBalanceLine({ "Line Type": "VAT", Amount: "251.9", "Debit or Credit": "DEBIT" });
    expect(tellingOf(vat)).toMatchObject({ amount: null, fee: null, vat: "251.9", net: "-251.9" });
  });

  it.each([
    [
      { "Line Type": "FEE_REVERSAL", "Debit or Credit": "Credit", Amount: "5" },
      { fee: "-5", net: "5" },
    ],
    [
      { "Line Type": "FEE_REVERSAL", "Debit or Credit": "", Amount: "5" },
      { fee: "-5", net: "5" },
    ],
    [
      { "Line Type": "FEE", "Debit or Credit": "", Amount: "-5" },
      { fee: "5", net: "-5" },
    ],
    [{ "Line Type": "VAT_REVERSAL", "Debit or Credit": "Credit", Amount: "5" }, { vat: "-5" }],
    [
      { "Line Type": "TRANSACTION_REVERSAL", "Debit or Credit": "Debit" },
      { status: "REVERSED", amount: null },
    ],
    [
      { "Transaction Type": "REFUND", "Debit or Credit": "" },
      { amount: "10000", net: "-10000" },
    ],
    [
      { "Line Type": "MYSTERY", "Debit or Credit": "Debit", Amount: "5" },
      { amount: null, fee: null, net: "-5" },
    ],
  ])("reads %j", (change, expected) => expect(tellingOf(aBalanceLine(change))).toMatchObject(expected));

  it("is the same line of the ledger in another file, with other columns and in another zone", () => {
    const settled = { "Settlement Date": "2026-04-05", "Time Zone": "+0000", Name: "somebody" };
    const again = rowOf(aBalanceLine(settled));
    expect(again.entry).toBe(rowOf(aBalanceLine()).entry);
    expect(again.digest).not.toBe(rowOf(aBalanceLine()).digest);
  });
});
