import type { PaymentDetail } from "~/domain/payments/find-payment.server.ts";
import { paymentVerdict } from "~/domain/payments/payment-verdict.ts";
import { flagText } from "~/xendit/flags.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";

/** The answer first: how much, what became of it, one line of why; then what is remarkable, each with its reason. */
export function PaymentHeader({ request }: { request: PaymentDetail["request"] }) {
  return (
    <div className="mb-4 rounded-md border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-xl font-semibold">
          <Money minor={request.amountMinor} raw={request.amountRaw} currency={request.currency} />
        </span>
        <StatusBadge kind="payment" code={request.status} />
        <span className="text-sm text-muted">
          created <Time at={request.createdAt} relative={false} />
        </span>
      </div>
      <p className="mt-1" data-verdict="">
        {paymentVerdict(request)}
      </p>
      {request.flags.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1.5 border-t border-line pt-2" aria-label="Flags">
          {request.flags.map((flag) => (
            <li key={flag} className="flex flex-wrap items-baseline gap-x-2 text-sm">
              <Badge tone={flagText[flag].tone}>{flagText[flag].label}</Badge>
              <span className="text-muted">{flagText[flag].explanation}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
