import { z } from "zod";
import type { Environment } from "../../lib/environment.ts";
import {
  THREE_DS_FLOWS,
  THREE_DS_OUTCOMES,
  type ThreeDsFlow,
  type ThreeDsOutcome,
} from "../../xendit/bodies/card-results.ts";
import { avsTable } from "../../xendit/codes/avs.ts";
import { cvnTable } from "../../xendit/codes/cvn.ts";
import { networkLabel } from "../../xendit/codes/network.ts";
import { responseTable } from "../../xendit/codes/response.ts";

/**
 * What a tester may decide about a session's outcome, in the sandbox only: no other test mode has such levers, and they
 * are never put into a body that Xendit would see. An empty value leaves the decision to the card and the amount.
 */
export interface LeverOption {
  readonly value: string;
  readonly label: string;
}

const flowLabel: Record<ThreeDsFlow, string> = {
  CHALLENGE: "Challenge",
  FRICTIONLESS: "Frictionless",
  NONE: "No 3-D Secure",
};

const outcomeLabel: Record<ThreeDsOutcome, string> = {
  AUTHENTICATED: "Authenticated",
  ATTEMPTED: "Attempted",
  UNAUTHENTICATED: "Not authenticated",
  CANCELLED_AUTHENTICATION: "Cancelled by the shopper",
  TIMED_OUT: "Timed out",
  AUTHENTICATION_NOT_AVAILABLE: "Not available",
  AUTHENTICATION_REJECTED: "Rejected by the issuer",
  AUTHENTICATION_SERVER_ERROR: "Server error",
  API_GW_ASM_POLICY_ERROR: "Gateway policy error",
};

const faultLabel = {
  duplicate: "Send every webhook twice",
  out_of_order: "Session before capture",
  capture_before_session: "Capture long before session",
  late: "Send them late",
  lost: "Lose the first attempt",
  server_error_twice: "500 twice, then fine",
  never: "Never send them",
  wrong_token: "Send a wrong token",
  truncated: "Cut the body short",
  no_webhook_id: "Leave out webhook-id",
  string_amounts: "Amounts as text",
} as const;
export type Fault = keyof typeof faultLabel;

/** "Not sent" is a result of its own, apart from "as usual", which is the empty value. */
const notSent: LeverOption = { value: "none", label: "Not sent" };

export const leverOptions = {
  flow: [usual("As the saved card has it"), ...THREE_DS_FLOWS.map((value) => ({ value, label: flowLabel[value] }))],
  outcome: [
    usual("As usual: authenticated"),
    ...THREE_DS_OUTCOMES.map((value) => ({ value, label: outcomeLabel[value] })),
  ],
  network: [
    usual("As the saved card has it"),
    ...["VISA", "MASTERCARD", "JCB", "AMEX"].map((value) => ({ value, label: networkLabel(value) ?? value })),
  ],
  verificationResult: [usual("As usual: M, match"), ...codes(cvnTable.rows, (row) => row.short), notSent],
  addressResult: [
    usual("As usual: M, match"),
    ...codes(avsTable.rows, (row) => row.meaning.replace(/\.$/, "")),
    notSent,
  ],
  networkResponse: [usual("As the amount decides, else 00"), ...codes(responseTable.rows, (row) => row.label)],
  faults: Object.entries(faultLabel).map(([value, label]) => ({ value, label })),
} as const satisfies Record<string, readonly LeverOption[]>;

/** The form's fields by name. `eci` is typed: an ECI that does not fit the network makes an anomaly to look at. */
export const leverFields = {
  flow: choice(leverOptions.flow),
  outcome: choice(leverOptions.outcome),
  network: choice(leverOptions.network),
  verificationResult: choice(leverOptions.verificationResult),
  addressResult: choice(leverOptions.addressResult),
  networkResponse: choice(leverOptions.networkResponse),
  eci: z
    .string()
    .trim()
    .regex(/^([0-9A-Za-z]{2}|none)?$/i, "An ECI is two characters, such as 05; “none” leaves it out.")
    .optional()
    .default(""),
  faults: z.array(z.enum(Object.keys(faultLabel) as [Fault, ...Fault[]])),
};

export interface LeverForm {
  readonly flow: string;
  readonly outcome: string;
  readonly network: string;
  readonly verificationResult: string;
  readonly addressResult: string;
  readonly networkResponse: string;
  readonly eci: string;
  readonly faults: readonly Fault[];
}

export type ChosenLevers = Readonly<Record<string, string | readonly string[]>>;

/** The levers as the sandbox takes them, only those that were set; empty outside the sandbox. */
export function chosenLevers(form: LeverForm, environment: Environment): ChosenLevers {
  if (environment !== "sandbox") return {};
  const all = {
    flow: form.flow,
    outcome: form.outcome,
    network: form.network,
    cvn: form.verificationResult,
    avs: form.addressResult,
    response: form.networkResponse,
    eci: form.eci,
    faults: form.faults,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0));
}

const leverLabel: Readonly<Record<string, string>> = {
  flow: "3-D Secure flow",
  outcome: "3-D Secure outcome",
  network: "Network",
  cvn: "CVN result",
  avs: "AVS result",
  response: "Network response",
  eci: "ECI",
  faults: "Faults",
};

/** The levers of a session as the page lists them. */
export function describeLevers(levers: Readonly<Record<string, string>>): readonly LeverOption[] {
  return Object.entries(levers).map(([name, value]) => ({ value, label: leverLabel[name] ?? name }));
}

function usual(label: string): LeverOption {
  return { value: "", label };
}

function codes<Row>(rows: Readonly<Record<string, Row>>, word: (row: Row) => string): readonly LeverOption[] {
  return Object.entries(rows)
    .map(([code, row]) => ({ value: code, label: `${code} – ${word(row)}` }))
    .sort((a, b) => Number(!isUsual(a.value)) - Number(!isUsual(b.value)) || a.value.localeCompare(b.value));
}

/** What nearly everybody picks comes first: match, no match, approved. */
function isUsual(code: string): boolean {
  return code === "M" || code === "N" || code === "00";
}

function choice(options: readonly LeverOption[]) {
  return z
    .string()
    .trim()
    .refine((text) => options.some((option) => option.value === text), "Choose a value from the list.")
    .optional()
    .default("");
}
