import { type Amount, amountOf, sum } from "./amounts.ts";
import { readNetwork } from "./fold-network.ts";
import { groupBy } from "./group.ts";
import type { Observation } from "./observation.ts";
import { byPrecedence, earliest, latest } from "./order.ts";
import type { CaptureRow, PaymentRow, Verification } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { paymentStatus } from "./statuses.ts";
import { firstTold, pick } from "./values.ts";

/** What else is known about the card a payment was made with, in this order: its request, its token, its disputes. */
export interface CardContext {
  readonly request: readonly Observation[];
  readonly tokens: readonly Observation[];
  readonly disputes: readonly Observation[];
}

export interface FoldedPayment {
  readonly row: PaymentRow;
  readonly captures: readonly CaptureRow[];
  readonly observations: readonly Observation[];
}

/** A capture id is counted once, for the payment that names it first. */
export function captureOwners(payments: readonly Observation[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const observation of [...payments].sort(byPrecedence)) {
    const { ids, captures } = factsOf(observation);
    for (const { captureId } of captures) {
      if (ids.payment && !owners.has(captureId)) owners.set(captureId, ids.payment);
    }
  }
  return owners;
}

/** One payment of everything that names it; `observations` in order of precedence. */
export function foldPayment(
  paymentId: string,
  paymentRequestId: string,
  observations: readonly Observation[],
  owners: ReadonlyMap<string, string>,
  context: CardContext,
): FoldedPayment | null {
  const [first] = observations;
  const status = paymentStatus(observations);
  if (!first || status === null) return null;
  const currency = pick(observations, "currency");
  const businessId = pick(observations, "businessId");
  const identity = { environment: first.environment, paymentId, paymentRequestId, businessId, currency };
  const amount = amountOf(pick(observations, "amount"), currency);
  const captureMethod = pick(observations, "captureMethod");
  const captures = foldCaptures(observations, owners, identity);
  const row: PaymentRow = {
    ...identity,
    ...amount,
    ...capturedOf(captures, status, captureMethod, amount),
    referenceId: pick(observations, "referenceId"),
    status,
    captureMethod,
    eci: pick(observations, "eci"),
    cvn: pick(observations, "cvn"),
    avs: pick(observations, "avs"),
    response: pick(observations, "response"),
    failureCode: pick(observations, "failureCode"),
    createdAt: earliest(observations.map((observation) => factsOf(observation).createdAt)),
    updatedAt: latest(observations.map((observation) => observation.time)),
    capturedAt: earliest(captures.map((capture) => capture.capturedAt)),
    verification: verificationOf(observations, context),
  };
  return { row, captures, observations };
}

/** RULES 5, "Captures": itemised money, else what the status and the method promise. */
export function capturedOf(
  captures: readonly Pick<CaptureRow, "amountMinor">[],
  status: string,
  captureMethod: string | null,
  requested: Amount,
): { readonly capturedMinor: number | null; readonly capturedItemised: boolean } {
  if (captures.length > 0) {
    return { capturedMinor: sum(captures.map((capture) => capture.amountMinor)), capturedItemised: true };
  }
  if (status !== "SUCCEEDED") return { capturedMinor: 0, capturedItemised: true };
  if (captureMethod === "MANUAL") return { capturedMinor: null, capturedItemised: true };
  return { capturedMinor: requested.amountMinor, capturedItemised: false };
}

function foldCaptures(
  observations: readonly Observation[],
  owners: ReadonlyMap<string, string>,
  identity: Omit<CaptureRow, "captureId" | "amountRaw" | "amountMinor" | "capturedAt">,
): readonly CaptureRow[] {
  const told = observations.flatMap((observation) => factsOf(observation).captures);
  const own = told.filter((capture) => owners.get(capture.captureId) === identity.paymentId);
  return groupBy(own, (capture) => capture.captureId).map(([captureId, words]) => {
    const raw = firstTold(words.map((capture) => capture.amount));
    const capturedAt = words.find((capture) => capture.capturedAt !== null)?.capturedAt ?? null;
    return { ...identity, captureId, ...amountOf(raw, identity.currency), capturedAt };
  });
}

function verificationOf(observations: readonly Observation[], context: CardContext): Verification {
  const own = (name: Parameters<typeof pick>[1]) => pick(observations, name);
  const withCard = [...observations, ...context.request, ...context.tokens];
  const card = (name: Parameters<typeof pick>[1]) => pick(withCard, name);
  return {
    authorizationCode: own("authorizationCode"),
    retrievalReferenceNumber: own("retrievalReferenceNumber"),
    reconciliationId: own("reconciliationId"),
    networkTransactionId: own("networkTransactionId"),
    transactionLinkId: own("transactionLinkId"),
    acquirerMerchantId: own("acquirerMerchantId"),
    responseDescriptor: own("responseDescriptor"),
    merchantAdviceCode: own("merchantAdviceCode"),
    merchantAdviceDescriptor: own("merchantAdviceDescriptor"),
    threeDsFlow: own("threeDsFlow"),
    threeDsVersion: own("threeDsVersion"),
    threeDsStatus: own("threeDsStatus"),
    threeDsStatusReason: own("threeDsStatusReason"),
    challengeCancelCode: own("challengeCancelCode"),
    dsTransactionId: own("dsTransactionId"),
    hasAuthenticationValue: own("authenticationValue") !== null,
    ...readNetwork(observations, context),
    maskedCardNumber: card("maskedCardNumber"),
    cardIssuer: card("cardIssuer"),
    cardType: card("cardType"),
    cardCountry: card("cardCountry"),
    cardExpiry: card("cardExpiry"),
    cardholderEmail: card("cardholderEmail"),
  };
}
