import { isKnownCurrency, plainDecimal, toMinorUnits } from "../../lib/money.ts";
import type { RowFacts } from "./group-facts.ts";
import { isCardChannel } from "./row-kind.ts";
import { COUNTRY_OF_CURRENCY, type FeeRule, type RuleSet, type SettlementTerms } from "./rules.ts";

/** What a row's fee and VAT were expected to be; `null` where the rules or the report tell nothing. */
export interface ExpectedCost {
  readonly fee: number | null;
  /** On the fee as charged: one that is off is told once and not twice. */
  readonly vat: number | null;
}

export function countryOf(country: string | null, currency: string | null): string | null {
  return country ?? (currency === null ? null : (COUNTRY_OF_CURRENCY[currency] ?? null));
}

export function termsOf(rules: RuleSet, country: string | null): SettlementTerms {
  return (country !== null && rules.terms[country]) || rules.otherTerms;
}

/** Percentage and fixed part on the amount, VAT on the fee, each line rounded half up by itself (FACTS 8.6). */
export function expectedCost(rules: RuleSet, row: RowFacts, country: string | null): ExpectedCost {
  const { currency, amountMinor, feeMinor } = row;
  const rule = rules.fees.find((one) => one.currency === currency && fitsChannel(one, row));
  const fixed = rule ? toMinorUnits(rule.fixed, currency) : null;
  // Without a rate of its own nothing is known of what a merchant pays, VAT included.
  const percent = country === null || !rule ? undefined : rules.vatPercent[country];
  return {
    fee: rule && amountMinor !== null && fixed !== null ? add(percentOf(amountMinor, rule.percent), fixed) : null,
    vat: percent !== undefined && feeMinor !== null && isKnownCurrency(currency) ? percentOf(feeMinor, percent) : null,
  };
}

function fitsChannel({ channel }: FeeRule, row: RowFacts): boolean {
  if (channel === "*") return true;
  if (isCardChannel(channel)) return row.channel === null || isCardChannel(row.channel);
  return channel.toUpperCase() === row.channel?.toUpperCase();
}

/** Half up, on digits: `percentOf(125, "2.9")` is 4 (3.625). Away from nought for what is negative. */
export function percentOf(minor: number, percent: string): number | null {
  const plain = plainDecimal(percent);
  if (plain === null || plain.startsWith("-")) return null;
  const [whole = "0", fraction = ""] = plain.split(".");
  const part = BigInt(whole + fraction);
  const of = 100n * 10n ** BigInt(fraction.length);
  const size = BigInt(Math.abs(minor)) * part;
  const rounded = (size * 2n + of) / (of * 2n);
  return Number(minor < 0 ? -rounded : rounded);
}

function add(a: number | null, b: number): number | null {
  return a === null ? null : a + b;
}
