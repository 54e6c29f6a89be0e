import type { LoaderFunctionArgs } from "@remix-run/node";
import { csvResponse, EXPORT_CHUNK, refuseExport } from "~/domain/lists/csv-response.ts";
import { settleFilters } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { paymentCsvColumns } from "~/domain/payments/payment-csv.ts";
import { parsePaymentFilters } from "~/domain/payments/payment-filters.ts";
import { exportPayments } from "~/domain/payments/payment-queries.server.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "export:csv");
  const { filters, problems } = parsePaymentFilters(request.url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  if (problems.length > 0) return refuseExport(problems);
  const settled = settleFilters(filters, operator.scope, context.config.defaultEnvironment);
  const options = { size: EXPORT_CHUNK, signal: request.signal };
  const chunks = exportPayments(context.db, operator.scope, settled, options);
  return csvResponse({ name: "payments", environment: settled.environment, columns: paymentCsvColumns, chunks });
}
