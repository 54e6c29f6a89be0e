import { useLocation } from "@remix-run/react";
import { EXCEPTION_TABS, type ExceptionTab, tabLabel } from "~/domain/reconciliation/exception.ts";
import { withoutParams } from "../table/filter-links.ts";
import { TabLink } from "../ui/tab-link.tsx";

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
          <TabLink
            key={one}
            to={`${pathname}${params.size > 0 ? `?${params}` : ""}`}
            isOpen={one === tab}
            label={tabLabel[one]}
            count={one === "open" && open !== null ? open.toLocaleString("en") : undefined}
          />
        );
      })}
    </nav>
  );
}
