import { useLocation } from "@remix-run/react";
import { QUARANTINE_TABS, type QuarantineTab, tabLabel } from "~/domain/quarantine/quarantine.ts";
import { withoutParams } from "../table/filter-links.ts";
import { TabLink } from "../ui/tab-link.tsx";

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
          <TabLink
            key={one}
            to={`${pathname}${params.size > 0 ? `?${params}` : ""}`}
            isOpen={one === tab}
            label={tabLabel[one]}
            count={`${counts[one].toLocaleString("en")}${isCapped ? "+" : ""}`}
          />
        );
      })}
    </nav>
  );
}
