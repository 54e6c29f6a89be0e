import type Sqlite from "better-sqlite3";
import { DAY } from "~/lib/time.ts";
import { balanceHead, balanceRows } from "~/sandbox/reports/balance-csv.ts";
import { BYTE_ORDER_MARK } from "~/sandbox/reports/csv-line.ts";
import { DISCREPANCIES, type Discrepancy, type Planted } from "~/sandbox/reports/discrepancies.ts";
import type { LedgerLine } from "~/sandbox/reports/ledger-line.ts";
import { plantDiscrepancies } from "~/sandbox/reports/plant-discrepancies.ts";
import type { ReportZone } from "~/sandbox/reports/report-time.ts";
import { type TransactionsReport, transactionsHead, transactionsRow } from "~/sandbox/reports/transactions-csv.ts";
import { captures, disputes, identifiers, paymentRequests, payments, refunds } from "../../db/schema/sqlite.ts";
import { insertRows } from "./insert-rows.ts";
import { MONTH_NOW, MONTH_ZONE, makeSales, type Sale } from "./planted-sales.ts";
import { linesOf } from "./sale-lines.ts";
import { projectionOf, type SaleRows } from "./sale-projection.ts";

export interface PlantedMonth {
  readonly zone: string;
  /** What is due is due by then: match with it. */
  readonly now: number;
  readonly sales: readonly Sale[];
  /** Payments of the test environment, whose ids some lines carry. */
  readonly elsewhere: readonly Sale[];
  /** As reported, in no order that matters. */
  readonly lines: readonly LedgerLine[];
  readonly planted: readonly Planted[];
  /** Puts the projection of both environments into an empty store. */
  insertInto(connection: Sqlite.Database): void;
  /** The month as a file of the Transactions report, in chunks of some lines each. */
  transactionsFile(report: TransactionsReport, options?: { readonly bom?: boolean }): Generator<string>;
  balanceFile(zone: ReportZone): Generator<string>;
}

/** A month whose every difference is known, from a seed. */
export function generatePlantedMonth(options: {
  readonly payments: number;
  readonly seed: number;
  readonly share?: number;
  readonly kinds?: readonly Discrepancy[];
}): PlantedMonth {
  const { payments: count, seed, share = 0.03, kinds = DISCREPANCIES } = options;
  const sales = makeSales(count, seed);
  const elsewhere = makeSales(Math.ceil((count * share) / 5) + 20, seed + 1).filter((sale) => sale.captures.length > 0);
  const plain = new Set(sales.filter((sale) => sale.scenario === "automatic").map((sale) => sale.paymentId));
  const { lines, planted } = plantDiscrepancies(allLines(sales), {
    seed,
    share,
    kinds,
    now: MONTH_NOW,
    elsewhere: elsewhere.map(({ paymentId, requestId: paymentRequestId }) => ({ paymentId, paymentRequestId })),
    mayPlant: (line) => plain.has(line.productId) && isFarFromDue(line),
  });
  return {
    zone: MONTH_ZONE,
    now: MONTH_NOW,
    sales,
    elsewhere,
    lines,
    planted,
    insertInto: (connection) => insertSales(connection, sales, elsewhere),
    transactionsFile: (report, { bom = false } = {}) =>
      inChunks((bom ? BYTE_ORDER_MARK : "") + transactionsHead(report), lines, (line) => transactionsRow(line, report)),
    balanceFile: (zone) => {
      const sheet = new Map<string, bigint>();
      return inChunks(balanceHead(), lines, (line) => balanceRows(line, zone, sheet));
    },
  };
}

function* allLines(sales: readonly Sale[]): Generator<LedgerLine> {
  for (const sale of sales) yield* linesOf(sale);
}

/** Whether a line is due must not hang on how a day's end is counted. */
function isFarFromDue(line: LedgerLine): boolean {
  return Math.abs((line.estimatedSettlementAt ?? MONTH_NOW) - MONTH_NOW) > 1.5 * DAY;
}

function insertSales(connection: Sqlite.Database, sales: readonly Sale[], elsewhere: readonly Sale[]): void {
  const tables = { paymentRequests, payments, captures, refunds, disputes, identifiers };
  const rows = function* (): Generator<SaleRows> {
    for (const sale of sales) yield projectionOf(sale);
    for (const sale of elsewhere) yield projectionOf(sale, "test");
  };
  insertRows(connection, tables, rows());
}

const LINES_PER_CHUNK = 500;

function* inChunks(head: string, lines: readonly LedgerLine[], write: (line: LedgerLine) => string): Generator<string> {
  let chunk = head;
  for (const [index, line] of lines.entries()) {
    chunk += write(line);
    if ((index + 1) % LINES_PER_CHUNK !== 0) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
