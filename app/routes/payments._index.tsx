import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ListView } from "~/components/lists/list-view.tsx";
import { NoPayments } from "~/components/payments/no-payments.tsx";
import { PaymentCard, paymentColumns } from "~/components/payments/payment-columns.tsx";
import { PaymentFilterBar } from "~/components/payments/payment-filter-bar.tsx";
import { openList } from "~/domain/lists/open-list.server.ts";
import { parsePaymentFilters } from "~/domain/payments/payment-filters.ts";
import { type PaymentListRow, paymentList } from "~/domain/payments/payment-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";

export const meta: MetaFunction = () => [{ title: "Payments · Paydesk" }];

export async function loader(args: LoaderFunctionArgs) {
  const { data } = await openList(args, { name: "payments", parse: parsePaymentFilters, list: paymentList });
  return data;
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
      filterBar={<PaymentFilterBar environment={data.environment} />}
      empty={<NoPayments environment={data.environment} />}
    />
  );
}
