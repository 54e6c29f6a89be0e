import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { addMonths, formatMonth, type Month } from "~/domain/reconciliation/month.ts";

const arrow = "inline-flex size-8 items-center justify-center rounded-md border border-line-strong hover:bg-hover";

interface MonthSwitchProps {
  readonly month: Month;
  /** The month that has begun last: none after it can have figures. */
  readonly last: Month;
  readonly href: (month: Month) => string;
}

export function MonthSwitch({ month, last, href }: MonthSwitchProps) {
  const before = addMonths(month, -1);
  const after = addMonths(month, 1);
  return (
    <nav aria-label="Month" className="flex items-center gap-2">
      <Link to={href(before)} preventScrollReset className={arrow} aria-label={formatMonth(before)}>
        <ChevronLeft size={16} aria-hidden />
      </Link>
      <span className="min-w-[112px] text-center font-semibold">{formatMonth(month)}</span>
      {after <= last ? (
        <Link to={href(after)} preventScrollReset className={arrow} aria-label={formatMonth(after)}>
          <ChevronRight size={16} aria-hidden />
        </Link>
      ) : (
        <span className={clsx(arrow, "pointer-events-none opacity-40")}>
          <ChevronRight size={16} aria-hidden />
        </span>
      )}
    </nav>
  );
}

interface CurrencySwitchProps {
  readonly currencies: readonly string[];
  /** `null` for all of them side by side. */
  readonly chosen: string | null;
  readonly href: (currency: string) => string;
}

/** Only where there are several. */
export function CurrencySwitch({ currencies, chosen, href }: CurrencySwitchProps) {
  if (currencies.length < 2) return null;
  return (
    <nav aria-label="Currency" className="flex max-w-full overflow-x-auto rounded-md border border-line-strong text-sm">
      {[...currencies, null].map((one) => (
        <Link
          key={one ?? "all"}
          to={href(one ?? "all")}
          preventScrollReset
          aria-current={one === chosen ? "true" : undefined}
          className={clsx(
            "flex h-8 items-center border-l border-line px-2.5 first:border-l-0",
            one === chosen ? "bg-selected font-medium" : "bg-surface text-muted hover:bg-hover",
          )}
        >
          {one === "" ? "none" : (one ?? "All")}
        </Link>
      ))}
    </nav>
  );
}
