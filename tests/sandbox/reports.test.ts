import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { minorToDecimal, plainDecimal } from "~/lib/money.ts";
import { SECOND } from "~/lib/time.ts";
import { paymentFee } from "~/sandbox/fees.ts";
import { balanceHead, balanceRows } from "~/sandbox/reports/balance-csv.ts";
import { DISCREPANCIES } from "~/sandbox/reports/discrepancies.ts";
import type { LedgerLine } from "~/sandbox/reports/ledger-line.ts";
import { plantDiscrepancies } from "~/sandbox/reports/plant-discrepancies.ts";
import {
  ID_COLUMNS,
  TRANSACTIONS_COLUMNS,
  TRANSACTIONS_VERSIONS,
  type TransactionsReport,
  transactionsHead,
  transactionsRow,
} from "~/sandbox/reports/transactions-csv.ts";
import { jsonText } from "~/xendit/bodies/json.ts";
import { paymentData } from "~/xendit/bodies/payment-bodies.ts";
import { makeRefund } from "~/xendit/bodies/refund-bodies.ts";
import { reportLineReader } from "~/xendit/report/read-report-line.ts";
import { recogniseHead } from "~/xendit/report/report-head.ts";
import { generatePlantedMonth } from "../reconciliation/planted-month.ts";
import { openSandbox, type Sandbox } from "./sandbox.ts";

const month = generatePlantedMonth({ payments: 400, seed: 3, share: 0.3 });

function written(lines: readonly LedgerLine[], report: TransactionsReport): string {
  return transactionsHead(report) + lines.map((line) => transactionsRow(line, report)).join("");
}

function read(text: string) {
  const [names = [], ...rows]: string[][] = parse(text, { bom: true, relax_column_count: true });
  const head = recogniseHead(names);
  if (!head.ok) throw new Error(head.found);
  const reader = reportLineReader(head.head, "Asia/Jakarta");
  return rows.map((cells, index) => {
    const line = reader(cells, index + 2);
    if (!line.ok) throw new Error(JSON.stringify(line.problems));
    return line.row;
  });
}

/** Files have no milliseconds. */
const second = (at: number | null) => (at === null ? null : Math.floor(at / SECOND) * SECOND);

describe("a report file of the sandbox", () => {
  it.each(
    TRANSACTIONS_VERSIONS.flatMap((version) => ["+0000", "Asia/Jakarta"].map((zone) => [version, zone] as const)),
  )("of version %s in %s tells what the ledger holds when it is read back", (version, zone) => {
    const report = { version, zone, columns: ID_COLUMNS };
    const rows = read(written(month.lines, report));
    expect(rows.map(({ transactionId }) => transactionId)).toEqual(month.lines.map((line) => line.transactionId));
    for (const [index, line] of month.lines.entries()) {
      const telling = rows[index]?.telling;
      expect(telling).toMatchObject({
        type: line.type,
        status: line.status,
        channel: line.channel,
        currency: line.currency,
        amount: plainDecimal(line.amount),
        fee: plainDecimal(line.fee),
        vat: plainDecimal(line.vat),
        net: plainDecimal(line.net),
        reference: line.reference,
        productId: line.productId || null,
        paymentRequestId: line.paymentRequestId,
        captureId: line.captureId,
        createdAt: second(line.createdAt),
        updatedAt: second(line.updatedAt),
        estimatedSettlementAt: version === "0" ? null : second(line.estimatedSettlementAt),
        settledAt: version === "0" ? null : second(line.settledAt),
        settlementStatus: version === "0" ? null : line.settlementStatus,
      });
    }
  });

  it("of the Balance report has a line for the amount, its fee and its VAT, and a balance that adds up", () => {
    const sheet = new Map<string, bigint>();
    const text = balanceHead() + month.lines.map((line) => balanceRows(line, "+0000", sheet)).join("");
    const rows = read(text);
    const moved = month.lines.filter(({ status }) => status === "SUCCESS" || status === "REVERSED");
    expect(new Set(rows.map(({ transactionId }) => transactionId))).toEqual(
      new Set(moved.map((line) => line.transactionId)),
    );
    const of = (line: LedgerLine) => rows.filter(({ transactionId }) => transactionId === line.transactionId);
    const line = moved.find(({ type, vat }) => type === "PAYMENT" && plainDecimal(vat) !== "0");
    if (!line) throw new Error("The month has no payment with VAT.");
    expect(of(line).map(({ telling }) => telling)).toMatchObject([
      { amount: plainDecimal(line.amount), fee: null, vat: null, productId: line.productId },
      { amount: null, fee: plainDecimal(line.fee), vat: null },
      { amount: null, fee: null, vat: plainDecimal(line.vat) },
    ]);
    const last = text
      .trimEnd()
      .split("\r\n")
      .findLast((row) => row.includes(",PHP,"));
    expect(last).toContain(`,${minorToDecimal(sheet.get("PHP") ?? 0n, "PHP")},`);
  });

  it("ends its lines with CRLF and quotes what has commas, quotes and line breaks", () => {
    const [line] = month.lines;
    if (!line) throw new Error("The month is empty.");
    const reference = 'a "quoted", long\nreference';
    const text = written([{ ...line, reference }], { version: "2", zone: "+0000", columns: [] });
    expect(text).toContain('"a ""quoted"", long\nreference"');
    expect(text.endsWith("\r\n")).toBe(true);
    expect(read(text)[0]?.telling.reference).toBe(reference);
  });
});

