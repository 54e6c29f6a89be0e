import { parseBoundary } from "../../lib/time.ts";
import { ApiError } from "../api-error.ts";
import type { Call } from "../call.server.ts";
import { type BalanceSheet, balanceHead, balanceRows } from "./balance-csv.ts";
import { BYTE_ORDER_MARK } from "./csv-line.ts";
import { DISCREPANCIES, type Discrepancy, isDiscrepancy } from "./discrepancies.ts";
import type { LedgerLine } from "./ledger-line.ts";
import { createPlanter } from "./plant-discrepancies.ts";
import { readLedger } from "./read-ledger.server.ts";
import { isReportZone, type ReportZone, UTC_ZONE } from "./report-time.ts";
import {
  ID_COLUMNS,
  OPTIONAL_COLUMNS,
  type OptionalColumn,
  TRANSACTIONS_VERSIONS,
  type TransactionsReport,
  type TransactionsVersion,
  transactionsHead,
  transactionsRow,
} from "./transactions-csv.ts";

/**
 * Xendit's Transactions report over what the sandbox holds, as a file at once. A sandbox extension: Xendit makes reports
 * over a while and tells by a webhook, and plants nothing in them.
 *
 * `from` `to` days of the zone (`to` included) or instants · `version` 0, 1 or 2 · `zone` +0000 or a zone's name · `columns`
 * optional ones, comma-separated, `ids` for the three that name ids, `all` · `currency` · `bom=1` · `discrepancies` kinds or
 * `all`, with `share` (0 to 1), `seed`, and `elsewhere`, payment ids of another environment.
 */
export async function transactionsReport(call: Call): Promise<Response> {
  const query = readQuery(call);
  const report: TransactionsReport = { version: versionOf(call), zone: query.zone, columns: columnsOf(call) };
  return file("transactions", lines(call, query), {
    head: (call.url.searchParams.get("bom") === "1" ? BYTE_ORDER_MARK : "") + transactionsHead(report),
    row: (line) => transactionsRow(line, report),
  });
}

/** Xendit's Balance report, likewise: a sandbox extension. Takes what concerns it of the same parameters. */
export async function balanceReport(call: Call): Promise<Response> {
  const query = readQuery(call);
  const sheet: BalanceSheet = new Map();
  return file("balance", lines(call, query), {
    head: balanceHead(),
    row: (line) => balanceRows(line, query.zone, sheet),
  });
}

interface ReportQuery {
  readonly zone: ReportZone;
  readonly from?: number;
  readonly until?: number;
  readonly currency: string | null;
  readonly kinds: readonly Discrepancy[];
  readonly share: number;
  readonly seed: number;
  readonly elsewhere: readonly string[];
}

const MOST_ELSEWHERE = 50;

function readQuery({ url: { searchParams: params } }: Call): ReportQuery {
  const zone = params.get("zone") || UTC_ZONE;
  if (!isReportZone(zone)) throw invalidQuery("zone");
  const boundary = (name: "from" | "to") => {
    const text = params.get(name);
    if (!text) return undefined;
    const at = parseBoundary(text, name, zone === UTC_ZONE ? "UTC" : zone);
    if (at === null) throw invalidQuery(name);
    return at;
  };
  const share = Number(params.get("share") ?? "0.03");
  if (!(share >= 0 && share <= 1)) throw invalidQuery("share");
  const seed = Number(params.get("seed") ?? "1");
  if (!Number.isSafeInteger(seed)) throw invalidQuery("seed");
  const elsewhere = params.getAll("elsewhere");
  if (elsewhere.length > MOST_ELSEWHERE || elsewhere.some((id) => !/^py-[\w-]{1,76}$/.test(id))) {
    throw invalidQuery("elsewhere");
  }
  const kinds = listOf(params, "discrepancies", DISCREPANCIES).filter(isDiscrepancy);
  const currency = params.get("currency") || null;
  return { zone, from: boundary("from"), until: boundary("to"), currency, kinds, share, seed, elsewhere };
}

function versionOf({ url }: Call): TransactionsVersion {
  const text = url.searchParams.get("version") ?? "2";
  const version = TRANSACTIONS_VERSIONS.find((one) => one === text);
  if (!version) throw invalidQuery("version");
  return version;
}

function columnsOf({ url }: Call): readonly OptionalColumn[] {
  if (url.searchParams.get("columns") === "ids") return ID_COLUMNS;
  return listOf(url.searchParams, "columns", OPTIONAL_COLUMNS) as readonly OptionalColumn[];
}

/** Comma-separated or repeated; `all` is every one. Named only when all of it is understood. */
function listOf(params: URLSearchParams, name: string, known: readonly string[]): readonly string[] {
  const given = params.getAll(name).flatMap((text) => text.split(","));
  const wanted = given.map((one) => one.trim()).filter((one) => one !== "");
  if (wanted.includes("all")) return known;
  if (wanted.some((one) => !known.includes(one))) throw invalidQuery(name);
  return [...new Set(wanted)];
}

function invalidQuery(name: string): ApiError {
  const error = { path: `/query/${name}`, message: "is not valid" };
  return new ApiError(400, "API_VALIDATION_ERROR", `request/query/${name} is not valid`, [error]);
}

async function* lines(call: Call, query: ReportQuery): AsyncGenerator<LedgerLine> {
  const { kinds, share, seed, from, until } = query;
  const elsewhere = query.elsewhere.map((paymentId) => ({ paymentId, paymentRequestId: null }));
  const plant = kinds.length > 0 ? createPlanter({ kinds, share, seed, elsewhere, now: call.now }) : null;
  for await (const line of readLedger(call, { order: "oldest", from, until })) {
    if (query.currency !== null && line.currency !== query.currency) continue;
    yield* plant ? plant(line).lines : [line];
  }
}

const LINES_PER_CHUNK = 200;

/** An error on the way errors the stream: a file that ends early must not look like a whole one. */
function file(
  name: string,
  ledger: AsyncGenerator<LedgerLine>,
  { head, row }: { readonly head: string; readonly row: (line: LedgerLine) => string },
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      let text = "";
      // Lines that move no balance are no rows of the Balance report, and a chunk of nothing would end the asking.
      for (let count = 0; count < LINES_PER_CHUNK || text === ""; count += 1) {
        const next = await ledger.next();
        if (next.done) {
          if (text !== "") controller.enqueue(encoder.encode(text));
          return controller.close();
        }
        text += row(next.value);
      }
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await ledger.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}-sandbox.csv"`,
    },
  });
}
