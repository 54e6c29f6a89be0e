import { CURRENCIES } from "~/lib/money.ts";
import { BLANK } from "~/lib/search-params.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { networkLabel } from "~/xendit/codes/network.ts";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import type { StatusWord } from "~/xendit/codes/status-words.ts";
import { ANOMALIES, MISSING_WEBHOOKS } from "~/xendit/projection.ts";
import type { FilterOption, FilterSpec } from "../table/filter-spec.ts";
import { missingWord } from "./missing-word.ts";

/** Codes worth offering: those people filter by. Any other can be typed. */
const eciCodes = ["05", "06", "07", "02", "01", "00"];
const cvnCodes = ["M", "N", "P", "U", "S"];
const avsCodes = ["M", "Y", "A", "Z", "N", "U"];
const responseCodes = ["00", "05", "14", "41", "43", "51", "54", "59", "61", "62", "65", "82", "91", "N7"];

const failureCodes = [
  "CARD_DECLINED",
  "DECLINED_BY_ISSUER",
  "DECLINED_BY_PROCESSOR",
  "INSUFFICIENT_BALANCE",
  "INVALID_CVV",
  "EXPIRED_CARD",
  "STOLEN_CARD",
  "AUTHENTICATION_FAILED",
  "ISSUER_UNAVAILABLE",
  "PROCESSOR_ERROR",
];
const networks = ["VISA", "MASTERCARD", "JCB", "AMEX"];

const blank: FilterOption = { value: BLANK, label: "– blank" };

export const eciFilter = codesFilter("eci", "ECI", eciCodes, decodeEci);
export const cvnFilter = codesFilter("cvn", "CVN", cvnCodes, decodeCvn);
export const avsFilter = codesFilter("avs", "AVS", avsCodes, decodeAvs);
export const responseFilter = codesFilter("response", "Response", responseCodes, decodeResponse);
export const failureFilter: FilterSpec = {
  kind: "codes",
  name: "failure",
  label: "Failure",
  options: [...failureCodes.map((code) => ({ value: code, label: code })), { value: BLANK, label: "– no failure" }],
};
export const networkFilter: FilterSpec = {
  kind: "codes",
  name: "network",
  label: "Network",
  options: [
    ...networks.map((code) => ({ value: code, label: networkLabel(code) ?? code })),
    { value: BLANK, label: "– not known" },
  ],
};
/** FULL_AUTH is found with CHALLENGE (payment-filters.ts), so it is not offered beside it. */
export const flowFilter: FilterSpec = {
  kind: "codes",
  name: "flow",
  label: "3DS flow",
  options: [
    { value: "CHALLENGE", label: "Challenge" },
    { value: "FRICTIONLESS", label: "Frictionless" },
    { value: BLANK, label: "– no 3-D Secure" },
  ],
};
export const anomalyFilter: FilterSpec = {
  kind: "codes",
  name: "anomaly",
  label: "Anomaly",
  closed: true,
  together: { label: "Has an anomaly", values: ANOMALIES },
  options: [
    { value: "bad", label: "Serious: dispute, conflict, paid twice" },
    { value: "look", label: "Worth a look" },
    { value: BLANK, label: "– none" },
  ],
};
export const missingFilter = {
  kind: "codes",
  name: "missing",
  label: "Webhook missing",
  closed: true,
  together: { label: "Any webhook missing", values: MISSING_WEBHOOKS },
  options: [
    ...MISSING_WEBHOOKS.map((value) => ({ value, label: missingWord[value] })),
    { value: BLANK, label: "– none missing" },
  ],
} as const satisfies FilterSpec;
export const currencyFilter: FilterSpec = {
  kind: "codes",
  name: "currency",
  label: "Currency",
  options: CURRENCIES.map((currency) => ({ value: currency, label: currency })),
};

/** Two codes may share a word, so both are written. */
export function statusFilter(
  label: string,
  codes: readonly string[],
  wordOf: (code: string) => StatusWord,
): FilterSpec {
  const words = codes.map((code) => wordOf(code).word);
  const isShared = (word: string) => words.filter((other) => other === word).length > 1;
  const options = codes.map((code) => {
    const { word } = wordOf(code);
    return { value: code, label: isShared(word) ? `${word} (${code})` : word };
  });
  return { kind: "codes", name: "status", label, options };
}

function codesFilter(
  name: string,
  label: string,
  codes: readonly string[],
  decode: (code: string) => CodeReading,
): FilterSpec {
  const options = codes.map((code) => ({ value: code, label: `${code} ${decode(code).short}` }));
  return { kind: "codes", name, label, options: [...options, blank] };
}