describe("planting", () => {
  it("changes nothing without kinds or without a share", () => {
    const lines = generatePlantedMonth({ payments: 100, seed: 1, share: 0 }).lines;
    const none = { seed: 1, now: month.now };
    expect(plantDiscrepancies(lines, { ...none, share: 1, kinds: [] })).toEqual({ lines, planted: [] });
    expect(plantDiscrepancies(lines, { ...none, share: 0, kinds: DISCREPANCIES })).toEqual({ lines, planted: [] });
  });

  it("plants in a part of the lines what it plants in all of them", () => {
    const lines = generatePlantedMonth({ payments: 300, seed: 1, share: 0 }).lines;
    const planting = { seed: 9, share: 0.3, now: month.now, kinds: DISCREPANCIES };
    const whole = plantDiscrepancies(lines, planting).planted.map(({ transactionId }) => transactionId);
    const part = plantDiscrepancies(lines.slice(100), planting).planted;
    for (const { transactionId } of part) expect(whole).toContain(transactionId);
  });

  it("keeps to the kinds it is told", () => {
    const { planted } = generatePlantedMonth({ payments: 300, seed: 2, share: 0.3, kinds: ["fee_unexpected"] });
    expect(new Set(planted.map(({ kind }) => kind))).toEqual(new Set(["fee_unexpected"]));
  });

  it("changes an amount that may have been charged in two countries only where both charge the same for the new one", () => {
    const [line] = generatePlantedMonth({ payments: 100, seed: 1, share: 0 }).lines.filter(
      ({ type, status, captureId }) => type === "PAYMENT" && status === "SUCCESS" && captureId !== null,
    );
    if (!line) throw new Error("No line to plant in");
    // 6 is 10 % of 55, as in Viet Nam, and 11 % of it, as in Indonesia.
    const small = { ...line, currency: "VND", amount: "1900", fee: "55", vat: "6", net: "1839" };
    const changed = Array.from({ length: 200 }, (_, seed) => {
      const planting = { seed, share: 1, now: month.now, kinds: ["amount_differs"] as const };
      return plantDiscrepancies([small], planting).lines[0];
    }).filter((one) => one?.amount !== small.amount);
    expect(changed.length).toBeGreaterThan(10);
    for (const one of changed) {
      const minor = Number(one?.amount);
      const prices = ["VN", "ID"].map((country) => paymentFee(minor, "VND", country));
      for (const { fee, vat } of prices) expect([one?.fee, one?.vat]).toEqual([String(fee), String(vat)]);
    }
  });
});

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const NOON = Date.parse("2026-03-10T05:00:00Z");
const PAYMENT = "py-3f57d678-2448-4c9f-a433-8468d366fb5c";

