import type { LoaderFunctionArgs } from "@remix-run/node";
import { csvResponse, EXPORT_CHUNK, refuseExport } from "~/domain/lists/csv-response.ts";
import { settleFilters } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { sessionCsvColumns } from "~/domain/sessions/session-csv.ts";
import { parseSessionFilters } from "~/domain/sessions/session-filters.ts";
import { exportSessions } from "~/domain/sessions/session-queries.server.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "export:csv");
  const { filters, problems } = parseSessionFilters(request.url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  if (problems.length > 0) return refuseExport(problems);
  const settled = settleFilters(filters, operator.scope, context.config.defaultEnvironment);
  const options = { size: EXPORT_CHUNK, signal: request.signal };
  const chunks = exportSessions(context.db, operator.scope, settled, options);
  return csvResponse({ name: "sessions", environment: settled.environment, columns: sessionCsvColumns, chunks });
}
