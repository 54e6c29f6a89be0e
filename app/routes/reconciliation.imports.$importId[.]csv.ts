import type { LoaderFunctionArgs } from "@remix-run/node";
import { csvResponse } from "~/domain/lists/csv-response.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { exportProblems, findImport, problemCsvColumns } from "~/domain/reconciliation/import-queries.server.ts";

/** The bad rows of an import, as a file. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "export:csv");
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const found = await findImport(context.db, operator.scope, params.importId ?? "");
  if (!found || !operator.can("export:csv", found.environment)) throw new Response("Not found", { status: 404 });
  const { importId, environment } = found;
  const chunks = exportProblems(context.db, { importId, signal: request.signal });
  return csvResponse({ name: `bad-rows-${importId}`, environment, columns: problemCsvColumns, chunks });
}
