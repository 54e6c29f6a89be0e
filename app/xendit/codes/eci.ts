import { type EciFamily, eciFamilyOf, networkLabel } from "./network.ts";
import {
  blankReading,
  type CodeReading,
  type NetworkContext,
  normalCode,
  reading,
  rowOf,
  type Said,
  type Tone,
  unknownReading,
} from "./reading.ts";

/** Xendit publishes no ECI table; this is what the named documentation pages agree on (06 and 07 are reversed on Mastercard). */
export const eciTable = {
  name: "ECI by network",
  version: "2026-04",
  source: "Midtrans, Faspay, Checkout.com and EBANX documentation",
  rows: {
    visa: {
      "05": {
        case: "authenticated",
        short: "authenticated",
        meaning: "3-D Secure authentication succeeded.",
        tone: "good",
        carries: "issuer",
      },
      "06": {
        case: "attempted",
        short: "attempted",
        meaning: "Authentication was attempted; the issuer or cardholder does not take part, and the network stood in.",
        tone: "look",
        carries: "issuer",
      },
      "07": {
        case: "not-authenticated",
        short: "not authenticated",
        meaning: "Authentication failed or was not attempted.",
        tone: "bad",
        carries: "merchant",
      },
    },
    mastercard: {
      "00": {
        case: "not-authenticated",
        short: "not authenticated",
        meaning: "Authentication failed or was not attempted.",
        tone: "bad",
        carries: "merchant",
      },
      "01": {
        case: "attempted",
        short: "attempted",
        meaning: "Authentication was attempted; the network stood in for the issuer.",
        tone: "look",
        carries: "issuer",
      },
      "02": {
        case: "authenticated",
        short: "authenticated",
        meaning: "3-D Secure authentication succeeded.",
        tone: "good",
        carries: "issuer",
      },
      "04": {
        case: "data-only",
        short: "data only",
        meaning: "Data was shared with the issuer without authenticating the cardholder.",
        tone: "look",
        carries: "merchant",
      },
      "06": {
        case: "exemption",
        short: "exemption",
        meaning: "An exemption or a data share was used instead of authentication.",
        tone: "look",
        carries: "merchant",
      },
      "07": {
        case: "recurring",
        short: "authenticated recurring",
        meaning: "An authenticated recurring payment.",
        tone: "good",
        carries: "issuer-first",
      },
      N0: {
        case: "non-payment",
        short: "non-payment",
        meaning: "A non-payment authentication; no money was authenticated.",
        tone: "unknown",
        carries: "nobody",
      },
      N2: {
        case: "non-payment",
        short: "non-payment",
        meaning: "A non-payment authentication; no money was authenticated.",
        tone: "unknown",
        carries: "nobody",
      },
    },
  },
} as const;

export type EciCase =
  | "authenticated"
  | "attempted"
  | "not-authenticated"
  | "data-only"
  | "exemption"
  | "recurring"
  | "non-payment";

/** Who answers for fraud chargebacks, and only for those (FACTS 6.2). `nobody`: the value is not about a payment. */
export type FraudCarrier = "issuer" | "issuer-first" | "merchant" | "nobody";

interface EciRow {
  readonly case: EciCase;
  readonly short: string;
  readonly meaning: string;
  readonly tone: Tone;
  readonly carries: FraudCarrier;
}

const FRAUD_ONLY = "Authentication never covers disputes about service or quality.";
const LIABILITY: Record<FraudCarrier, string> = {
  issuer: `The issuer usually carries fraud chargebacks. ${FRAUD_ONLY}`,
  "issuer-first": `The issuer usually carries fraud chargebacks, for the first of the series. ${FRAUD_ONLY}`,
  merchant: "The merchant usually carries fraud chargebacks.",
  nobody: "Not applicable: no payment was authenticated.",
};
const families: readonly EciFamily[] = ["visa", "mastercard"];
const familyLabel: Record<EciFamily, string> = { visa: "Visa, Amex, JCB", mastercard: "Mastercard" };
const familyInWords: Record<EciFamily, string> = { visa: "Visa, Amex and JCB", mastercard: "Mastercard" };

export interface EciContext extends NetworkContext {
  /** `authentication_data.flow`: tells "no 3-D Secure at all" from "3-D Secure without an ECI". */
  readonly flow?: string | null;
}

/** Reads an ECI with its network; without one, both readings stand side by side where they differ. */
export function decodeEci(code: string | null, context: EciContext = {}): CodeReading {
  if (code === null || code.trim() === "") return blankEci(code === null ? null : "", context);
  const family = eciFamilyOf(context.network);
  const normal = normalEci(code);
  if (family) return inFamily(code, normal, family, context);
  const known = families.filter((one) => eciRow(one, normal));
  const [only] = known;
  if (!only) return unknownReading(code, "ECI", eciTable, context);
  if (known.length === 1) return reading(code, withoutNetwork(only, normal, context), eciTable, context);
  return reading(code, eitherReading(normal, known), eciTable, context);
}

/** Whether a network's ECI values include this one; `null` when the network or the code says nothing. */
export function eciFitsNetwork(code: string | null, network: string | null): boolean | null {
  const family = eciFamilyOf(network);
  if (!family || code === null || code.trim() === "") return null;
  const normal = normalEci(code);
  return families.some((one) => eciRow(one, normal)) ? eciRow(family, normal) !== undefined : null;
}

