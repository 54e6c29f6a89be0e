import { toMinorUnits } from "../lib/money.ts";

export interface Amount {
  readonly amountRaw: string | null;
  readonly amountMinor: number | null;
}

export function amountOf(raw: string | null, currency: string | null): Amount {
  return { amountRaw: raw, amountMinor: toMinorUnits(raw, currency) };
}

/** More decimals than the currency has, or a currency we do not know: such an amount is in no total. */
export function doesNotFit({ amountRaw, amountMinor }: Amount): boolean {
  return amountRaw !== null && amountMinor === null;
}

/** `null` as soon as one part is not known: a sum that leaves something out is no sum. */
export function sum(parts: readonly (number | null)[]): number | null {
  let total = 0;
  for (const part of parts) {
    if (part === null) return null;
    total += part;
  }
  return Number.isSafeInteger(total) ? total : null;
}
