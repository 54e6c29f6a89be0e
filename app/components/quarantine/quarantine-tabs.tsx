import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { QUARANTINE_TABS, type QuarantineTab, tabLabel } from "~/domain/quarantine/quarantine.ts";
import { withoutParams } from "../table/filter-links.ts";

interface QuarantineTabsProps {
  readonly tab: QuarantineTab;
  readonly counts: Readonly<Record<QuarantineTab, number>>;
  readonly isCapped: boolean;
}

/** Open, set aside, expunged: each a list of its own with its count. */
export function QuarantineTabs({ tab, counts, isCapped }: QuarantineTabsProps) {
  const { pathname, search } = useLocation();
  const base = new URLSearchParams(withoutParams(search, ["tab", "reason", "replay"]));
  return (
    <nav aria-label="Quarantine" className="mb-3 flex gap-4 overflow-x-auto border-b border-line">
      {QUARANTINE_TABS.map((one) => {
        const params = new URLSearchParams(base);
        if (one !== "open") params.set("tab", one);
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
            <span className="figures text-sm text-muted">
              {counts[one].toLocaleString("en")}
              {isCapped && "+"}
            </span>
          </Link>
        );
      })}
    </nav>
  );
}
