import { CURRENCY_DECIMALS, type KnownCurrency } from "~/lib/money.ts";

/** Whole minor units of one currency, both ends included. */
export interface MinorRange {
  readonly currency: KnownCurrency;
  readonly from: number;
  /** `null`: no upper end. */
  readonly to: number | null;
}

/**
 * What a range in major units holds of a currency, by its digits: an edge between two minor units moves inwards.
 *
 *     minorRange({ min: "10.005", max: "20" }, "IDR")   // from 1001 to 2000
 *     minorRange({ min: "10.005", max: null }, "VND")   // from 11
 */
export function minorRange(
  { min, max }: { readonly min: string | null; readonly max: string | null },
  currency: KnownCurrency,
): MinorRange {
  return {
    currency,
    from: min === null ? 0 : minorEdge(min, currency, "up"),
    to: max === null ? null : minorEdge(max, currency, "down"),
  };
}

function minorEdge(decimal: string, currency: KnownCurrency, towards: "up" | "down"): number {
  const decimals = CURRENCY_DECIMALS[currency];
  const [whole = "", fraction = ""] = decimal.split(".");
  const minor = Number(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  const isBetween = /[1-9]/.test(fraction.slice(decimals));
  return isBetween && towards === "up" ? minor + 1 : minor;
}
