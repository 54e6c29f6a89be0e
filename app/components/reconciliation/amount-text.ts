import { formatMinor, isKnownCurrency } from "~/lib/money.ts";

/** Digits alone, under or beside the name of their currency. */
export function amountText(minor: bigint, currency: string): string {
  return isKnownCurrency(currency) ? formatMinor(minor, currency) : String(minor);
}

/** `+500.00`, `−1.20`, with a true minus, as wide as a plus and a digit; nothing at all has no sign. */
export function signedText(minor: bigint, currency: string): string {
  const text = amountText(minor < 0n ? -minor : minor, currency);
  if (minor === 0n) return text;
  return minor < 0n ? `−${text}` : `+${text}`;
}

/** Where an amount is told without a currency, that is said. */
export function currencyText(currency: string): string {
  return currency === "" ? "no currency" : currency;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
