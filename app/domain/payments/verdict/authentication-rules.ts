import type { EciCase, EciFinding, FraudCarrier } from "~/xendit/codes/eci.ts";
import { networkLabel } from "~/xendit/codes/network.ts";
import { decode3dsFlow, decode3dsStatus } from "~/xendit/codes/three-ds.ts";
import { isBlank, type JudgedFacts } from "./facts.ts";
import type { Rule } from "./rule.ts";

const HAPPENED: Record<EciCase, string> = {
  authenticated: "3-D Secure was completed",
  attempted: "3-D Secure was attempted and the network stood in for the issuer",
  "not-authenticated": "The cardholder was not authenticated by 3-D Secure",
  "data-only": "Data was shared with the issuer without authenticating the cardholder",
  exemption: "An exemption or a data share stood in for 3-D Secure",
  recurring: "This is a recurring payment, authenticated at its start",
  "non-payment": "The authentication was for something other than a payment",
};

/** Hedged, always: schemes, countries and kinds of card have exceptions (FACTS 6.2). */
const LIABILITY: Record<FraudCarrier, string> = {
  issuer: "so fraud liability usually lies with the issuer.",
  "issuer-first": "so fraud liability usually lies with the issuer, for the first of the series.",
  merchant: "so fraud liability usually lies with the merchant.",
  nobody: "so it tells nothing of fraud liability.",
};

const NOT_TOLD = "so who carries fraud liability cannot be told.";

type Of<Kind extends EciFinding["kind"]> = Extract<EciFinding, { kind: Kind }>;

function found<Kind extends EciFinding["kind"]>({ eciFinding }: JudgedFacts, kind: Kind): Of<Kind> | null {
  return eciFinding.kind === kind ? (eciFinding as Of<Kind>) : null;
}

/** What 3-D Secure came to and who then carries fraud, where there is money to carry: the first rule that holds. */
export const approvedAuthenticationRules: readonly Rule[] = [
  {
    when: (facts) => facts.disagreesOn("eci", "network"),
    say: () => [
      ["Sources disagree on the ECI or the card's network,", "disagreements", "look"],
      [NOT_TOLD, "verification-eci", "look"],
    ],
  },
  {
    when: (facts) => isStatusAgainstEci(facts),
    say: (facts) => [
      [
        `The 3-D Secure status is ${facts.verification?.threeDsStatus} (${statusShort(facts)}),`,
        "verification-threeds",
        "look",
      ],
      [`which does not go with ECI ${facts.eci}, ${NOT_TOLD}`, "verification-eci", "look"],
    ],
  },
  {
    when: (facts) => found(facts, "read") !== null,
    say: (facts) => {
      const finding = found(facts, "read");
      if (!finding) return [];
      const tone = finding.carries === "merchant" || finding.carries === "nobody" ? "look" : "good";
      const why = `ECI ${facts.eci} is used on ${finding.family} only; the network itself was not told.`;
      return [
        [`${happened(facts, finding.case)},`, "verification-threeds", tone],
        [LIABILITY[finding.carries], "verification-eci", tone],
        ...(facts.network ? [] : [[why, "verification-eci", "unknown"] as const]),
      ];
    },
  },
  {
    when: (facts) => found(facts, "either") !== null,
    say: (facts) => [
      [`${twoReadings(facts)},`, "verification-eci", "look"],
      [`so fraud liability usually lies with ${twoCarriers(facts)}.`, "verification-eci", "look"],
    ],
  },
  {
    when: (facts) => found(facts, "misfit") !== null,
    say: (facts) => [
      [`${misfit(facts)},`, "verification-eci", "look"],
      [NOT_TOLD, "verification-eci", "look"],
    ],
  },
  {
    when: (facts) => found(facts, "foreign") !== null,
    say: (facts) => [
      [`We have no ECI table of ${facts.network},`, "verification-eci", "look"],
      [`where ECI ${facts.eci} need not mean what it means elsewhere, ${NOT_TOLD}`, "verification-eci", "look"],
    ],
  },
  {
    when: (facts) => found(facts, "unknown") !== null,
    say: ({ eci }) => [
      [`ECI “${eci}” is not in our table,`, "verification-eci", "unknown"],
      [NOT_TOLD, "verification-eci", "unknown"],
    ],
  },
  {
    when: (facts) => hasRun(facts),
    say: (facts) => [
      [`3-D Secure ran (${ranHow(facts)}), but no ECI was sent,`, "verification-threeds", "look"],
      [NOT_TOLD, "verification-eci", "look"],
    ],
  },
  {
    when: (facts) => facts.has("approved_without_3ds"),
    say: () => [
      ["It was approved without 3-D Secure,", "verification-threeds", "look"],
      [LIABILITY.merchant, "verification-eci", "look"],
    ],
  },
  {
    when: () => true,
    say: () => [
      ["No 3-D Secure results were sent,", "verification-threeds", "unknown"],
      [NOT_TOLD, "verification-eci", "unknown"],
    ],
  },
];

