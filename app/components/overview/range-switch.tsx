import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { RANGES, type Range, rangeLabel } from "~/domain/overview/overview.ts";

export function RangeSwitch({ range }: { range: Range }) {
  const { pathname, search } = useLocation();
  return (
    <nav aria-label="Range" className="flex overflow-hidden rounded-md border border-line-strong text-sm">
      {RANGES.map((one) => {
        const params = new URLSearchParams(search);
        params.delete("index");
        params.set("range", one);
        return (
          <Link
            key={one}
            to={`${pathname}?${params}`}
            preventScrollReset
            aria-current={one === range ? "true" : undefined}
            className={clsx(
              "flex h-7 items-center border-l border-line px-2.5 first:border-l-0",
              one === range ? "bg-selected font-medium" : "bg-surface text-muted hover:bg-hover",
            )}
          >
            {rangeLabel[one]}
          </Link>
        );
      })}
    </nav>
  );
}
