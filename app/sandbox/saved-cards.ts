import type { MaskedCard } from "../xendit/bodies/card-bodies.ts";
import type { ThreeDsFlow } from "../xendit/bodies/card-results.ts";

/** What the sandbox remembers of a card: its masked form and how it behaves. */
export interface SandboxCard extends MaskedCard {
  readonly flow: ThreeDsFlow;
  readonly frictionlessBelow?: { readonly currency: string; readonly minor: number } | null;
  /** A card of the demo merchant's shoppers: it answers by its token, and is not offered among hundreds like it. */
  readonly demo?: boolean;
}

export interface SavedCard {
  readonly paymentTokenId: string;
  readonly network: string;
  /** `Visa •••• 2503, challenge` */
  readonly label: string;
  readonly card: SandboxCard;
}

const networkNames: Readonly<Record<string, string>> = {
  VISA: "Visa",
  MASTERCARD: "Mastercard",
  JCB: "JCB",
  AMEX: "American Express",
};

export function savedCardLabel(card: SandboxCard): string {
  const behaviour = card.flow === "NONE" ? "no 3-D Secure" : card.flow.toLowerCase();
  return `${networkNames[card.network] ?? card.network} •••• ${card.maskedCardNumber.slice(-4)}, ${behaviour}`;
}

function savedCard(
  tokenId: string,
  fingerprint: string,
  card: Pick<SandboxCard, "network" | "maskedCardNumber" | "flow">,
): SavedCard {
  const whole: SandboxCard = {
    ...card,
    expiryMonth: "12",
    expiryYear: "2035",
    fingerprint,
    type: "CREDIT",
    country: "ID",
    issuer: "PT BANK RAKYAT INDONESIA TBK",
    cardholderFirstName: "Jaap",
    cardholderLastName: "Stam",
    cardholderEmail: "shopper@example.com",
  };
  return { paymentTokenId: tokenId, network: card.network, label: savedCardLabel(whole), card: whole };
}

/** The saved cards every installation starts with, made of Xendit's test cards. Their tokens never change. */
export const SANDBOX_SAVED_CARDS: readonly SavedCard[] = [
  savedCard("pt-5a0d2c61-0001-4c1d-8f00-0000000a2503", "61a443574a7d750000002503", {
    network: "VISA",
    maskedCardNumber: "400000XXXXXX2503",
    flow: "CHALLENGE",
  }),
  savedCard("pt-5a0d2c61-0002-4c1d-8f00-0000000a1000", "61a443574a7d750000001000", {
    network: "VISA",
    maskedCardNumber: "400000XXXXXX1000",
    flow: "FRICTIONLESS",
  }),
  savedCard("pt-5a0d2c61-0003-4c1d-8f00-0000000a2151", "61a443574a7d750000002151", {
    network: "MASTERCARD",
    maskedCardNumber: "520000XXXXXX2151",
    flow: "CHALLENGE",
  }),
  savedCard("pt-5a0d2c61-0004-4c1d-8f00-0000000a1005", "61a443574a7d750000001005", {
    network: "MASTERCARD",
    maskedCardNumber: "520000XXXXXX1005",
    flow: "FRICTIONLESS",
  }),
  savedCard("pt-5a0d2c61-0005-4c1d-8f00-0000000a0008", "61a443574a7d750000000008", {
    network: "JCB",
    maskedCardNumber: "333700XXXXXX0008",
    flow: "CHALLENGE",
  }),
  savedCard("pt-5a0d2c61-0006-4c1d-8f00-0000000a0005", "61a443574a7d750000000005", {
    network: "AMEX",
    maskedCardNumber: "378282XXXXX0005",
    flow: "FRICTIONLESS",
  }),
];

/** When the seeded tokens say they were made: before any payment, the same everywhere. */
export const SAVED_CARDS_SINCE = Date.parse("2025-01-01T00:00:00.000Z");