/** The same where no money moved: what happened, and nothing of liability. */
export const authenticationRules: readonly Rule[] = [
  {
    when: (facts) => found(facts, "read") !== null,
    say: (facts) => {
      const finding = found(facts, "read");
      return finding ? [[`${happened(facts, finding.case)}.`, "verification-threeds", "unknown"]] : [];
    },
  },
  {
    when: (facts) => found(facts, "either") !== null,
    say: (facts) => [[`${twoReadings(facts)}.`, "verification-eci", "look"]],
  },
  {
    when: (facts) => found(facts, "misfit") !== null,
    say: (facts) => [[`${misfit(facts)}.`, "verification-eci", "look"]],
  },
  {
    when: (facts) => found(facts, "foreign") !== null,
    say: ({ eci, network }) => [
      [`ECI ${eci} cannot be read: we have no ECI table of ${network}.`, "verification-eci", "unknown"],
    ],
  },
  {
    when: (facts) => found(facts, "unknown") !== null,
    say: ({ eci }) => [[`ECI “${eci}” is not in our table.`, "verification-eci", "unknown"]],
  },
  {
    when: (facts) => !isBlank(facts.verification?.threeDsStatus),
    say: (facts) => [
      [`3-D Secure: ${statusShort(facts)} (${facts.verification?.threeDsStatus}).`, "verification-threeds", "look"],
    ],
  },
  {
    when: (facts) => hasRun(facts),
    say: (facts) => [[`3-D Secure ran (${ranHow(facts)}), but no ECI was sent.`, "verification-threeds", "unknown"]],
  },
];

const SUCCEEDED_STATUSES: ReadonlySet<string> = new Set(["Y", "A", "I", "AUTHENTICATED"]);

/** An ECI of success beside a status of failure. A status our table does not know contradicts nothing. */
export function isStatusAgainstEci(facts: JudgedFacts): boolean {
  const status = facts.verification?.threeDsStatus?.trim().toUpperCase();
  const finding = found(facts, "read");
  if (!status || !finding || !decode3dsStatus(status).sure) return false;
  return (finding.case === "authenticated" || finding.case === "attempted") && !SUCCEEDED_STATUSES.has(status);
}

function statusShort({ verification }: JudgedFacts): string {
  return decode3dsStatus(verification?.threeDsStatus ?? null).short;
}

function happened({ threeDsFlow }: JudgedFacts, what: EciCase): string {
  const isFrictionless = what === "authenticated" && threeDsFlow?.trim().toUpperCase() === "FRICTIONLESS";
  return isFrictionless ? "3-D Secure was completed without a challenge" : HAPPENED[what];
}

function hasRun({ threeDsFlow, verification }: JudgedFacts): boolean {
  return !isBlank(threeDsFlow) || !isBlank(verification?.threeDsStatus);
}

function ranHow(facts: JudgedFacts): string {
  const { threeDsFlow } = facts;
  if (isBlank(threeDsFlow)) return statusShort(facts);
  const reading = decode3dsFlow(threeDsFlow);
  return reading.sure ? reading.short : threeDsFlow;
}

function misfit(facts: JudgedFacts): string {
  return `ECI ${facts.eci} is used on ${found(facts, "misfit")?.family} and does not fit ${networkLabel(facts.network)}`;
}

const MEANS: Record<EciCase, string> = {
  authenticated: "an authenticated cardholder",
  attempted: "an attempt with the network standing in",
  "not-authenticated": "a cardholder not authenticated",
  "data-only": "data shared only",
  exemption: "an exemption or a data share",
  recurring: "an authenticated recurring payment",
  "non-payment": "no payment",
};

function twoReadings(facts: JudgedFacts): string {
  const readings = (found(facts, "either")?.readings ?? []).map((one) => `${MEANS[one.case]} on ${one.family}`);
  return `ECI ${facts.eci} means ${readings.join(" but ")}, and the network was not told`;
}

function twoCarriers(facts: JudgedFacts): string {
  return (found(facts, "either")?.readings ?? [])
    .map(({ carries, family }) => `the ${carries === "merchant" ? "merchant" : "issuer"} (${family})`)
    .join(" or ");
}
