import type { Environment } from "../../lib/environment.ts";

/** What is expected of Xendit, and how far a difference may go (FACTS 8.6, 2.4). Percentages and amounts are decimals as digits. */
export interface RuleSet {
  /** The first that fits a row's channel and currency; where none does, fee and VAT are not checked. */
  readonly fees: readonly FeeRule[];
  /** How far fee and VAT may each be off, in minor units. */
  readonly feeTolerance: number;
  /** By country, on the fee. */
  readonly vatPercent: Readonly<Record<string, string>>;
  /** By country. */
  readonly terms: Readonly<Record<string, SettlementTerms>>;
  /** Where the country is not known or not named. */
  readonly otherTerms: SettlementTerms;
  /** Days that are no business days, `2026-12-25`, whatever the country. */
  readonly holidays: readonly string[];
  /** By currency, in major units: the largest difference that may be written off; not named: none. */
  readonly writeOffLimits: Readonly<Record<string, string>>;
}

export interface FeeRule {
  /** `CARDS`, or `*` for any. */
  readonly channel: string;
  readonly currency: string;
  readonly percent: string;
  /** In major units. */
  readonly fixed: string;
}

export interface SettlementTerms {
  readonly days: number;
  readonly business: boolean;
}

const calendar = (days: number): SettlementTerms => ({ days, business: false });
const business = (days: number): SettlementTerms => ({ days, business: true });

/** The country pages' terms and the VAT page's rates (FACTS 2.4, 8.6). Card fees are each merchant's own and not published. */
const published = {
  feeTolerance: 0,
  vatPercent: { ID: "11", TH: "7", VN: "10", PH: "12", MY: "0", SG: "0" },
  terms: { ID: calendar(5), PH: calendar(5), TH: business(3), MY: business(2), SG: business(3), VN: calendar(5) },
  otherTerms: calendar(5),
  holidays: [],
  writeOffLimits: { IDR: "10000", PHP: "50", THB: "30", MYR: "5", SGD: "1", USD: "1", VND: "20000" },
} as const satisfies Omit<RuleSet, "fees">;

/** The sandbox charges 2.9 %, and IDR 2,000 beside it: figures of its own, Xendit publishes none. */
const sandboxFees: readonly FeeRule[] = [
  { channel: "CARDS", currency: "IDR", percent: "2.9", fixed: "2000" },
  ...["PHP", "THB", "MYR", "SGD", "USD", "VND"].map((currency) => ({
    channel: "CARDS",
    currency,
    percent: "2.9",
    fixed: "0",
  })),
];

export function defaultRules(environment: Environment): RuleSet {
  return { ...published, fees: environment === "sandbox" ? sandboxFees : [] };
}

/** The country whose rates and terms hold where only the currency is known. */
export const COUNTRY_OF_CURRENCY: Readonly<Record<string, string>> = {
  IDR: "ID",
  PHP: "PH",
  THB: "TH",
  MYR: "MY",
  SGD: "SG",
  USD: "SG",
  VND: "VN",
};
