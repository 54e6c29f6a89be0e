import { Link } from "@remix-run/react";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";

interface ReplayPaymentProps {
  readonly of: { readonly environment: Environment; readonly paymentRequestId: string };
}

/** From a payment to the plan of every webhook that tells of it. */
export function ReplayPayment({ of: { environment, paymentRequestId } }: ReplayPaymentProps) {
  return (
    <Link to={withParams(paths.newReplay(), { payment: paymentRequestId, environment })} className="link text-sm">
      Replay its webhooks…
    </Link>
  );
}
