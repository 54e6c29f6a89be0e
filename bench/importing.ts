import { once } from "node:events";
import { createWriteStream, statSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { blankImport } from "../app/domain/reconciliation/begin-upload.server.ts";
import { findOpenImports } from "../app/domain/reconciliation/end-import.server.ts";
import { importFile } from "../app/domain/reconciliation/import-file.server.ts";
import { spoolPath } from "../app/domain/reconciliation/spool.server.ts";
import { newId } from "../app/lib/ids.ts";
import { createSignals } from "../app/lib/signals.ts";
import type { LedgerLine } from "../app/sandbox/reports/ledger-line.ts";
import { type TransactionsReport, transactionsHead, transactionsRow } from "../app/sandbox/reports/transactions-csv.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";
import type { Measure } from "./measure.ts";
import { peakMegabytes, runChild, tenths } from "./own-process.ts";

/** How the process that reads the report is told from the one that measures it. */
export const IMPORTING_CHILD = "import-file";

const REPORT: TransactionsReport = {
  version: "2",
  zone: "Asia/Jakarta",
  columns: ["Payment Request ID", "Capture ID", "Payment Session ID"],
};

/** Reads a Transactions report of so many rows into an empty store, in a process of its own so that its memory is its own. */
export async function* benchImporting(rows: number): AsyncGenerator<Measure> {
  const folder = await mkdtemp(join(tmpdir(), "paydesk-bench-"));
  const databaseFile = join(folder, "paydesk.db");
  try {
    migrate(databaseFile);
    const importId = newId("import");
    const path = spoolPath({ databaseFile }, importId);
    await mkdir(dirname(path));
    await writeReport(path, rows);
    const size = statSync(path).size;
    await orderImport(databaseFile, { importId, size });
    yield { name: "import, report", rows, megabytes: tenths(size / 1e6) };
    const { taken = 0, seconds = 0, ...figures } = runChild(IMPORTING_CHILD, databaseFile);
    yield { name: "import", rows, taken, seconds, perSecond: Math.round(taken / seconds), ...figures };
    yield { name: "import, file after", rows, megabytes: tenths(statSync(databaseFile).size / 1e6) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function orderImport(file: string, order: { importId: string; size: number }): Promise<void> {
  const db = await openDatabase({ file, threads: true });
  const now = new Date();
  const whole = { environment: "test", name: "report.csv", state: "importing", received: order.size } as const;
  const row = { ...blankImport(now), ...order, ...whole, operatorId: "op_bench", orderedBy: "bench" };
  await db.write([{ query: db.read.insert(db.tables.reportImports).values(row), rows: 1 }]);
  await db.close();
}

/** What the child does, and all it does. */
export async function importOne(databaseFile: string): Promise<void> {
  const startedAt = performance.now();
  const db = await openDatabase({ file: databaseFile, threads: true });
  const [open] = await findOpenImports(db);
  if (!open) throw new Error("There is nothing to read");
  await importFile({ db, config: { databaseFile }, signals: createSignals() }, open, new AbortController().signal);
  const [{ rowsNew: taken = 0 } = {}] = await db.read.select().from(db.tables.reportImports);
  await db.close();
  const seconds = tenths((performance.now() - startedAt) / 1_000);
  process.stdout.write(JSON.stringify({ taken, seconds, peakMegabytes: peakMegabytes() }));
}

async function writeReport(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600 });
  file.write(transactionsHead(REPORT));
  for (let number = 0; number < rows; number += 1) {
    if (!file.write(transactionsRow(lineOf(number), REPORT))) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

const START = Date.UTC(2026, 2, 1);
const DAY_MS = 86_400_000;

function lineOf(number: number): LedgerLine {
  const id = (start: string) => `${start}${crypto.randomUUID()}`;
  const createdAt = START + (number % 2_678_400) * 1_000;
  return {
    transactionId: id("txn_"),
    productId: id("py-"),
    paymentRequestId: id("pr-"),
    captureId: id("cptr-"),
    paymentSessionId: id("ps-"),
    type: "PAYMENT",
    status: "SUCCESS",
    channel: "CARDS",
    channelName: "VISA",
    accountNumber: "400000XXXXXX1091",
    currency: "IDR",
    amount: String(10_000 + (number % 50_000)),
    fee: "2290",
    vat: "251.9",
    feeStatus: "COMPLETED",
    net: (10_000 + (number % 50_000) - 2_541.9).toFixed(1),
    cashflow: "MONEY_IN",
    reference: `order-${number}`,
    businessId: "biz",
    paidAt: createdAt,
    createdAt,
    updatedAt: createdAt,
    estimatedSettlementAt: createdAt + 5 * DAY_MS,
    settledAt: createdAt + 5 * DAY_MS,
    settlementStatus: "SETTLED",
  };
}
