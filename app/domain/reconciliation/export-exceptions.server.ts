import type { AppContext } from "~/context.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { csvResponse, EXPORT_CHUNK, refuseExport } from "../lists/csv-response.ts";
import { settleEnvironment } from "../lists/settle-filters.ts";
import { requireOperator } from "../operators/require-operator.server.ts";
import { readAccountingZone } from "./accounting-zone.server.ts";
import { exceptionCsvColumns } from "./exception-csv.ts";
import { parseExceptionFilters } from "./exception-filters.ts";
import { type ExceptionRow, exceptionChunks } from "./exception-list.server.ts";
import { exceptionXlsx, MOST_XLSX_ROWS } from "./exception-xlsx.server.ts";

interface Asked {
  readonly request: Request;
  readonly context: Pick<AppContext, "db" | "config">;
}

type Chunks = AsyncGenerator<readonly ExceptionRow[], void, void>;

/** The whole filtered work list as a file: the same search params as its page. */
export async function exportExceptions(asked: Asked, kind: "csv" | "xlsx"): Promise<Response> {
  const reader = await requireOperator(asked, "reconciliation:read");
  const { db, config } = asked.context;
  const zone = await readAccountingZone(db);
  const { filters, problems } = parseExceptionFilters(asked.request.url, { zone });
  if (problems.length > 0) return refuseExport(problems);
  const environment = settleEnvironment(filters.environment, reader.scope, config.defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  const { scope, operatorId } = await requireOperator(asked, "export:csv", environment);
  const now = Date.now();
  const { signal } = asked.request;
  const columns = exceptionCsvColumns({ now });
  const chunks = exceptionChunks(db, scope, {
    filters: { ...filters, environment, cursor: null },
    operatorId,
    now,
    size: EXPORT_CHUNK,
    signal,
  });
  if (kind === "csv") return csvResponse({ name: "exceptions", environment, columns, chunks });
  const rows = await gather(chunks);
  if (rows === null) return refuseSize();
  return workbook(await exceptionXlsx(columns, rows), environment);
}

/** `null` when there are more than a workbook takes. */
async function gather(chunks: Chunks): Promise<readonly ExceptionRow[] | null> {
  const rows: ExceptionRow[] = [];
  for await (const chunk of chunks) {
    rows.push(...chunk);
    if (rows.length > MOST_XLSX_ROWS) return null;
  }
  return rows;
}

function refuseSize(): Response {
  const most = MOST_XLSX_ROWS.toLocaleString("en");
  const text = `Nothing was exported. These are more than ${most} exceptions, the most a workbook takes here. Filter the list, or export it as CSV, which has no limit.\n`;
  return new Response(text, {
    status: 422,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}

function workbook(bytes: Buffer, environment: Environment): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "Content-Disposition": `attachment; filename="exceptions-${environment}.xlsx"`,
      "Cache-Control": "no-store",
    },
  });
}
