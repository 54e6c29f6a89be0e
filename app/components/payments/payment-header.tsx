import type { PaymentDetail } from "~/domain/payments/find-payment.server.ts";
import { judgedOf } from "~/domain/payments/verdict/facts.ts";
import { paymentVerdict } from "~/domain/payments/verdict/verdict.ts";
import { flagText } from "~/xendit/flags.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import { useViewer } from "../ui/viewer.tsx";
import { VerdictAdvice } from "./verdict-advice.tsx";
import { VerdictSentence } from "./verdict-sentence.tsx";

/**
 * The answer first: how much, what became of it and why; what to say and do; then what is remarkable, in a word each: the
 * sentence has explained it.
 */
export function PaymentHeader({ detail }: { detail: PaymentDetail }) {
  const { zone, now } = useViewer();
  const { request } = detail;
  const verdict = paymentVerdict(judgedOf(detail), { zone, now });
  return (
    <div className="mb-4 rounded-md border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-lg font-semibold">
          <Money minor={request.amountMinor} raw={request.amountRaw} currency={request.currency} />
        </span>
        <StatusBadge kind="payment" code={request.status} />
        {request.createdAt !== null && (
          <span className="text-sm text-muted">
            created <Time at={request.createdAt} relative={false} />
          </span>
        )}
      </div>
      <VerdictSentence clauses={verdict.clauses} />
      <VerdictAdvice tellShopper={verdict.tellShopper} retry={verdict.retry} />
      {request.flags.length > 0 && (
        <ul className="mt-3 flex flex-wrap gap-1.5 border-t border-line pt-3" aria-label="Flags">
          {request.flags.map((flag) => (
            <li key={flag}>
              <Badge tone={flagText[flag].tone} title={flagText[flag].explanation}>
                {flagText[flag].label}
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
