import type { ThreeDsFlow } from "../xendit/bodies/card-results.ts";

/** Card numbers of Xendit's test mode (FACTS of its simulator page) and what they do. Pure: no number leaves a function. */

export const NETWORKS = ["VISA", "MASTERCARD", "JCB", "AMEX"] as const;
export type Network = (typeof NETWORKS)[number];

interface TestCard {
  readonly number: string;
  readonly flow: ThreeDsFlow;
  /** THB cards whose challenge falls away below this amount in minor units. */
  readonly frictionlessBelow?: { readonly currency: string; readonly minor: number };
}

const underTwentyBaht = { currency: "THB", minor: 2000 };

const testCards: readonly TestCard[] = [
  { number: "4000000000002503", flow: "CHALLENGE" },
  { number: "4000000000001000", flow: "FRICTIONLESS" },
  { number: "5200000000002151", flow: "CHALLENGE" },
  { number: "5200000000001005", flow: "FRICTIONLESS" },
  { number: "4440000009900010", flow: "CHALLENGE" },
  { number: "4440000042200014", flow: "FRICTIONLESS" },
  { number: "5123450000000008", flow: "CHALLENGE" },
  { number: "5123456789012346", flow: "FRICTIONLESS" },
  { number: "4200350000000801", flow: "CHALLENGE", frictionlessBelow: underTwentyBaht },
  { number: "5413530000000501", flow: "CHALLENGE", frictionlessBelow: underTwentyBaht },
  { number: "3337000000000008", flow: "CHALLENGE" },
  { number: "378282246310005", flow: "FRICTIONLESS" },
  { number: "340000000002708", flow: "FRICTIONLESS" },
  { number: "340000000002534", flow: "CHALLENGE" },
  { number: "1889800000000171", flow: "NONE" },
  { number: "4000000000001091", flow: "CHALLENGE" },
  { number: "5200000000001096", flow: "CHALLENGE" },
  { number: "4000000000000002", flow: "CHALLENGE" },
  { number: "3337000000200004", flow: "CHALLENGE" },
  { number: "340000000001098", flow: "CHALLENGE" },
];

export interface CardKind {
  readonly network: string;
  readonly flow: ThreeDsFlow;
  readonly frictionlessBelow: { readonly currency: string; readonly minor: number } | null;
}

/** A number that is not on the list is challenged, as most real cards would be. */
export function cardKind(cardNumber: string): CardKind {
  const card = testCards.find((one) => one.number === cardNumber);
  return {
    network: networkOf(cardNumber),
    flow: card?.flow ?? "CHALLENGE",
    frictionlessBelow: card?.frictionlessBelow ?? null,
  };
}

/** `400000XXXXXX1091`: the first six and the last four. */
export function maskCardNumber(cardNumber: string): string {
  return `${cardNumber.slice(0, 6)}${"X".repeat(cardNumber.length - 10)}${cardNumber.slice(-4)}`;
}

export function isCardNumber(text: string): boolean {
  return /^\d{13,19}$/.test(text) && passesLuhn(text);
}

function networkOf(cardNumber: string): string {
  if (cardNumber.startsWith("4")) return "VISA";
  if (/^(5[1-5]|2[2-7])/.test(cardNumber)) return "MASTERCARD";
  if (/^35|^33/.test(cardNumber)) return "JCB";
  if (/^3[47]/.test(cardNumber)) return "AMEX";
  return cardNumber.startsWith("1889") ? "BCA" : "OTHER";
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
