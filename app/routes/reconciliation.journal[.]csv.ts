import type { LoaderFunctionArgs } from "@remix-run/node";
import { csvResponse, refuseExport } from "~/domain/lists/csv-response.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { readAccountingZone } from "~/domain/reconciliation/accounting-zone.server.ts";
import { askedEnvironment } from "~/domain/reconciliation/asked-environment.ts";
import { type JournalLine, journalLines } from "~/domain/reconciliation/journal.ts";
import { readJournalAccounts } from "~/domain/reconciliation/journal-accounts.server.ts";
import { journalCsvColumns } from "~/domain/reconciliation/journal-csv.ts";
import { parsePeriod, readJournalSources } from "~/domain/reconciliation/journal-queries.server.ts";

/** The journal of a day or a month, as accountants take it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const reader = await requireOperator({ request, context }, "reconciliation:read");
  const environment = askedEnvironment(request, reader, context.config);
  const operator = await requireOperator({ request, context }, "export:csv", environment);
  const { db } = context;
  const asked = new URL(request.url).searchParams.get("period");
  const period = parsePeriod(asked);
  if (!period) {
    const message = "is not a day such as 2026-03-31 or a month such as 2026-03";
    return refuseExport([{ param: "period", value: asked ?? "", message }]);
  }
  const { signal } = request;
  const [zone, codes, sources] = await Promise.all([
    readAccountingZone(db),
    readJournalAccounts(db),
    readJournalSources(db, operator.scope, { ...period, environment, signal }),
  ]);
  const columns = journalCsvColumns({ environment, zone, codes });
  return csvResponse({ name: `journal-${asked}`, environment, columns, chunks: once(journalLines(sources)) });
}

async function* once(lines: readonly JournalLine[]) {
  yield lines;
}
