import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Printer } from "lucide-react";
import { ProofActions } from "~/components/proof/proof-actions.tsx";
import { ProofSheet } from "~/components/proof/proof-sheet.tsx";
import { Button } from "~/components/ui/button.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { settlePreferences } from "~/domain/preferences/preferences.ts";
import { findProof } from "~/domain/proof/find-proof.server.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";

// What a browser offers as a file name when the page is saved as PDF.
export const meta: MetaFunction<typeof loader> = ({ data: loaded, params }) => [
  {
    title: `${loaded?.proof.standing.isPaid === false ? "Payment record" : "Proof of payment"} ${params.paymentRequestId}`,
  },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const given = new URL(request.url).searchParams.get("environment");
  const { zone } = settlePreferences(operator.preferences);
  const now = new Date();
  const asked = {
    zone,
    now,
    paymentRequestId: params.paymentRequestId ?? "",
    environment: isEnvironment(given) ? given : null,
  };
  const found = await findProof(context.db, operator.scope, asked);
  if (!found) throw new Response("Not found", { status: 404 });
  const { proof, cut } = found;
  return {
    proof,
    cut,
    copy: { at: now.getTime(), by: operator.email, zone },
    canExport: operator.can("export:csv", proof.environment),
    canReveal: operator.can("pii:reveal", proof.environment),
  };
}

export default function ProofPage() {
  const { proof, cut, copy, canExport, canReveal } = useLoaderData<typeof loader>();
  const { paymentRequestId, environment } = proof;
  return (
    <div className="px-4 pt-4 pb-12 md:px-6 print:p-0">
      <div className="mb-4 flex max-w-[860px] flex-wrap items-center justify-between gap-2 print:hidden">
        <div className="text-sm text-muted">
          <Link to={withParams(paths.payments(), { environment })}>Payments</Link> ›{" "}
          <Link to={withParams(paths.payment(paymentRequestId), { environment })} className="font-mono break-all">
            {paymentRequestId}
          </Link>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <ProofActions {...{ paymentRequestId, environment, canExport, canReveal }} onProof />
          <Button type="button" tone="primary" onClick={() => window.print()}>
            <Printer size={15} aria-hidden />
            Print
          </Button>
        </div>
      </div>
      <ProofSheet proof={proof} copy={copy} cut={cut} />
    </div>
  );
}
