import { eciFamilyOf } from "../codes/network.ts";
import { responseTable } from "../codes/response.ts";

/** How results hang together in a body: which ECI a network gives for an outcome, what a response code means for the payment. */

/** Outcomes of the simulator page, and `ATTEMPTED`, which it lacks: the network stands in for the issuer. */
export const THREE_DS_OUTCOMES = [
  "AUTHENTICATED",
  "ATTEMPTED",
  "UNAUTHENTICATED",
  "CANCELLED_AUTHENTICATION",
  "TIMED_OUT",
  "AUTHENTICATION_NOT_AVAILABLE",
  "AUTHENTICATION_REJECTED",
  "AUTHENTICATION_SERVER_ERROR",
  "API_GW_ASM_POLICY_ERROR",
] as const;
export type ThreeDsOutcome = (typeof THREE_DS_OUTCOMES)[number];

export const THREE_DS_FLOWS = ["CHALLENGE", "FRICTIONLESS", "NONE"] as const;
export type ThreeDsFlow = (typeof THREE_DS_FLOWS)[number];

/** Whether a payment goes on to the issuer after this outcome. */
export function isAuthenticated(outcome: ThreeDsOutcome): boolean {
  return outcome === "AUTHENTICATED" || outcome === "ATTEMPTED";
}

/** All failures surface as AUTHENTICATION_FAILED, a challenge that timed out as TIMEOUT_ERROR. */
export function authenticationFailureCode(outcome: ThreeDsOutcome): string {
  return outcome === "TIMED_OUT" ? "TIMEOUT_ERROR" : "AUTHENTICATION_FAILED";
}

export function eciFor(network: string | null, outcome: ThreeDsOutcome): string {
  const mastercard = eciFamilyOf(network) === "mastercard";
  if (outcome === "AUTHENTICATED") return mastercard ? "02" : "05";
  if (outcome === "ATTEMPTED") return mastercard ? "01" : "06";
  return mastercard ? "00" : "07";
}

/** The approved text really is misspelt. */
const APPROVED_DESCRIPTOR = "Approved and completed sucessfully";

export interface NetworkAnswer {
  readonly code: string;
  readonly descriptor: string;
  readonly approved: boolean;
  /** `null` when approved. */
  readonly failureCode: string | null;
}

/** What a network response code does to a payment. `11` and `85` approve; `10`, approved in part, is refused. */
export function networkAnswer(code: string): NetworkAnswer {
  if (code === "00") return { code, descriptor: APPROVED_DESCRIPTOR, approved: true, failureCode: null };
  const rows: Readonly<Record<string, { readonly label: string; readonly failure: string | null }>> =
    responseTable.rows;
  const row = Object.hasOwn(rows, code) ? rows[code] : undefined;
  if (!row) return { code, descriptor: "Unknown", approved: false, failureCode: "FAILURE_DETAILS_UNAVAILABLE" };
  const approved = row.failure === null || row.failure === "SUCCESS";
  return { code, descriptor: row.label, approved, failureCode: approved ? null : row.failure };
}