/** What an ECI comes to, for whoever has to build a sentence of it. */
export type EciFinding =
  /** No value. */
  | { readonly kind: "blank" }
  /** In no table of ours. */
  | { readonly kind: "unknown" }
  /** One reading, by the network or because only this family uses the value. */
  | { readonly kind: "read"; readonly case: EciCase; readonly carries: FraudCarrier; readonly family: string }
  /** A value of the other family. */
  | { readonly kind: "misfit"; readonly family: string }
  /** A network we have no table of. */
  | { readonly kind: "foreign"; readonly case: EciCase; readonly family: string }
  /** Two readings, and no network to choose by. */
  | { readonly kind: "either"; readonly readings: readonly EciCandidate[] };

/** One reading of an ECI, `family` in words: "Visa, Amex and JCB". */
export interface EciCandidate {
  readonly family: string;
  readonly case: EciCase;
  readonly carries: FraudCarrier;
}

export function findEci(code: string | null, network: string | null): EciFinding {
  if (code === null || code.trim() === "") return { kind: "blank" };
  const normal = normalEci(code);
  const candidates = families.flatMap((family) => {
    const row = eciRow(family, normal);
    return row ? [{ key: family, family: familyInWords[family], case: row.case, carries: row.carries }] : [];
  });
  const [first, ...others] = candidates;
  if (!first) return { kind: "unknown" };
  const family = eciFamilyOf(network);
  const own = candidates.find(({ key }) => key === family);
  if (own) return { kind: "read", case: own.case, carries: own.carries, family: own.family };
  if (family) return { kind: "misfit", family: first.family };
  if (others.length > 0) return { kind: "either", readings: candidates };
  if (network) return { kind: "foreign", case: first.case, family: first.family };
  return { kind: "read", case: first.case, carries: first.carries, family: first.family };
}

/** Older bodies send `5` for `05`. */
function normalEci(code: string): string {
  const normal = normalCode(code);
  return /^\d$/.test(normal) ? `0${normal}` : normal;
}

function eciRow(family: EciFamily, normal: string): EciRow | undefined {
  return rowOf<EciRow>(eciTable.rows[family], normal);
}

function inFamily(code: string, normal: string, family: EciFamily, context: EciContext): CodeReading {
  const row = eciRow(family, normal);
  if (row) return reading(code, say(row), eciTable, context);
  const other = families.find((one) => eciRow(one, normal));
  const otherRow = other && eciRow(other, normal);
  if (!other || !otherRow) return unknownReading(code, "ECI", eciTable, context);
  const label = networkLabel(context.network ?? null);
  const said: Said = {
    short: `does not fit ${label}`,
    meaning: `${label} has no ECI ${normal}; on ${familyLabel[other]} it would mean “${otherRow.short}”.`,
    tone: "look",
    liability: "Not known while code and network contradict each other.",
    advice: "Compare the card's network with the 3-D Secure data, and ask Xendit which of the two is right.",
    sure: false,
    alternatives: [alternative(other, otherRow)],
  };
  return reading(code, said, eciTable, context);
}

function withoutNetwork(family: EciFamily, normal: string, context: EciContext): Said {
  const row = eciRow(family, normal);
  if (!row) throw new Error(`no ECI ${normal} in ${family}`);
  // A network we have no table of may use the value differently; no network at all leaves one possible reading.
  const named = Boolean(context.network);
  const why = named
    ? `Read as on ${familyLabel[family]}: we have no ECI table of ${context.network}.`
    : `Only ${familyLabel[family]} use ECI ${normal}; the network was not told.`;
  return { ...say(row), meaning: `${row.meaning} ${why}`, sure: !named };
}

function eitherReading(normal: string, known: readonly EciFamily[]): Said {
  const rows = known.flatMap((family) => {
    const row = eciRow(family, normal);
    return row ? [{ family, row }] : [];
  });
  return {
    short: rows.map(({ row }) => row.short).join(" or "),
    meaning: "Depends on the network, which is not known.",
    tone: "look",
    liability: rows
      .map(
        ({ family, row }) => `${familyLabel[family]}: ${row.carries === "merchant" ? "the merchant" : "the issuer"}.`,
      )
      .concat("Usually, and for fraud chargebacks only.")
      .join(" "),
    sure: false,
    alternatives: rows.map(({ family, row }) => alternative(family, row)),
  };
}

function blankEci(code: "" | null, context: EciContext): CodeReading {
  const blank = blankReading(code, "ECI", eciTable, context);
  if (context.flow === undefined) return blank;
  const why =
    context.flow === null
      ? " The payment carries no 3-D Secure data, so the cardholder was not authenticated."
      : ` 3-D Secure ran (${context.flow.toLowerCase()}), but its result is missing.`;
  return { ...blank, meaning: blank.meaning + why, tone: context.flow === null ? "unknown" : "look" };
}

function say({ short, meaning, tone, carries }: EciRow): Said {
  return { short, meaning, tone, liability: LIABILITY[carries] };
}

function alternative(family: EciFamily, row: EciRow) {
  return { network: familyLabel[family], short: row.short, meaning: row.meaning, liability: LIABILITY[row.carries] };
}
