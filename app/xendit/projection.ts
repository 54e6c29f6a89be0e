import type { Environment } from "../lib/environment.ts";

/**
 * What the fold makes of a set of observations: rows that are a pure function of the set (RULES 1). No ids of ours, no
 * arrival times, no "now". Instants are UTC milliseconds. Amounts stand twice: the digits as received (`…Raw`) and whole
 * minor units (`…Minor`), which are `null` when the digits do not fit the currency.
 */
export interface Projection {
  readonly sessions: readonly SessionRow[];
  readonly paymentRequests: readonly PaymentRequestRow[];
  readonly payments: readonly PaymentRow[];
  readonly captures: readonly CaptureRow[];
  readonly refunds: readonly RefundRow[];
  readonly disputes: readonly DisputeRow[];
  readonly identifiers: readonly IdentifierRow[];
}

/** What a session or payment request's link to the other rests on. A claim is the browser's word only (RULES 1). */
export type LinkStrength = "confirmed" | "claimed";

/** The results of a payment as Xendit sent them; `null` is "not there", which is not the same as an empty string. */
export interface ResultCodes {
  readonly eci: string | null;
  readonly cvn: string | null;
  readonly avs: string | null;
  /** network_response_code, or the declines page's card_network_response_code (FACTS 6.1). */
  readonly response: string | null;
  readonly failureCode: string | null;
}

export interface SessionRow extends Pick<ResultCodes, "eci" | "cvn" | "avs"> {
  readonly environment: Environment;
  readonly paymentSessionId: string;
  readonly businessId: string | null;
  readonly referenceId: string | null;
  /** As received, or ACTIVE when nothing says otherwise. */
  readonly status: string;
  readonly mode: string | null;
  readonly sessionType: string | null;
  readonly captureMethod: string | null;
  readonly currency: string | null;
  readonly amountRaw: string | null;
  readonly amountMinor: number | null;
  readonly country: string | null;
  readonly customerId: string | null;
  readonly paymentTokenId: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly expiresAt: number | null;
  /** createdAt, else the earliest business time known, else 0: what lists are ordered by. */
  readonly sortAt: number;
  /** The request whose results stand in the list: a paid one first, else the latest. */
  readonly paymentRequestId: string | null;
  readonly paymentRequestLink: LinkStrength | null;
  readonly paymentRequestCount: number;
  readonly missing: MissingWebhook | null;
  readonly flags: readonly Flag[];
}

export interface PaymentRequestRow extends ResultCodes {
  readonly environment: Environment;
  readonly paymentRequestId: string;
  readonly businessId: string | null;
  readonly referenceId: string | null;
  /** RULES 5; UNKNOWN when only a claim or a session names it. */
  readonly status: string;
  readonly currency: string | null;
  readonly amountRaw: string | null;
  readonly amountMinor: number | null;
  /** Sum of captures, each once. `null`: not known (captured by hand, nothing itemised). */
  readonly capturedMinor: number | null;
  /** False when `capturedMinor` is the request amount because no capture was itemised. */
  readonly capturedItemised: boolean;
  readonly refundedMinor: number;
  /** The decisive payment (RULES 5), whose codes stand here. */
  readonly paymentId: string | null;
  readonly paymentCount: number;
  readonly paymentSessionId: string | null;
  readonly sessionLink: LinkStrength | null;
  readonly customerId: string | null;
  readonly paymentTokenId: string | null;
  readonly captureMethod: string | null;
  readonly country: string | null;
  readonly channelCode: string | null;
  readonly network: string | null;
  readonly networkFrom: NetworkSource | null;
  readonly threeDsFlow: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly capturedAt: number | null;
  readonly expiresAt: number | null;
  readonly sortAt: number;
  readonly missing: MissingWebhook | null;
  readonly anomaly: Anomaly | null;
  readonly flags: readonly Flag[];
  readonly disagreements: readonly Disagreement[];
}

export type NetworkSource = "payment_details" | "card_details" | "token" | "dispute";

export interface PaymentRow extends ResultCodes {
  readonly environment: Environment;
  readonly paymentId: string;
  readonly paymentRequestId: string;
  readonly businessId: string | null;
  readonly referenceId: string | null;
  readonly status: string;
  readonly currency: string | null;
  readonly amountRaw: string | null;
  readonly amountMinor: number | null;
  readonly capturedMinor: number | null;
  readonly capturedItemised: boolean;
  readonly captureMethod: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly capturedAt: number | null;
  readonly verification: Verification;
}

