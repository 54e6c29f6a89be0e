import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { isOpenReason, reasonTitle, reasonWords } from "~/domain/quarantine/quarantine.ts";
import type { QuarantineCounts } from "~/domain/quarantine/quarantine-queries.server.ts";
import { stateReasonText } from "~/xendit/state-reasons.ts";
import { searchWith } from "../table/filter-links.ts";

interface ReasonListProps {
  readonly reasons: QuarantineCounts["reasons"];
  /** Those the list is filtered by. */
  readonly chosen: readonly string[];
}

/** Why the open ones are here, how many for each reason, and what would mend them. Each line filters the list. */
export function ReasonList({ reasons, chosen }: ReasonListProps) {
  const { pathname, search } = useLocation();
  return (
    <section aria-label="Why they are here" className="mb-3 rounded-md border border-line bg-surface">
      <ul className="divide-y divide-line">
        {reasons.map(({ reason, count }) => {
          const isChosen = reason !== null && chosen.includes(reason);
          const others = chosen.filter((one) => one !== reason);
          const to = pathname + searchWith(search, "reason", isChosen ? others : [...chosen, reason ?? ""]);
          return (
            <li
              key={reason}
              className={clsx(
                "grid gap-x-4 px-4 py-2 text-sm md:grid-cols-[220px_minmax(0,1fr)]",
                isChosen && "bg-selected",
              )}
            >
              <span className="flex items-baseline gap-2">
                <span className="figures min-w-8 text-right font-semibold">{count.toLocaleString("en")}</span>
                {isOpenReason(reason) ? (
                  <Link to={to} className="link font-medium" aria-current={isChosen ? "true" : undefined}>
                    {reasonTitle(reason)}
                  </Link>
                ) : (
                  <span className="font-medium">{reasonTitle(reason)}</span>
                )}
              </span>
              {isOpenReason(reason) && (
                <span className="text-muted">
                  {stateReasonText[reason]} <span className="text-ink">{reasonWords[reason].mend}</span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
