import { type KnownCurrency, plainDecimal } from "~/lib/money.ts";

/** One way to read digits and separators as money. */
export interface AmountReading {
  /** A plain decimal in major units: `10000`, `10000.5`. */
  readonly decimal: string;
  /** `null`: any currency whose digits it fits. */
  readonly currency: KnownCurrency | null;
}

/** Codes, and the signs people write; `$` alone names three currencies and so none. */
const signs: readonly (readonly [sign: string, currency: KnownCurrency | null])[] = [
  ["idr", "IDR"],
  ["rp.", "IDR"],
  ["rp", "IDR"],
  ["php", "PHP"],
  ["₱", "PHP"],
  ["thb", "THB"],
  ["฿", "THB"],
  ["myr", "MYR"],
  ["rm", "MYR"],
  ["sgd", "SGD"],
  ["usd", "USD"],
  ["us$", "USD"],
  ["s$", "SGD"],
  ["vnd", "VND"],
  ["₫", "VND"],
  ["đ", "VND"],
  ["$", null],
];

/** Beyond this no whole number of minor units is exact. */
const MAX_DIGITS = 15;

/** `10.000,-` is how prices are written by hand. */
const byHand = /,-$/;

const groups = {
  comma: /^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/,
  dot: /^\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$/,
  space: /^\d{1,3}(?:[ '_]\d{3})+(?:[.,]\d{1,2})?$/,
} as const;

/**
 * What an amount may mean; empty when it is none. `10.000` is ten thousand in Jakarta and ten elsewhere: both, the likelier
 * for its currency first.
 */
export function readAmounts(text: string): readonly AmountReading[] {
  const { digits, currency } = splitCurrency(text.trim().toLowerCase().replace(byHand, ""));
  if (!/^\d[\d.,' _]*$/.test(digits) || digits.replace(/\D/g, "").length > MAX_DIGITS) return [];
  const decimals = new Set(decimalsOf(digits, currency).map(plainDecimal));
  return [...decimals].flatMap((decimal) => (decimal === null || decimal === "0" ? [] : [{ decimal, currency }]));
}

function decimalsOf(digits: string, currency: KnownCurrency | null): readonly string[] {
  if (/^\d+$/.test(digits)) return [digits];
  if (groups.comma.test(digits)) return [digits.replace(/,/g, "")];
  if (groups.space.test(digits)) return [digits.replace(/[ '_]/g, "").replace(",", ".")];
  if (/^\d+\.\d{1,2}$/.test(digits)) return [digits];
  if (/^\d+,\d{1,2}$/.test(digits)) return [digits.replace(",", ".")];
  if (!groups.dot.test(digits)) return [];
  const grouped = digits.replace(/\./g, "").replace(",", ".");
  // Only one dot and no comma can also be a decimal point.
  const isAmbiguous = /^\d{1,3}\.\d{3}$/.test(digits);
  if (!isAmbiguous) return [grouped];
  const writesDots = currency === null || currency === "IDR" || currency === "VND";
  return writesDots ? [grouped, digits] : [digits, grouped];
}

function splitCurrency(text: string): { digits: string; currency: KnownCurrency | null } {
  for (const [sign, currency] of signs) {
    if (text.startsWith(sign)) return { digits: text.slice(sign.length).trim(), currency };
    if (text.endsWith(sign)) return { digits: text.slice(0, -sign.length).trim(), currency };
  }
  return { digits: text, currency: null };
}