/** A payment captured in three parts, one voided, and a refund of the first, as the sandbox stores them. */
async function keepPayments(): Promise<void> {
  const facts = (paymentId: string, createdAt: number) => ({
    businessId: sandbox.keys.businessId,
    paymentId,
    paymentRequestId: paymentId.replace("py-", "pr-"),
    customerId: "cust-1",
    referenceId: "order-1_b8d18f2f-3",
    country: "ID",
    currency: "IDR",
    amount: "60000",
    captureMethod: "MANUAL" as const,
    createdAt,
    updatedAt: createdAt,
    authorization: null,
    authentication: null,
  });
  const captures = [3, 1, 2].map((nth) => ({
    captureId: `cptr-${nth}`,
    amount: String(nth * 10_000),
    capturedAt: NOON + nth * 60_000,
  }));
  const paid = paymentData({ ...facts(PAYMENT, NOON), captures }, "SUCCEEDED");
  const voided = paymentData(facts("py-0", NOON + 1), "CANCELED");
  const { sandboxPayments, sandboxPaymentRequests, sandboxRefunds } = sandbox.db.tables;
  const row = (paymentId: string, status: string, createdAt: number, body: typeof paid) => {
    const paymentRequestId = paymentId.replace("py-", "pr-");
    return { paymentId, paymentRequestId, status, createdAt, expiresAt: null, body: jsonText(body) };
  };
  const refund = makeRefund({
    businessId: sandbox.keys.businessId,
    refundId: "rfd-1",
    paymentRequestId: PAYMENT.replace("py-", "pr-"),
    currency: "IDR",
    amount: "5000",
    status: "SUCCEEDED",
    reason: "OTHERS",
    referenceId: "refund-1",
    failureCode: null,
    metadata: null,
    createdAt: NOON + 1000,
    updatedAt: NOON + 2000,
  });
  const request = { paymentSessionId: "ps-1", status: "SUCCEEDED", createdAt: NOON, body: "{}" };
  await sandbox.db.write([
    {
      query: sandbox.db.read
        .insert(sandboxPayments)
        .values([row(PAYMENT, "SUCCEEDED", NOON, paid), row("py-0", "CANCELED", NOON + 1, voided)]),
      rows: 2,
    },
    {
      query: sandbox.db.read
        .insert(sandboxPaymentRequests)
        .values({ ...request, paymentRequestId: PAYMENT.replace("py-", "pr-") }),
      rows: 1,
    },
    {
      query: sandbox.db.read.insert(sandboxRefunds).values({
        refundId: "rfd-1",
        paymentRequestId: PAYMENT.replace("py-", "pr-"),
        status: "SUCCEEDED",
        amountMinor: 500_000,
        dueAt: NOON,
        createdAt: NOON + 1000,
        body: jsonText(refund),
      }),
      rows: 1,
    },
  ]);
}

async function report(search: string, kind = "transactions"): Promise<Response> {
  const authorization = `Basic ${btoa(`${sandbox.keys.secretKey}:`)}`;
  return sandbox.request(`reports/${kind}.csv?${search}`, { headers: { authorization } });
}

const bare = PAYMENT.slice(3);

