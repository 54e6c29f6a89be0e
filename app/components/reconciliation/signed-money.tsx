import { clsx } from "clsx";
import { formatMoney } from "~/lib/money.ts";

interface SignedMoneyProps {
  /** `null`: cannot be told. */
  readonly minor: number | bigint | null;
  readonly currency: string | null;
  /** The sign of nothing at all is left out everywhere; a plus only where it says which way. */
  readonly isStrong?: boolean;
}

/** `+500.00 IDR`, `−1.20 USD`: a difference says which way it goes. */
export function SignedMoney({ minor, currency, isStrong }: SignedMoneyProps) {
  if (minor === null) return <span className="text-faint">not known</span>;
  return (
    <span
      className={clsx("figures whitespace-nowrap", isStrong && "font-semibold", Number(minor) === 0 && "text-muted")}
    >
      {signedMoney(minor, currency)}
    </span>
  );
}

/** With a true minus, as wide as a plus and a digit. */
export function signedMoney(minor: number | bigint, currency: string | null): string {
  const text = formatMoney({ minor: minor < 0 ? -minor : minor, currency });
  if (Number(minor) === 0) return text;
  return minor < 0 ? `−${text}` : `+${text}`;
}
