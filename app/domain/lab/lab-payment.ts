import { makePaymentRequest } from "../../xendit/bodies/card-bodies.ts";
import type { JsonObject } from "../../xendit/bodies/json.ts";
import {
  type Envelope,
  makePaymentAuthorization,
  makePaymentCapture,
  makePaymentFailure,
  type PaymentFacts,
  paymentData,
} from "../../xendit/bodies/payment-bodies.ts";
import {
  authenticationValue,
  reconciliationId,
  retrievalReferenceNumber,
} from "../../xendit/bodies/reference-numbers.ts";
import { makeSessionCompleted } from "../../xendit/bodies/session-bodies.ts";
import { type LabChance, seedTime } from "./lab-seed.ts";

/** A one-click payment that never was, with every body Xendit would tell about it. */
export interface LabPayment {
  readonly paymentRequestId: string;
  readonly paymentSessionId: string;
  /** Decimal digits in major units. */
  readonly amount: string;
  /** When the last of it happened, in UTC milliseconds. */
  readonly at: number;
  readonly captured: Envelope;
  readonly authorized: Envelope;
  readonly failed: Envelope;
  readonly sessionCompleted: Envelope;
  /** The same capture with another amount, or amounts as text. */
  capturedAs(change: { amount?: string; stringAmounts?: boolean }): Envelope;
  /** What the API answers about it: the request and its payment. */
  readonly api: { readonly request: JsonObject; readonly payment: JsonObject };
}

export interface LabPaymentOptions {
  readonly seed: number;
  readonly chance: LabChance;
  /** Tells the payments of a scenario apart. */
  readonly name: string;
  /** How long before the seed's moment it happened, in milliseconds. */
  readonly ago?: number;
}

/** Nobody's business: events of the lab can be told from a merchant's own by it. */
export const LAB_BUSINESS_ID = "6fa0170000000000000001ab";

const RETURN_URLS = { success: "https://shop.example/paid", failure: "https://shop.example/not-paid" };

export function labPayment(options: LabPaymentOptions): LabPayment {
  const facts = paymentFacts(options);
  const { chance, name } = options;
  const paymentSessionId = `ps-${chance.hex(`${name}/session`, 24)}`;
  const at = seedTime(options.seed) - (options.ago ?? 0);
  return {
    paymentRequestId: facts.paymentRequestId,
    paymentSessionId,
    amount: facts.amount,
    at,
    captured: makePaymentCapture(facts),
    authorized: makePaymentAuthorization({ ...facts, updatedAt: facts.createdAt + 4_000 }),
    failed: makePaymentFailure({ ...facts, ...declined(facts) }),
    sessionCompleted: sessionCompleted(facts, paymentSessionId),
    capturedAs: ({ amount = facts.amount, stringAmounts }) =>
      makePaymentCapture({ ...facts, amount, stringAmounts, captures: captures(facts, amount) }),
    api: apiAnswers(facts),
  };
}

function paymentFacts({ seed, chance, name, ago = 0 }: LabPaymentOptions): PaymentFacts {
  const at = seedTime(seed) - ago;
  const amount = String(chance.int(`${name}/amount`, 25, 900) * 1_000);
  const facts = {
    businessId: LAB_BUSINESS_ID,
    paymentId: `py-${chance.uuid(`${name}/payment`)}`,
    paymentRequestId: `pr-${chance.uuid(`${name}/request`)}`,
    customerId: `cust-${chance.uuid("customer")}`,
    referenceId: `lab-${chance.hex(`${name}/reference`, 10)}`,
    country: "ID",
    currency: "IDR",
    amount,
    captureMethod: "AUTOMATIC",
    createdAt: at - 38_000,
    updatedAt: at - 5_000,
    authorization: authorization(chance, name, at - 4_000),
    authentication: {
      flow: "CHALLENGE",
      eci: "05",
      messageVersion: "2.1.0",
      authenticationValue: authenticationValue(chance.random(`${name}/cavv`)),
      directoryServerTransactionId: chance.uuid(`${name}/directory`),
    },
    description: "Paydesk fault lab: not a real payment",
    returnUrls: RETURN_URLS,
  } as const;
  return { ...facts, captures: captures({ ...facts, capturedAt: at - 2_000 }, amount) };
}

function captures(
  facts: { readonly paymentId: string; readonly capturedAt: number } | PaymentFacts,
  amount: string,
): NonNullable<PaymentFacts["captures"]> {
  const capturedAt = "capturedAt" in facts ? facts.capturedAt : (facts.captures?.[0]?.capturedAt ?? facts.updatedAt);
  return [{ captureId: facts.paymentId.replace(/^py-/, "cptr-"), amount, capturedAt }];
}

function authorization(chance: LabChance, name: string, at: number): PaymentFacts["authorization"] {
  return {
    reconciliationId: reconciliationId(at, chance.random(`${name}/reconciliation`)),
    authorizationCode: "831000",
    acquirerMerchantId: "xendit_ctv_agg",
    networkResponseCode: "00",
    networkResponseDescriptor: "Approved and completed sucessfully",
    networkTransactionId: "016153570198200",
    cvn: "M",
    avs: "M",
    retrievalReferenceNumber: retrievalReferenceNumber(at, chance.random(`${name}/reference number`)),
  };
}

function declined(facts: PaymentFacts): Partial<PaymentFacts> {
  const { authorization: approved } = facts;
  return {
    failureCode: "INSUFFICIENT_BALANCE",
    captures: [],
    authorization: approved && {
      ...approved,
      authorizationCode: null,
      networkResponseCode: "51",
      networkResponseDescriptor: "Insufficient funds",
    },
  };
}

function sessionCompleted(facts: PaymentFacts, paymentSessionId: string): Envelope {
  return makeSessionCompleted({
    businessId: facts.businessId,
    paymentSessionId,
    createdAt: facts.createdAt - 20_000,
    updatedAt: facts.updatedAt + 3_000,
    expiresAt: facts.createdAt + 1_780_000,
    status: "COMPLETED",
    referenceId: facts.referenceId,
    sessionType: "PAY",
    currency: facts.currency,
    amount: facts.amount,
    country: facts.country,
    customerId: facts.customerId ?? "",
    locale: "en",
    cardPaymentTokenId: null,
    successReturnUrl: RETURN_URLS.success,
    failureReturnUrl: RETURN_URLS.failure,
    paymentRequestId: facts.paymentRequestId,
    paymentId: facts.paymentId,
  });
}

function apiAnswers(facts: PaymentFacts): LabPayment["api"] {
  const request = makePaymentRequest({
    ...facts,
    latestPaymentId: facts.paymentId,
    status: "SUCCEEDED",
    successReturnUrl: RETURN_URLS.success,
    failureReturnUrl: RETURN_URLS.failure,
    card: {
      maskedCardNumber: "400000XXXXXX1091",
      expiryMonth: "12",
      expiryYear: "2035",
      fingerprint: "61a443574a7d750000001091",
      type: "CREDIT",
      network: "VISA",
      country: "ID",
      issuer: "PT BANK RAKYAT INDONESIA TBK",
    },
  });
  return { request, payment: paymentData(facts, "SUCCEEDED") };
}
