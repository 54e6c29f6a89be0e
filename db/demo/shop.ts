import { CURRENCY_DECIMALS, type KnownCurrency } from "../../app/lib/money.ts";
import type { MaskedCard } from "../../app/xendit/bodies/card-bodies.ts";
import { type NetworkName, networkOdds } from "./odds.ts";
import type { Odds, Random } from "./random.ts";

/** The demo merchant's market: where shoppers are, what they pay, and which cards they saved. */

export interface Market {
  readonly country: string;
  readonly currency: KnownCurrency;
  /** A usual basket, the widest believable one, and what prices are rounded to, in major units. */
  readonly usual: number;
  readonly most: number;
  readonly step: number;
  readonly issuers: readonly string[];
}

const indonesian = [
  "PT BANK CENTRAL ASIA TBK",
  "PT BANK MANDIRI",
  "PT BANK NEGARA INDONESIA",
  "PT BANK RAKYAT INDONESIA",
];

export const marketOdds: Odds<Market> = [
  [{ country: "ID", currency: "IDR", usual: 185_000, most: 12_000_000, step: 500, issuers: indonesian }, 74],
  [
    {
      country: "PH",
      currency: "PHP",
      usual: 890,
      most: 60_000,
      step: 0.25,
      issuers: ["BDO UNIBANK", "BPI", "METROBANK"],
    },
    9,
  ],
  [
    {
      country: "MY",
      currency: "MYR",
      usual: 68,
      most: 4_800,
      step: 0.1,
      issuers: ["MAYBANK", "CIMB BANK", "PUBLIC BANK"],
    },
    7,
  ],
  [{ country: "TH", currency: "THB", usual: 540, most: 40_000, step: 1, issuers: ["KASIKORNBANK", "BANGKOK BANK"] }, 4],
  [{ country: "SG", currency: "SGD", usual: 42, most: 990, step: 0.05, issuers: ["DBS BANK", "OCBC BANK", "UOB"] }, 3],
  [
    {
      country: "VN",
      currency: "VND",
      usual: 52_000,
      most: 100_000,
      step: 1_000,
      issuers: ["VIETCOMBANK", "TECHCOMBANK"],
    },
    2,
  ],
  [{ country: "SG", currency: "USD", usual: 35, most: 900, step: 0.01, issuers: ["DBS BANK", "CITIBANK"] }, 1],
];

export interface SavedCard {
  readonly paymentTokenId: string;
  readonly customerId: string;
  readonly market: Market;
  readonly network: NetworkName;
  readonly card: MaskedCard;
  readonly savedAs: string;
  readonly businessId: string;
}

/** Card numbers are never made, only what a body shows of one. */
const binOf: Record<NetworkName, readonly string[]> = {
  VISA: ["400000", "445070", "489087"],
  MASTERCARD: ["520000", "546616", "222300"],
  JCB: ["333700", "356600"],
  AMEX: ["378282"],
};
const firstNames = [
  "Sari",
  "Budi",
  "Dewi",
  "Agus",
  "Putri",
  "Rizky",
  "Maria",
  "Joko",
  "Siti",
  "Andi",
  "Lestari",
  "Bayu",
  "Intan",
  "Hendra",
];
const lastNames = [
  "Wijaya",
  "Santoso",
  "Hartono",
  "Kusuma",
  "Pratama",
  "Siregar",
  "Nasution",
  "Halim",
  "Lim",
  "Tan",
  "Reyes",
  "Cruz",
];

export function makeSavedCard(random: Random, index: number, businessId: string): SavedCard {
  const market = random.weighted(marketOdds);
  const network = random.weighted(networkOdds);
  const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
  const bin = random.pick(binOf[network]);
  return {
    paymentTokenId: `pt-${random.uuid()}`,
    customerId: `cust-${random.uuid()}`,
    market,
    network,
    businessId,
    savedAs: `card-${String(index + 1).padStart(5, "0")}`,
    card: {
      maskedCardNumber: `${bin}${network === "AMEX" ? "XXXXX" : "XXXXXX"}${random.digits(4)}`,
      expiryMonth: String(random.int(1, 12)).padStart(2, "0"),
      expiryYear: String(random.int(2027, 2031)),
      fingerprint: random.hex(24),
      type: random.chance(0.72) ? "CREDIT" : "DEBIT",
      network,
      country: market.country,
      issuer: random.pick(market.issuers),
      cardholderFirstName: first,
      cardholderLastName: last,
      cardholderEmail: `${first}.${last}.${index + 1}@example.com`.toLowerCase(),
    },
  };
}

/** Decimal digits in major units: many small baskets, few large ones, at prices a shop would ask. */
export function makeAmount(random: Random, market: Market): string {
  const spread = Math.exp((random.next() + random.next() + random.next() - 1.5) * 1.6);
  const steps = Math.max(1, Math.round(Math.min(market.usual * spread, market.most) / market.step));
  return (steps * market.step).toFixed(CURRENCY_DECIMALS[market.currency]);
}
