import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportList } from "~/domain/lists/open-list.server.ts";
import { paymentCsvColumns } from "~/domain/payments/payment-csv.ts";
import { parsePaymentFilters } from "~/domain/payments/payment-filters.ts";
import { paymentList } from "~/domain/payments/payment-queries.server.ts";

export function loader(args: LoaderFunctionArgs) {
  return exportList(args, {
    name: "payments",
    parse: parsePaymentFilters,
    list: paymentList,
    columns: paymentCsvColumns,
  });
}
