import { formatMoney } from "~/lib/money.ts";

interface MoneyProps {
  /** Whole minor units; `null` when the digits do not fit the currency. A bigint for sums. */
  readonly minor: number | bigint | null;
  readonly raw?: string | null;
  readonly currency: string | null;
  /** Captured minor units: written underneath when they differ from what was asked for. */
  readonly captured?: number | null;
}

/** `10,000.00 IDR`. An amount that does not fit its currency is shown as received and says so. */
export function Money({ minor, raw, currency, captured }: MoneyProps) {
  if (minor === null && !raw) return <span className="text-faint">unknown</span>;
  const doubtful = minor === null;
  const differs = captured !== undefined && captured !== null && captured !== Number(minor) && captured !== 0;
  return (
    <span className="figures whitespace-nowrap">
      <span
        className={doubtful ? "underline decoration-dotted underline-offset-3" : undefined}
        title={doubtful ? "As received: these digits do not fit the currency" : undefined}
      >
        {formatMoney({ minor, raw, currency })}
      </span>
      {differs && (
        <span className="block text-xs text-muted">
          captured {formatMoney({ minor: captured, currency }).replace(` ${currency}`, "")}
        </span>
      )}
    </span>
  );
}
