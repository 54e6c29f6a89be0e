import { isKnownCurrency, minorToDecimal } from "../lib/money.ts";

/**
 * What a card payment costs, in minor units. Xendit publishes no card rates; these are the sandbox's own, and VAT is the
 * published rate of each country on the fee. Rounded half up, each line by itself.
 */
const RATE_PERMILLE = 29n;
const FIXED_FEE: Readonly<Record<string, bigint>> = { IDR: 200_000n };
const VAT_PERCENT: Readonly<Record<string, bigint>> = { ID: 11n, TH: 7n, VN: 10n, PH: 12n };

export function paymentFee(minor: number, currency: string, country: string): { fee: bigint; vat: bigint } {
  const fee = share(BigInt(minor), RATE_PERMILLE, 1000n) + (FIXED_FEE[currency] ?? 0n);
  return { fee, vat: share(fee, VAT_PERCENT[country] ?? 0n, 100n) };
}

function share(amount: bigint, part: bigint, whole: bigint): bigint {
  return (amount * part * 2n + whole) / (whole * 2n);
}

/** Settlement days by country, as on the country pages; business days end on a weekday. */
const settlementDays: Readonly<Record<string, { readonly days: number; readonly business: boolean }>> = {
  ID: { days: 5, business: false },
  PH: { days: 5, business: false },
  TH: { days: 3, business: true },
  MY: { days: 2, business: true },
  SG: { days: 3, business: true },
  VN: { days: 5, business: false },
};

const DAY = 86_400_000;

export function estimatedSettlement(capturedAt: number, country: string): number {
  const { days, business } = settlementDays[country] ?? { days: 5, business: false };
  let at = capturedAt;
  for (let left = days; left > 0; ) {
    at += DAY;
    const weekday = new Date(at).getUTCDay();
    if (!business || (weekday !== 0 && weekday !== 6)) left -= 1;
  }
  return at;
}

export function decimalOf(minor: bigint, currency: string): string {
  return isKnownCurrency(currency) ? minorToDecimal(minor, currency) : String(minor);
}
