import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { EXCEPTION_TABS, type ExceptionTab, tabLabel } from "~/domain/reconciliation/exception.ts";
import { withoutParams } from "../table/filter-links.ts";

interface ExceptionTabsProps {
  readonly tab: ExceptionTab;
  /** `null`: not counted in time. */
  readonly open: number | null;
}

/** Open, resolved, and every group there is, matched ones too. Filters stay. */
export function ExceptionTabs({ tab, open }: ExceptionTabsProps) {
  const { pathname, search } = useLocation();
  const base = withoutParams(search, ["state"]);
  return (
    <nav aria-label="Exceptions" className="flex gap-4 overflow-x-auto">
      {EXCEPTION_TABS.map((one) => {
        const params = new URLSearchParams(base);
        if (one !== "open") params.set("state", one);
        return (
          <Link
            key={one}
            to={`${pathname}${params.size > 0 ? `?${params}` : ""}`}
            aria-current={one === tab ? "page" : undefined}
            className={clsx(
              "-mb-px flex items-center gap-1.5 border-b-2 py-1.5 whitespace-nowrap",
              one === tab ? "border-accent font-medium text-ink" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {tabLabel[one]}
            {one === "open" && open !== null && (
              <span className="figures text-sm text-muted">{open.toLocaleString("en")}</span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
