import { CURRENCY_DECIMALS, type KnownCurrency, plainDecimal, toMinorUnits } from "../lib/money.ts";

/** Card limits a transaction and test amounts with a meaning, in major units as published. */

interface Limits {
  readonly min: string;
  readonly max: string;
}

/** Published figures, VND's odd maximum included. */
const limits: Readonly<Record<KnownCurrency, Limits>> = {
  IDR: { min: "5000", max: "200000000" },
  PHP: { min: "20", max: "700000" },
  THB: { min: "1", max: "700000" },
  MYR: { min: "1", max: "5000" },
  SGD: { min: "1", max: "1000" },
  USD: { min: "1", max: "1000" },
  VND: { min: "1000", max: "100000" },
};

/** Which currencies a country takes cards in. */
export const countryCurrencies: Readonly<Record<string, readonly KnownCurrency[]>> = {
  ID: ["IDR"],
  PH: ["PHP"],
  TH: ["THB"],
  MY: ["MYR"],
  SG: ["SGD", "USD"],
  VN: ["VND"],
};

export interface MagicResult {
  readonly failureCode: string;
  readonly response: string;
  readonly cvn?: string;
}

/** Codes whose amounts name no network response get the one that leads to them. */
const magicAmounts: Readonly<Record<string, MagicResult>> = {
  "10051": { failureCode: "EXPIRED_CARD", response: "54" },
  "10052": { failureCode: "SUSPECTED_FRAUDULENT", response: "59" },
  "10053": { failureCode: "DECLINED_BY_PROCESSOR", response: "64" },
  "10054": { failureCode: "INSUFFICIENT_BALANCE", response: "51" },
  "10055": { failureCode: "STOLEN_CARD", response: "43" },
  "10056": { failureCode: "INACTIVE_OR_UNAUTHORIZED_CARD", response: "57" },
  "10057": { failureCode: "PROCESSOR_ERROR", response: "30" },
  "10058": { failureCode: "INVALID_CVV", response: "82", cvn: "N" },
  "10059": { failureCode: "DECLINED_BY_ISSUER", response: "05" },
  "10.05": { failureCode: "DECLINED_BY_ISSUER", response: "05" },
  "10.14": { failureCode: "INVALID_CARD", response: "14" },
  "10.3": { failureCode: "PROCESSOR_ERROR", response: "30" },
  "10.51": { failureCode: "INSUFFICIENT_BALANCE", response: "51" },
  "10.65": { failureCode: "DECLINED_BY_ISSUER", response: "65" },
};

const magicDong: Readonly<Record<string, MagicResult>> = {
  "405400": { failureCode: "EXPIRED_CARD", response: "54" },
  "405900": { failureCode: "SUSPECTED_FRAUDULENT", response: "59" },
  "405100": { failureCode: "INSUFFICIENT_BALANCE", response: "51" },
  "400700": { failureCode: "STOLEN_CARD", response: "07" },
  "405500": { failureCode: "INACTIVE_OR_UNAUTHORIZED_CARD", response: "55" },
  "402500": { failureCode: "PROCESSOR_ERROR", response: "25" },
  "403900": { failureCode: "INVALID_CVV", response: "39", cvn: "N" },
  "400300": { failureCode: "DECLINED_BY_ISSUER", response: "03" },
};

export function magicResult(amount: string, currency: string): MagicResult | null {
  const table = currency === "VND" ? magicDong : magicAmounts;
  const plain = plainDecimal(amount);
  return plain !== null && Object.hasOwn(table, plain) ? (table[plain] ?? null) : null;
}

/** Why an amount is refused, or `null`. Test amounts are exempt from the limits. */
export function amountProblem(amount: string, currency: KnownCurrency, sessionType: "PAY" | "SAVE"): string | null {
  const minor = toMinorUnits(amount, currency);
  if (minor === null) return `Amount must have at most ${CURRENCY_DECIMALS[currency]} decimals for ${currency}`;
  if (sessionType === "SAVE") return minor === 0 ? null : "Amount must be zero for session type SAVE";
  if (minor <= 0) return "Amount must be greater than zero";
  if (magicResult(amount, currency)) return null;
  const { min, max } = limits[currency];
  if (minor < (toMinorUnits(min, currency) ?? 0)) return `Amount must be at least ${min} ${currency} for CARDS`;
  return minor > (toMinorUnits(max, currency) ?? 0) ? `Amount must be at most ${max} ${currency} for CARDS` : null;
}
