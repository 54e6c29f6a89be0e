import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { isOpenReason, reasonTitle } from "~/domain/quarantine/quarantine.ts";
import type { QuarantineCounts } from "~/domain/quarantine/quarantine-queries.server.ts";
import { searchWith } from "../table/filter-links.ts";

interface ReasonListProps {
  readonly reasons: QuarantineCounts["reasons"];
  /** Those the list is filtered by. */
  readonly chosen: readonly string[];
}

const pill = "inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-sm";

/** Why the open ones are here, most frequent first. Each reason filters the list, and lets go of it again. */
export function ReasonList({ reasons, chosen }: ReasonListProps) {
  const { pathname, search } = useLocation();
  return (
    <ul aria-label="Why they are here" className="mb-3 flex flex-wrap gap-2">
      {reasons.map(({ reason, count }) => {
        const words = (
          <>
            <span className="figures font-semibold">{count.toLocaleString("en")}</span> {reasonTitle(reason)}
          </>
        );
        if (!isOpenReason(reason)) {
          return (
            <li key={reason} className={clsx(pill, "border-line bg-surface text-muted")}>
              {words}
            </li>
          );
        }
        const isChosen = chosen.includes(reason);
        const next = isChosen ? chosen.filter((one) => one !== reason) : [...chosen, reason];
        return (
          <li key={reason}>
            <Link
              to={pathname + searchWith(search, "reason", next)}
              aria-current={isChosen ? "true" : undefined}
              className={clsx(
                pill,
                "hover:bg-hover",
                isChosen ? "border-accent bg-selected" : "border-line bg-surface",
              )}
            >
              {words}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
