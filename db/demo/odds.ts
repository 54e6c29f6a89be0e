import type { ThreeDsFlow, ThreeDsOutcome } from "../../app/xendit/bodies/card-results.ts";
import type { Odds } from "./random.ts";

/** How often things happen at the demo merchant. Skewed as life is, rare things kept visible. */

export type NetworkName = "VISA" | "MASTERCARD" | "JCB" | "AMEX";

export const networkOdds: Odds<NetworkName> = [
  ["VISA", 54],
  ["MASTERCARD", 36],
  ["JCB", 7],
  ["AMEX", 3],
];

export const flowOdds: Odds<ThreeDsFlow> = [
  ["CHALLENGE", 58],
  ["FRICTIONLESS", 33],
  ["NONE", 9],
];

export const challengeOdds: Odds<ThreeDsOutcome> = [
  ["AUTHENTICATED", 910],
  ["UNAUTHENTICATED", 34],
  ["CANCELLED_AUTHENTICATION", 26],
  ["TIMED_OUT", 18],
  ["AUTHENTICATION_REJECTED", 8],
  ["AUTHENTICATION_SERVER_ERROR", 4],
];

export const frictionlessOdds: Odds<ThreeDsOutcome> = [
  ["AUTHENTICATED", 900],
  ["ATTEMPTED", 72],
  ["AUTHENTICATION_REJECTED", 16],
  ["AUTHENTICATION_NOT_AVAILABLE", 12],
];

/** Of authorizations: the issuer says yes to about seven in eight. */
export const responseOdds: Odds<string> = [
  ["00", 8700],
  ["05", 430],
  ["51", 330],
  ["61", 50],
  ["65", 45],
  ["54", 55],
  ["57", 60],
  ["62", 40],
  ["14", 40],
  ["91", 55],
  ["96", 30],
  ["N7", 45],
  ["82", 25],
  ["59", 30],
  ["41", 12],
  ["43", 14],
  ["12", 12],
  ["30", 5],
  ["04", 6],
  ["R1", 4],
  ["93", 3],
  ["85", 2],
];

/** A scheme's own codes, tried instead of 05 now and then. */
export const schemeResponseOdds: Readonly<Record<NetworkName, Odds<string>>> = {
  VISA: [
    ["1A", 3],
    ["5C", 2],
    ["9G", 1],
  ],
  MASTERCARD: [
    ["79", 3],
    ["72", 1],
  ],
  JCB: [["05", 1]],
  AMEX: [["05", 1]],
};

export const approvedCvnOdds: Odds<string | null> = [
  ["M", 9150],
  ["P", 290],
  ["U", 210],
  [null, 180],
  ["N", 110],
  ["X", 40],
  ["S", 20],
];

export const declinedCvnOdds: Odds<string | null> = [
  ["M", 640],
  ["N", 170],
  ["P", 90],
  ["U", 50],
  [null, 40],
  ["D", 10],
];

/** Address checks are mainly an American and British matter: most cards here answer that they cannot tell. */
export const avsOdds: Odds<string | null> = [
  ["M", 430],
  ["U", 170],
  ["G", 130],
  [null, 90],
  ["S", 50],
  ["I", 40],
  ["N", 32],
  ["Z", 24],
  ["A", 14],
  ["Y", 12],
  ["R", 6],
  ["1", 2],
];

export const refundReasonOdds: Odds<string> = [
  ["REQUESTED_BY_CUSTOMER", 70],
  ["CANCELLATION", 16],
  ["DUPLICATE", 8],
  ["OTHERS", 4],
  ["FRAUDULENT", 2],
];