/** Everything payment_details tells, by its Xendit name in camelCase (FACTS 6.1). All as received. */
export interface Verification {
  readonly authorizationCode: string | null;
  readonly retrievalReferenceNumber: string | null;
  readonly reconciliationId: string | null;
  readonly networkTransactionId: string | null;
  readonly transactionLinkId: string | null;
  readonly acquirerMerchantId: string | null;
  readonly responseDescriptor: string | null;
  readonly merchantAdviceCode: string | null;
  readonly merchantAdviceDescriptor: string | null;
  readonly threeDsFlow: string | null;
  readonly threeDsVersion: string | null;
  readonly threeDsStatus: string | null;
  readonly threeDsStatusReason: string | null;
  readonly challengeCancelCode: string | null;
  readonly dsTransactionId: string | null;
  /** Whether a CAVV/AAV was there; the value itself is shown only from the raw body. */
  readonly hasAuthenticationValue: boolean;
  readonly network: string | null;
  readonly networkFrom: NetworkSource | null;
  readonly maskedCardNumber: string | null;
  readonly cardIssuer: string | null;
  readonly cardType: string | null;
  readonly cardCountry: string | null;
  readonly cardExpiry: string | null;
  readonly cardholderEmail: string | null;
}

export interface CaptureRow {
  readonly environment: Environment;
  readonly captureId: string;
  readonly paymentId: string;
  readonly paymentRequestId: string;
  readonly businessId: string | null;
  readonly currency: string | null;
  readonly amountRaw: string | null;
  readonly amountMinor: number | null;
  readonly capturedAt: number | null;
}

export interface RefundRow {
  readonly environment: Environment;
  readonly refundId: string;
  readonly paymentRequestId: string;
  readonly paymentId: string | null;
  readonly businessId: string | null;
  readonly status: string;
  readonly reason: string | null;
  readonly failureCode: string | null;
  readonly currency: string | null;
  readonly amountRaw: string | null;
  readonly amountMinor: number | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
}

export interface DisputeRow {
  readonly environment: Environment;
  readonly disputeId: string;
  readonly paymentRequestId: string;
  readonly paymentId: string | null;
  readonly businessId: string | null;
  readonly status: string;
  readonly statusReason: string | null;
  readonly currency: string | null;
  readonly amountRaw: string | null;
  readonly amountMinor: number | null;
  readonly dueAt: number | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
}

export const IDENTIFIER_KINDS = [
  "payment_request",
  "payment",
  "session",
  "capture",
  "refund",
  "dispute",
  "token",
  "customer",
  "reference",
  "rrn",
  "authorization_code",
  "reconciliation_id",
  "network_transaction_id",
  "ds_transaction_id",
  "card",
  "email",
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** A value a person may paste, lower-cased and trimmed, and what it leads to. */
export interface IdentifierRow {
  readonly environment: Environment;
  readonly value: string;
  readonly kind: IdentifierKind;
  /** A `pr-`, or the `ps-` of a session that has no payment request yet. */
  readonly target: string;
  readonly businessId: string | null;
}

/** What is remarkable about a payment, never a status (RULES 5, last paragraph). */
export const FLAGS = [
  "paid_after_expiry",
  "paid_expiry_also_reported",
  "late_success",
  "held_and_failed",
  "captured_in_part",
  "refunded_in_part",
  "refunded_in_full",
  "refunded_above_captured",
  "disputed",
  "paid_twice",
  "conflict",
  "sources_disagree",
  "masked",
  "claimed",
  "eci_does_not_fit_network",
  "cvn_n_yet_approved",
  "avs_n_yet_approved",
  "approved_without_3ds",
  "captured_not_requested",
  "event_and_status_disagree",
  "amount_does_not_fit_currency",
] as const;
export type Flag = (typeof FLAGS)[number];

/** What should have been told by a webhook and was not, by what is known otherwise (app/xendit/missing.ts). */
export const MISSING_WEBHOOKS = ["payment_webhook", "session_webhook", "outcome"] as const;
export type MissingWebhook = (typeof MISSING_WEBHOOKS)[number];

/** The gravest tone among a payment's flags, of those that call for a look; so that lists can ask for it by an index. */
export const ANOMALIES = ["bad", "look"] as const;
export type Anomaly = (typeof ANOMALIES)[number];

/** Two different non-null values for one field, with where each came from. `values` is sorted, so that rows compare. */
export interface Disagreement {
  readonly field: string;
  readonly paymentId: string | null;
  readonly values: readonly { readonly value: string; readonly source: ObservationSource }[];
}

export const OBSERVATION_SOURCES = ["webhook", "api", "claim"] as const;
/** `webhook` a captured event; `api` an answer of Xendit's API; `claim` the browser's hand-back at the CVN step. */
export type ObservationSource = (typeof OBSERVATION_SOURCES)[number];

export const EVENT_STATES = ["processed", "stored", "quarantined", "conflict"] as const;
export type EventState = (typeof EVENT_STATES)[number];
