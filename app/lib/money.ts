/**
 * Money is whole minor units beside its currency and the digits as received (DESIGN 5). Nothing here goes through a
 * float: amounts are read from their digits and handed to `Intl` as digits.
 */

/** Decimals by currency. Xendit publishes no table; this one is DESIGN 5's. */
export const CURRENCY_DECIMALS = { IDR: 2, PHP: 2, THB: 2, MYR: 2, SGD: 2, USD: 2, VND: 0 } as const;
export type KnownCurrency = keyof typeof CURRENCY_DECIMALS;
export const CURRENCIES = Object.keys(CURRENCY_DECIMALS) as readonly KnownCurrency[];

export function isKnownCurrency(currency: string | null): currency is KnownCurrency {
  return currency !== null && Object.hasOwn(CURRENCY_DECIMALS, currency);
}

/**
 * Whole minor units of a decimal in major units, or `null` when it cannot be told exactly: not a decimal, an unknown
 * currency, more decimals than the currency has, or beyond what a number holds exactly.
 *
 *     toMinorUnits("10000", "IDR")    // 1000000
 *     toMinorUnits("10.005", "IDR")   // null: kept as received, named beside every total
 *     toMinorUnits("1.0", "VND")      // 1: trailing zeros are not decimals
 */
export function toMinorUnits(amount: string | null, currency: string | null): number | null {
  if (amount === null || !isKnownCurrency(currency)) return null;
  const plain = plainDecimal(amount);
  if (plain === null) return null;
  const [whole = "0", fraction = ""] = plain.replace("-", "").split(".");
  const decimals = CURRENCY_DECIMALS[currency];
  const significant = fraction.replace(/0+$/, "");
  if (significant.length > decimals) return null;
  const minor = Number(whole + significant.padEnd(decimals, "0"));
  if (!Number.isSafeInteger(minor)) return null;
  return plain.startsWith("-") && minor !== 0 ? -minor : minor;
}

/** The plain digits of minor units: `1000000, "IDR"` is `10000.00`. Takes a bigint for sums. */
export function minorToDecimal(minor: number | bigint, currency: KnownCurrency): string {
  const decimals = CURRENCY_DECIMALS[currency];
  const negative = minor < 0;
  const digits = String(minor)
    .replace("-", "")
    .padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const plain = decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return negative ? `-${plain}` : plain;
}

/** `10,000.00`. The digits are ours: `Intl` on its own drops the cents of IDR. */
export function formatMinor(minor: number | bigint, currency: KnownCurrency): string {
  const decimals = CURRENCY_DECIMALS[currency];
  const formatter = new Intl.NumberFormat("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  // Intl reads a decimal string exactly (ES2023); TypeScript's StringNumericLiteral type is narrower than a string.
  return formatter.format(minorToDecimal(minor, currency) as `${number}`);
}

/** `10,000.00 IDR`; falls back to the digits as received when the minor units are not known. */
export function formatMoney(money: {
  minor: number | bigint | null;
  raw?: string | null;
  currency: string | null;
}): string {
  const { minor, raw, currency } = money;
  if (minor !== null && isKnownCurrency(currency)) return `${formatMinor(minor, currency)} ${currency}`;
  return [raw ?? "unknown", currency].filter(Boolean).join(" ");
}

/** Expands an exponent and trims zeros, so that `1e4`, `10000` and `10000.0` are the same amount; `null` if not a decimal. */
export function plainDecimal(text: string): string | null {
  const match = /^\s*(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?\s*$/.exec(text);
  if (!match) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const cut = Math.max(point, 1);
  const integer = padded.slice(0, cut).replace(/^0+(?=\d)/, "");
  const rest = padded.slice(cut).replace(/0+$/, "");
  const plain = rest ? `${integer}.${rest}` : integer;
  return plain === "0" ? "0" : sign + plain;
}
