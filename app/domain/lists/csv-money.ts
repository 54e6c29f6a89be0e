import { isKnownCurrency, minorToDecimal } from "~/lib/money.ts";

/** A plain decimal with the currency's digits; blank when the amount as received does not fit its currency. */
export function csvMoney(minor: number | null, currency: string | null): string | null {
  return minor !== null && isKnownCurrency(currency) ? minorToDecimal(minor, currency) : null;
}
