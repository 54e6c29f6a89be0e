import type { Json } from "./bodies/json.ts";

/**
 * What one body says, read once: the part of an observation that only app/xendit looks into. Names are ours, values as
 * received; amounts are plain decimals, so that `10000`, `"10000"` and `1e4` are one amount.
 */
export interface Facts {
  readonly values: Values;
  readonly ids: Ids;
  /** Whether the body says that this is a card: its channel, or none given. */
  readonly card: "yes" | "no" | "unknown";
  readonly status: string | null;
  /** What the event's name says the status is, `null` when it says nothing. */
  readonly impliedStatus: string | null;
  readonly captures: readonly CaptureFact[];
  readonly createdAt: number | null;
  readonly expiresAt: number | null;
  readonly dueAt: number | null;
  readonly hasAuthorization: boolean;
  readonly hasAuthentication: boolean;
  /** Normalised body without what changes between deliveries; `null` when it could not be read. */
  readonly content: Json;
}

export const VALUE_NAMES = [
  "businessId",
  "referenceId",
  "currency",
  "amount",
  "captureMethod",
  "country",
  "channelCode",
  "mode",
  "sessionType",
  "type",
  "reason",
  "statusReason",
  "eci",
  "cvn",
  "avs",
  "response",
  "failureCode",
  "authorizationCode",
  "retrievalReferenceNumber",
  "reconciliationId",
  "networkTransactionId",
  "transactionLinkId",
  "acquirerMerchantId",
  "responseDescriptor",
  "merchantAdviceCode",
  "merchantAdviceDescriptor",
  "threeDsFlow",
  "threeDsVersion",
  "threeDsStatus",
  "threeDsStatusReason",
  "challengeCancelCode",
  "dsTransactionId",
  "authenticationValue",
  "paymentNetwork",
  "cardNetwork",
  "disputeNetwork",
  "maskedCardNumber",
  "cardIssuer",
  "cardType",
  "cardCountry",
  "cardExpiry",
  "cardholderEmail",
] as const;
export type ValueName = (typeof VALUE_NAMES)[number];
export type Values = Readonly<Partial<Record<ValueName, string>>>;

export interface Ids {
  readonly paymentRequest: string | null;
  readonly payment: string | null;
  /** Of a payment request's answer: the payment it speaks of. */
  readonly latestPayment: string | null;
  readonly session: string | null;
  readonly token: string | null;
  readonly customer: string | null;
  readonly refund: string | null;
  readonly dispute: string | null;
  readonly report: string | null;
  /** A flat `id` of whatever shape. */
  readonly flat: string | null;
}

export interface CaptureFact {
  readonly captureId: string;
  readonly amount: string | null;
  readonly capturedAt: number | null;
}
