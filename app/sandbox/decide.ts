import {
  authenticationFailureCode,
  eciFor,
  isAuthenticated,
  networkAnswer,
  type ThreeDsFlow,
  type ThreeDsOutcome,
} from "../xendit/bodies/card-results.ts";
import type { AuthenticationResult, AuthorizationResult } from "../xendit/bodies/payment-bodies.ts";
import { authenticationValue, reconciliationId, retrievalReferenceNumber } from "../xendit/bodies/reference-numbers.ts";
import { magicResult } from "./amounts.ts";
import type { Levers } from "./levers.ts";
import type { SandboxCard } from "./saved-cards.ts";

/** One try at the card step, as it is stored while it runs. Holds no card number and no CVN. */
export interface TryPlan {
  readonly card: SandboxCard;
  readonly flow: ThreeDsFlow;
  readonly levers: Levers;
  /** Whether a CVN was typed; what it was is gone. */
  readonly cvnGiven: boolean;
  readonly paymentId: string;
  /** The token this try pays with. */
  readonly paidWith: string | null;
  /** The token this try saves, if it goes well. */
  readonly saves: string | null;
  readonly outcome: ThreeDsOutcome | null;
  /** When the outcome was known: the payment's `updated`. */
  readonly decidedAt: number | null;
}

export interface Verdict {
  readonly authorization: AuthorizationResult | null;
  readonly authentication: AuthenticationResult | null;
  /** Only when a lever made it another than the card's. */
  readonly network: string | null;
  /** `null` when the payment goes through. */
  readonly failureCode: string | null;
}

export interface Chance {
  /** [0, 1). */
  random(): number;
  uuid(): string;
}

/** The network this try runs over. */
export function effectiveNetwork(plan: Pick<TryPlan, "card" | "levers">): string {
  return plan.levers.network ?? plan.card.network;
}

/** What issuer and network answer. A failed 3-D Secure never reaches the issuer, so it has no authorization. */
export function decide(
  plan: TryPlan,
  amount: { readonly digits: string; readonly currency: string },
  authorizedAt: number,
  chance: Chance,
): Verdict {
  const network = effectiveNetwork(plan) === plan.card.network ? null : effectiveNetwork(plan);
  const outcome = plan.outcome ?? "UNAUTHENTICATED";
  const authentication = plan.flow === "NONE" ? null : authenticate(plan, plan.flow, outcome, chance);
  if (authentication && !isAuthenticated(outcome)) {
    return { authorization: null, authentication, network, failureCode: authenticationFailureCode(outcome) };
  }
  const { authorization, failureCode } = authorize(plan, amount, authorizedAt, chance);
  return { authorization, authentication, network, failureCode };
}

function authenticate(
  plan: TryPlan,
  flow: "CHALLENGE" | "FRICTIONLESS",
  outcome: ThreeDsOutcome,
  chance: Chance,
): AuthenticationResult {
  const { eci = eciFor(effectiveNetwork(plan), outcome) } = plan.levers;
  return {
    flow,
    eci,
    messageVersion: "2.1.0",
    authenticationValue: isAuthenticated(outcome) ? authenticationValue(chance.random) : null,
    directoryServerTransactionId: chance.uuid(),
  };
}

function authorize(
  plan: TryPlan,
  amount: { readonly digits: string; readonly currency: string },
  authorizedAt: number,
  chance: Chance,
): { authorization: AuthorizationResult; failureCode: string | null } {
  const { levers } = plan;
  const magic = levers.response === undefined ? magicResult(amount.digits, amount.currency) : null;
  const answer = networkAnswer(levers.response ?? magic?.response ?? "00");
  const failureCode = magic?.failureCode ?? answer.failureCode;
  const cvnByDefault = failureCode === "INVALID_CVV" ? "N" : "M";
  const authorization: AuthorizationResult = {
    reconciliationId: reconciliationId(authorizedAt, chance.random),
    // The constants of Xendit's own test mode.
    authorizationCode: failureCode ? null : "831000",
    acquirerMerchantId: "xendit_ctv_agg",
    networkResponseCode: answer.code,
    networkResponseDescriptor: answer.descriptor,
    networkTransactionId: "016153570198200",
    cvn: levers.cvn === undefined ? (plan.cvnGiven ? cvnByDefault : null) : levers.cvn,
    avs: levers.avs === undefined ? "M" : levers.avs,
    retrievalReferenceNumber: retrievalReferenceNumber(authorizedAt, chance.random),
  };
  return { authorization, failureCode };
}
