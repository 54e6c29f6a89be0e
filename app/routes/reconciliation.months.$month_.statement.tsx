import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { PrintFrame } from "~/components/reconciliation/print-frame.tsx";
import { StatementSheet } from "~/components/reconciliation/statement-sheet.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { askedEnvironment } from "~/domain/reconciliation/asked-environment.ts";
import { makeStatement } from "~/domain/reconciliation/make-statement.server.ts";
import { paths, withParams } from "~/lib/paths.ts";

// What a browser offers as a file name when the page is saved as PDF.
export const meta: MetaFunction = ({ params }) => [{ title: `Reconciliation statement ${params.month}` }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const environment = askedEnvironment(request, operator, context.config);
  const period = params.month ?? "";
  const statement = await makeStatement(context.db, { environment, period, operator, now: Date.now() });
  if (statement?.kind !== "month") throw new Response("Not found", { status: 404 });
  return { statement };
}

export default function MonthStatementPage() {
  const { statement } = useLoaderData<typeof loader>();
  const { environment, period } = statement;
  return (
    <PrintFrame
      back={
        <>
          <Link to={withParams(paths.reconciliation(), { environment, month: period })}>Reconciliation</Link> ›{" "}
          <Link to={withParams(paths.reconciliationMonth(period), { environment })}>Month</Link>
        </>
      }
    >
      <StatementSheet statement={statement} />
    </PrintFrame>
  );
}
