/** Card networks by the spellings seen in bodies, and the family whose ECI values they use. */

export type EciFamily = "visa" | "mastercard";

interface Network {
  readonly label: string;
  readonly eciFamily: EciFamily;
}

const visa: Network = { label: "Visa", eciFamily: "visa" };
const mastercard: Network = { label: "Mastercard", eciFamily: "mastercard" };
const amex: Network = { label: "American Express", eciFamily: "visa" };
const jcb: Network = { label: "JCB", eciFamily: "visa" };
const diners: Network = { label: "Diners Club", eciFamily: "visa" };
const unionPay: Network = { label: "UnionPay", eciFamily: "visa" };

const bySpelling: Readonly<Record<string, Network>> = {
  VISA: visa,
  MASTERCARD: mastercard,
  MC: mastercard,
  MAESTRO: mastercard,
  AMEX: amex,
  AMERICANEXPRESS: amex,
  JCB: jcb,
  DINERS: diners,
  DINERSCLUB: diners,
  DISCOVER: diners,
  UNIONPAY: unionPay,
  CUP: unionPay,
};

/** `null` for none and for networks whose ECI values we have no table of, such as domestic schemes. */
export function eciFamilyOf(network: string | null | undefined): EciFamily | null {
  return find(network)?.eciFamily ?? null;
}

/** "Visa" for VISA; as received when we do not know it. */
export function networkLabel(network: string | null): string | null {
  return find(network)?.label ?? network;
}

function find(network: string | null | undefined): Network | undefined {
  if (!network) return undefined;
  const spelling = network.toUpperCase().replace(/[^A-Z]/g, "");
  return Object.hasOwn(bySpelling, spelling) ? bySpelling[spelling] : undefined;
}
