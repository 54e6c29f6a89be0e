import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ListView } from "~/components/lists/list-view.tsx";
import { NoPayments } from "~/components/payments/no-payments.tsx";
import { PaymentCard, paymentColumns } from "~/components/payments/payment-columns.tsx";
import { PaymentFilterBar } from "~/components/payments/payment-filter-bar.tsx";
import { settleFilters } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parsePaymentFilters } from "~/domain/payments/payment-filters.ts";
import { listPayments, type PaymentListRow } from "~/domain/payments/payment-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

export const meta: MetaFunction = () => [{ title: "Payments · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const parsed = parsePaymentFilters(request.url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  const filters = settleFilters(parsed.filters, operator.scope, context.config.defaultEnvironment);
  const page = await listPayments(context.db, operator.scope, filters);
  return {
    page,
    problems: parsed.problems,
    environment: filters.environment,
    isFirstPage: filters.cursor === null && filters.sort === "newest",
    canExport: operator.can("export:csv", filters.environment),
  };
}

// Constant, because the live view starts over whenever it changes.
const getRowId = (row: PaymentListRow) => row.paymentRequestId;

export default function PaymentsPage() {
  const data = useLoaderData<typeof loader>();
  return (
    <ListView
      title="Payments"
      noun={{ one: "payment", many: "payments" }}
      data={data}
      columns={paymentColumns}
      getRowId={getRowId}
      rowHref={(row) => withParams(paths.payment(row.paymentRequestId), { environment: row.environment })}
      card={(row) => <PaymentCard row={row} />}
      filterBar={<PaymentFilterBar />}
      empty={<NoPayments environment={data.environment} />}
    />
  );
}
