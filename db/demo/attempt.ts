import {
  makePaymentRequest,
  makePaymentRequestExpiry,
  type PaymentRequestFacts,
} from "../../app/xendit/bodies/card-bodies.ts";
import {
  authenticationFailureCode,
  eciFor,
  isAuthenticated,
  networkAnswer,
  type ThreeDsFlow,
  type ThreeDsOutcome,
} from "../../app/xendit/bodies/card-results.ts";
import type {
  AuthenticationResult,
  AuthorizationResult,
  PaymentFacts,
} from "../../app/xendit/bodies/payment-bodies.ts";
import {
  authenticationValue,
  reconciliationId,
  retrievalReferenceNumber,
} from "../../app/xendit/bodies/reference-numbers.ts";
import { MINUTE, SECOND } from "./calendar.ts";
import { answer, deliver, handedBack, type Moment } from "./moment.ts";
import {
  approvedCvnOdds,
  avsOdds,
  challengeOdds,
  declinedCvnOdds,
  flowOdds,
  frictionlessOdds,
  type NetworkName,
  responseOdds,
  schemeResponseOdds,
} from "./odds.ts";
import type { Random } from "./random.ts";
import type { SavedCard } from "./shop.ts";

export const DEMO_RETURN_URLS = {
  success: "https://shop.example.com/paid",
  failure: "https://shop.example.com/not-paid",
};

/** What one try at a session's card step is about. */
export interface Attempt {
  readonly saved: SavedCard;
  readonly paymentSessionId: string;
  readonly sessionReference: string;
  readonly amount: string;
  readonly captureMethod: "AUTOMATIC" | "MANUAL";
  /** When the CVN was typed. */
  readonly at: number;
}

export type AttemptEnd = "approved" | "declined" | "authentication_failed" | "abandoned";

export interface Tried {
  readonly end: AttemptEnd;
  readonly facts: PaymentFacts;
  /** When the result was known. */
  readonly endedAt: number;
}

/** How a try went: 3-D Secure first, then the issuer, each with the results, numbers and times real bodies have. */
export function tryPayment(random: Random, attempt: Attempt): Tried {
  const { saved } = attempt;
  const flow = random.weighted(flowOdds);
  const outcome = outcomeOf(random, flow);
  const challenged = flow === "CHALLENGE";
  const updatedAt = attempt.at + (challenged ? random.int(8, 75) * SECOND + random.int(0, 999) : random.int(9, 40));
  const endedAt = updatedAt + random.int(1_800, 6_200);
  const base: PaymentFacts = {
    businessId: saved.businessId,
    paymentId: `py-${random.uuid()}`,
    paymentRequestId: `pr-${random.uuid()}`,
    customerId: saved.customerId,
    referenceId: `${attempt.sessionReference}_${random.hex(8)}-${random.hex(1)}`,
    country: saved.market.country,
    currency: saved.market.currency,
    amount: attempt.amount,
    captureMethod: attempt.captureMethod,
    createdAt: attempt.at,
    updatedAt,
    authorization: null,
    authentication: null,
    returnUrls: DEMO_RETURN_URLS,
  };
  if (challenged && random.chance(0.018)) return { end: "abandoned", facts: base, endedAt: attempt.at + 10 * MINUTE };
  const authentication = authenticationOf(random, saved.network, flow, outcome);
  if (outcome && !isAuthenticated(outcome)) {
    const facts = { ...base, authentication, failureCode: authenticationFailureCode(outcome) };
    return { end: "authentication_failed", facts, endedAt };
  }
  const authorization = authorizationOf(random, saved.network, endedAt);
  const { approved, failureCode } = networkAnswer(authorization.networkResponseCode);
  const facts = { ...base, authentication, authorization, failureCode };
  return { end: approved ? "approved" : "declined", facts, endedAt };
}

/** A shopper who left at the challenge: the request is seen waiting, and lapses without a payment. */
export function abandonedMoments(random: Random, attempt: Attempt, tried: Tried): readonly Moment[] {
  const { createdAt } = tried.facts;
  const actionUrl = `https://redirect.example.com/authentications/${random.hex(24)}/render`;
  const waiting = { ...requestOf(attempt, tried), status: "REQUIRES_ACTION", actionUrl, updatedAt: createdAt };
  const expired = makePaymentRequestExpiry({ ...waiting, updatedAt: tried.endedAt });
  return [
    answer("payment_request", makePaymentRequest(waiting), createdAt + random.int(700, 2_000)),
    ...deliver(random, expired, tried.endedAt),
  ];
}

/** A failure names neither card nor session. What the merchant's page handed back and the API was asked sometimes does. */
export function failureContext(random: Random, attempt: Attempt, tried: Tried): readonly Moment[] {
  const { paymentRequestId, createdAt, updatedAt, failureCode } = tried.facts;
  const failed = { ...requestOf(attempt, tried), status: "FAILED", failureCode, updatedAt };
  const asked = answer("payment_request", makePaymentRequest(failed), tried.endedAt + random.int(4, 60) * SECOND);
  const claimed = handedBack(attempt.paymentSessionId, paymentRequestId, createdAt + random.int(600, 1_500));
  return [...(random.chance(0.7) ? [asked] : []), ...(random.chance(0.3) ? [claimed] : [])];
}

function requestOf({ saved }: Attempt, { facts }: Tried): PaymentRequestFacts {
  return {
    ...facts,
    latestPaymentId: null,
    paymentTokenId: saved.paymentTokenId,
    status: "PENDING",
    card: saved.card,
    successReturnUrl: DEMO_RETURN_URLS.success,
    failureReturnUrl: DEMO_RETURN_URLS.failure,
  };
}

function outcomeOf(random: Random, flow: ThreeDsFlow): ThreeDsOutcome | null {
  if (flow === "NONE") return null;
  return random.weighted(flow === "CHALLENGE" ? challengeOdds : frictionlessOdds);
}

function authenticationOf(
  random: Random,
  network: NetworkName,
  flow: ThreeDsFlow,
  outcome: ThreeDsOutcome | null,
): AuthenticationResult | null {
  if (flow === "NONE" || !outcome) return null;
  const proven = isAuthenticated(outcome);
  // Now and then an acquirer passes Visa's value on for a Mastercard: the anomaly people look for.
  const eci = network === "MASTERCARD" && proven && random.chance(0.006) ? "05" : eciFor(network, outcome);
  return {
    flow,
    eci,
    messageVersion: random.chance(0.8) ? "2.2.0" : "2.1.0",
    authenticationValue: proven ? authenticationValue(random.next) : null,
    directoryServerTransactionId: random.uuid(),
  };
}

function authorizationOf(random: Random, network: NetworkName, at: number): AuthorizationResult {
  const usual = random.weighted(responseOdds);
  const code = usual === "05" && random.chance(0.15) ? random.weighted(schemeResponseOdds[network]) : usual;
  const { approved, descriptor, failureCode } = networkAnswer(code);
  const cvnRefused = failureCode === "INVALID_CVV";
  return {
    reconciliationId: reconciliationId(at, random.next),
    authorizationCode: approved ? random.digits(6) : null,
    acquirerMerchantId: "xendit_ctv_agg",
    networkResponseCode: code,
    networkResponseDescriptor: descriptor,
    networkTransactionId: network === "VISA" ? random.digits(15) : null,
    cvn: cvnRefused ? "N" : random.weighted(approved ? approvedCvnOdds : declinedCvnOdds),
    avs: random.weighted(avsOdds),
    retrievalReferenceNumber: retrievalReferenceNumber(at, random.next),
  };
}