describe("the ledger", () => {
  it("has a line for each capture of a payment, in order of time and with ids that stay", async () => {
    await keepPayments();
    const { data } = (await sandbox.call("GET", "transactions")).body;
    expect(data.map((one: { id: string }) => one.id)).toEqual([
      "txn_1",
      "txn_0",
      `txn_${bare}_3`,
      `txn_${bare}_2`,
      `txn_${bare}`,
    ]);
    expect(data.slice(2).map((one: { amount: number }) => one.amount)).toEqual([30_000, 20_000, 10_000]);
    expect(data[2].product_data.capture_id).toBe("cptr-3");
    // 2.9 % of 30,000 and 2,000; 11 % VAT on it.
    expect(data[2].fee).toMatchObject({ xendit_fee: 2870, value_added_tax: 315.7 });
  });

  it("is paged from between two captures of one payment without losing or repeating one", async () => {
    await keepPayments();
    const all = (await sandbox.call("GET", "transactions")).body.data;
    for (let size = 1; size < all.length; size += 1) {
      const after = all[size - 1].id;
      const rest = (await sandbox.call("GET", `transactions?after_id=${after}`)).body.data;
      expect(rest).toEqual(all.slice(size));
    }
    expect((await sandbox.call("GET", "transactions?after_id=txn_nobody")).status).toBe(400);
  });
});

describe("the report endpoints", () => {
  it("write what GET /transactions answers, oldest first, with the session's id", async () => {
    await keepPayments();
    const { data } = (await sandbox.call("GET", "transactions")).body;
    const response = await report("columns=ids");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const rows = read(await response.text());
    expect(rows.map(({ transactionId }) => transactionId)).toEqual(
      data.map((one: { id: string }) => one.id).toReversed(),
    );
    expect(rows[0]?.telling).toMatchObject({
      paymentSessionId: "ps-1",
      captureId: "cptr-1",
      settlementStatus: "SETTLED",
    });
  });

  it("keep to the period in days of the zone they write in, and to the currency", async () => {
    await keepPayments();
    const count = async (search: string) => read(await (await report(search)).text()).length;
    expect(await count("from=2026-03-10&to=2026-03-10&zone=Asia/Jakarta")).toBe(5);
    expect(await count("from=2026-03-11&to=2026-03-31")).toBe(0);
    expect(await count("currency=PHP")).toBe(0);
    const bytes = Buffer.from(await (await report("zone=Asia/Jakarta&version=1&bom=1")).arrayBuffer());
    const text = bytes.toString("utf8");
    expect(text.startsWith("\uFEFFStatus,Type")).toBe(true);
    expect(text).toContain(",2026-03-10 12:00:00,");
    expect(text).toContain(",Asia/Jakarta,");
  });

  it("write every version's own columns, and any of the optional ones", async () => {
    for (const version of TRANSACTIONS_VERSIONS) {
      const [head] = (await (await report(`version=${version}&columns=Metadata,Capture ID`)).text()).split("\r\n");
      expect(head).toBe([...TRANSACTIONS_COLUMNS[version], "Metadata", "Capture ID"].join(","));
    }
  });

  it("write the Balance report of what moved: a hold that was released moved nothing", async () => {
    await keepPayments();
    const rows = read(await (await report("", "balance")).text());
    expect(rows.map(({ transactionId }) => transactionId)).not.toContain("txn_0");
    expect(rows).toHaveLength(3 * 3 + 1);
  });

  it("plant what is asked for, the same from the same seed", async () => {
    await keepPayments();
    const planted = "discrepancies=out_of_scope&share=1&seed=4";
    const text = await (await report(planted)).text();
    expect(read(text)).toHaveLength(5 + 3);
    expect(await (await report(planted)).text()).toBe(text);
    const mixed = await (await report("discrepancies=environment_mix&share=1&elsewhere=py-live")).text();
    expect(mixed).toContain("py-live");
  });

  it.each([
    "version=3",
    "zone=Mars/Olympus",
    "from=yesterday",
    "columns=Secret",
    "discrepancies=everything",
    "share=2",
    "seed=x",
    "elsewhere=pr-1",
  ])("refuse what they do not understand: %s", async (search) => {
    expect((await report(search)).status).toBe(400);
  });

  it("open to the secret key only", async () => {
    expect((await sandbox.request("reports/transactions.csv")).status).toBe(401);
  });
});
