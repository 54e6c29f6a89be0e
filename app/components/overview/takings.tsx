import { Link } from "@remix-run/react";
import type { Overview } from "~/domain/overview/overview.ts";
import { Money } from "../ui/money.tsx";
import { figure } from "./outcome-words.ts";
import { paymentsBehind } from "./overview-links.ts";

/** The figures at the top: how many, and how much in each currency, with what the totals leave out. */
export function Takings({ overview }: { overview: Overview }) {
  const { takings, unknownAmounts } = overview;
  return (
    <dl className="mb-4 flex flex-wrap gap-x-10 gap-y-3 rounded-md border border-line bg-surface px-4 py-3">
      <div>
        <dt className="text-sm text-muted">Payment requests</dt>
        <dd className="figures text-lg font-semibold">
          <Link to={paymentsBehind(overview, overview)} className="hover:underline">
            {figure(overview.total)}
          </Link>
        </dd>
      </div>
      {takings.map(({ currency, captured }) => (
        <div key={currency}>
          <dt className="text-sm text-muted">Captured {currency}, before refunds</dt>
          <dd className="text-lg font-semibold">
            <Link to={paymentsBehind(overview, overview, { currency: [currency] })} className="hover:underline">
              <Money minor={BigInt(captured)} currency={currency} />
            </Link>
          </dd>
        </div>
      ))}
      <UnknownAmounts count={unknownAmounts} />
    </dl>
  );
}

function UnknownAmounts({ count }: { count: number | null }) {
  if (count === 0) return null;
  return (
    <div>
      <dt className="text-sm text-muted">Not in these totals</dt>
      <dd className="max-w-[36ch] text-sm text-look">
        {count === null
          ? "Payments whose captured amount is not known took too long to count."
          : `${figure(count)} ${count === 1 ? "payment" : "payments"} whose captured amount is not known.`}
      </dd>
    </div>
  );
}
