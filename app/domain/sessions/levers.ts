import { z } from "zod";
import type { Environment } from "../../lib/environment.ts";

/**
 * What a tester may decide about a session's outcome, in the sandbox only: no other test mode has such levers, and they
 * are never put into a body that Xendit would see. An empty value leaves the decision to the sandbox.
 */
export interface LeverOption {
  readonly value: string;
  readonly label: string;
}

/** "Not sent" is a result of its own, apart from "as usual", which is the empty value. */
export const NOT_SENT = "none";

export const leverOptions = {
  flow: [
    { value: "", label: "As the saved card has it" },
    { value: "CHALLENGE", label: "Challenge" },
    { value: "FRICTIONLESS", label: "Frictionless" },
    { value: "NONE", label: "No 3-D Secure" },
  ],
  outcome: [
    { value: "", label: "As chosen on the challenge page, else authenticated" },
    { value: "AUTHENTICATED", label: "Authenticated" },
    { value: "ATTEMPTED", label: "Attempted" },
    { value: "NOT_AUTHENTICATED", label: "Not authenticated" },
    { value: "REJECTED", label: "Rejected" },
    { value: "UNAVAILABLE", label: "Unavailable" },
  ],
  network: [
    { value: "", label: "As the saved card has it" },
    { value: "VISA", label: "Visa" },
    { value: "MASTERCARD", label: "Mastercard" },
    { value: "JCB", label: "JCB" },
    { value: "AMEX", label: "American Express" },
  ],
  verificationResult: [
    { value: "", label: "As usual (M, match)" },
    { value: "M", label: "M – match" },
    { value: "N", label: "N – no match" },
    { value: "P", label: "P – not processed" },
    { value: "S", label: "S – should be on the card" },
    { value: "U", label: "U – issuer does not support it" },
    { value: "X", label: "X – network does not support it" },
    { value: "D", label: "D – suspicious" },
    { value: "I", label: "I – failed validation" },
    { value: "1", label: "1 – not supported for this card" },
    { value: "2", label: "2 – reply not recognised" },
    { value: "3", label: "3 – no result" },
    { value: NOT_SENT, label: "Not sent" },
  ],
  addressResult: [
    { value: "", label: "As usual (M, match)" },
    { value: "M", label: "M – street and postal code match (international)" },
    { value: "Y", label: "Y – street and 5-digit postal code match" },
    { value: "X", label: "X – street and 9-digit postal code match" },
    { value: "A", label: "A – street only" },
    { value: "Z", label: "Z – 5-digit postal code only" },
    { value: "W", label: "W – 9-digit postal code only" },
    { value: "N", label: "N – no match" },
    { value: "C", label: "C – no match (international)" },
    { value: "G", label: "G – issuer outside the US has no AVS" },
    { value: "I", label: "I – not verified" },
    { value: "R", label: "R – try again" },
    { value: "S", label: "S – issuer has no AVS" },
    { value: "U", label: "U – unavailable" },
    { value: "1", label: "1 – no AVS for this card" },
    { value: "2", label: "2 – reply not recognised" },
    { value: NOT_SENT, label: "Not sent" },
  ],
  networkResponse: [
    { value: "", label: "As the amount decides (00, approved)" },
    { value: "00", label: "00 – approved" },
    { value: "05", label: "05 – do not honor" },
    { value: "14", label: "14 – invalid card number" },
    { value: "41", label: "41 – lost or stolen card" },
    { value: "51", label: "51 – insufficient funds" },
    { value: "54", label: "54 – expired card" },
    { value: "59", label: "59 – suspected fraud" },
    { value: "61", label: "61 – limit exceeded" },
    { value: "62", label: "62 – restricted card" },
    { value: "65", label: "65 – limit exceeded" },
    { value: "82", label: "82 – invalid CVN" },
    { value: "91", label: "91 – issuer unavailable" },
    { value: "96", label: "96 – system error" },
    { value: "1A", label: "1A – authentication required (Visa)" },
    { value: "N7", label: "N7 – invalid CVN" },
  ],
} as const satisfies Record<string, readonly LeverOption[]>;
export type LeverName = keyof typeof leverOptions;

/** The form's fields by name. `eci` is typed: an ECI that does not fit the network makes an anomaly to look at. */
export const leverFields = {
  flow: choice("flow"),
  outcome: choice("outcome"),
  network: choice("network"),
  verificationResult: choice("verificationResult"),
  addressResult: choice("addressResult"),
  networkResponse: choice("networkResponse"),
  eci: z
    .string()
    .trim()
    .regex(/^([0-9A-Za-z]{2})?$/, "An ECI is two characters, such as 05.")
    .optional()
    .default(""),
};

export interface LeverForm {
  readonly flow: string;
  readonly outcome: string;
  readonly network: string;
  readonly verificationResult: string;
  readonly addressResult: string;
  readonly networkResponse: string;
  readonly eci: string;
}

/** The levers as the sandbox takes them, only those that were set; empty outside the sandbox. */
export function chosenLevers(form: LeverForm, environment: Environment): Readonly<Record<string, string>> {
  if (environment !== "sandbox") return {};
  const all = {
    flow: form.flow,
    outcome: form.outcome,
    network: form.network,
    cvn: form.verificationResult,
    avs: form.addressResult,
    response: form.networkResponse,
    eci: form.eci.toUpperCase(),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

function choice(name: LeverName) {
  const values: readonly LeverOption[] = leverOptions[name];
  return z
    .string()
    .trim()
    .refine((text) => values.some((option) => option.value === text), "Choose a value from the list.")
    .optional()
    .default("");
}
