import { isoTime, type Json, type JsonObject, jsonNumber } from "./json.ts";
import {
  type AuthenticationResult,
  type AuthorizationResult,
  type Envelope,
  type PaymentFacts,
  type PaymentStatus,
  paymentData,
  paymentDetails,
} from "./payment-bodies.ts";

/** A card as bodies show it: masked, never the number. */
export interface MaskedCard {
  /** `400000XXXXXX1091`. */
  readonly maskedCardNumber: string;
  readonly expiryMonth: string;
  readonly expiryYear: string;
  readonly fingerprint: string;
  readonly type: "CREDIT" | "DEBIT";
  readonly network: string;
  readonly country: string;
  readonly issuer: string;
  readonly cardholderFirstName?: string | null;
  readonly cardholderLastName?: string | null;
  readonly cardholderEmail?: string | null;
  readonly cardholderPhoneNumber?: string | null;
}

export function cardDetails(card: MaskedCard): JsonObject {
  return {
    masked_card_number: card.maskedCardNumber,
    expiry_month: card.expiryMonth,
    expiry_year: card.expiryYear,
    fingerprint: card.fingerprint,
    type: card.type,
    network: card.network,
    country: card.country,
    issuer: card.issuer,
    cardholder_first_name: card.cardholderFirstName ?? undefined,
    cardholder_last_name: card.cardholderLastName ?? undefined,
    cardholder_email: card.cardholderEmail ?? undefined,
    cardholder_phone_number: card.cardholderPhoneNumber ?? undefined,
  };
}

export interface CardChannelFacts {
  readonly card: MaskedCard;
  readonly successReturnUrl: string;
  readonly failureReturnUrl: string;
  readonly skipThreeDs?: boolean;
  readonly statementDescriptor?: string | null;
  readonly midLabel?: string | null;
  readonly billingInformation?: Json;
}

const NO_BILLING = {
  country: "",
  street_line1: null,
  street_line2: null,
  city: null,
  province_state: null,
  postal_code: null,
} satisfies JsonObject;

export function cardChannelProperties(facts: CardChannelFacts): JsonObject {
  return {
    mid_label: facts.midLabel ?? undefined,
    success_return_url: facts.successReturnUrl,
    failure_return_url: facts.failureReturnUrl,
    skip_three_ds: facts.skipThreeDs ?? false,
    statement_descriptor: facts.statementDescriptor ?? undefined,
    card_details: cardDetails(facts.card),
    billing_information: facts.billingInformation ?? NO_BILLING,
  };
}

export interface PaymentRequestFacts extends CardChannelFacts {
  readonly businessId: string;
  readonly paymentRequestId: string;
  readonly latestPaymentId?: string | null;
  readonly paymentTokenId?: string | null;
  readonly customerId: string | null;
  readonly referenceId: string;
  readonly type?: "PAY" | "PAY_AND_SAVE";
  readonly country: string;
  readonly currency: string;
  readonly amount: string;
  readonly captureMethod: "AUTOMATIC" | "MANUAL";
  readonly status: string;
  readonly failureCode?: string | null;
  /** The 3-D Secure page, while the shopper is waited for. */
  readonly actionUrl?: string | null;
  readonly description?: string | null;
  readonly metadata?: Json;
  readonly items?: Json;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stringAmounts?: boolean;
}

export function makePaymentRequest(facts: PaymentRequestFacts): JsonObject {
  return {
    payment_request_id: facts.paymentRequestId,
    country: facts.country,
    currency: facts.currency,
    business_id: facts.businessId,
    customer_id: facts.customerId ?? undefined,
    reference_id: facts.referenceId,
    payment_token_id: facts.paymentTokenId ?? undefined,
    description: facts.description ?? undefined,
    metadata: facts.metadata ?? undefined,
    items: facts.items ?? undefined,
    created: isoTime(facts.createdAt),
    updated: isoTime(facts.updatedAt),
    status: facts.status,
    failure_code: facts.failureCode ?? undefined,
    capture_method: facts.captureMethod,
    latest_payment_id: facts.latestPaymentId ?? undefined,
    channel_code: "CARDS",
    request_amount: facts.stringAmounts ? facts.amount : jsonNumber(facts.amount),
    channel_properties: cardChannelProperties(facts),
    type: facts.type ?? "PAY",
    actions: redirectActions(facts.actionUrl ?? null),
  };
}

/** `data` of payment_request.expiry is the request itself. */
export function makePaymentRequestExpiry(facts: PaymentRequestFacts): Envelope {
  const data = makePaymentRequest({ ...facts, status: "EXPIRED", actionUrl: null });
  return { event: "payment_request.expiry", businessId: facts.businessId, data };
}

/** GET /v3/payments/{id}: what the webhook says, with the token and the card. */
export function makePaymentAnswer(
  facts: PaymentFacts,
  status: PaymentStatus,
  card: CardChannelFacts & { readonly paymentTokenId: string | null },
): JsonObject {
  return {
    ...paymentData(facts, status),
    payment_token_id: card.paymentTokenId ?? undefined,
    channel_properties: cardChannelProperties(card),
  };
}

export interface TokenFacts extends CardChannelFacts {
  readonly businessId: string;
  readonly paymentTokenId: string;
  readonly referenceId: string;
  readonly customerId: string | null;
  readonly country: string;
  readonly currency: string;
  readonly status: "REQUIRES_ACTION" | "PENDING" | "ACTIVE" | "FAILED" | "EXPIRED" | "CANCELED";
  readonly failureCode?: string | null;
  readonly actionUrl?: string | null;
  readonly authorization: AuthorizationResult | null;
  readonly authentication: AuthenticationResult | null;
  readonly description?: string | null;
  readonly metadata?: Json;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A token carries no amount. Its authorization is a check of the card, told by three fields. */
export function makeToken(facts: TokenFacts): JsonObject {
  const { mid_label, success_return_url, failure_return_url, skip_three_ds, card_details } =
    cardChannelProperties(facts);
  return {
    payment_token_id: facts.paymentTokenId,
    business_id: facts.businessId,
    reference_id: facts.referenceId,
    customer_id: facts.customerId ?? undefined,
    country: facts.country,
    currency: facts.currency,
    channel_code: "CARDS",
    channel_properties: { mid_label, card_details, skip_three_ds, failure_return_url, success_return_url },
    actions: facts.actionUrl ? redirectActions(facts.actionUrl) : undefined,
    status: facts.status,
    failure_code: facts.failureCode ?? undefined,
    token_details: tokenDetails(facts),
    description: facts.description ?? undefined,
    metadata: facts.metadata ?? undefined,
    created: isoTime(facts.createdAt),
    updated: isoTime(facts.updatedAt),
  };
}

export function makeTokenActivation(facts: TokenFacts): Envelope {
  const data = makeToken({ ...facts, status: "ACTIVE", actionUrl: null });
  return { event: "payment_token.activation", businessId: facts.businessId, data };
}

export function makeTokenFailure(facts: TokenFacts): Envelope {
  const data = makeToken({ ...facts, status: "FAILED", actionUrl: null });
  return { event: "payment_token.failure", businessId: facts.businessId, data };
}

export function tokenDetails(facts: Pick<TokenFacts, "authorization" | "authentication">): JsonObject | undefined {
  const details = paymentDetails(facts);
  if (!details) return undefined;
  const { authorization } = facts;
  return {
    authentication_data: details.authentication_data,
    authorization_data: authorization
      ? {
          authorization_code: authorization.authorizationCode ?? undefined,
          cvn_verification_result: authorization.cvn ?? undefined,
          address_verification_result: authorization.avs ?? undefined,
        }
      : undefined,
  };
}

function redirectActions(url: string | null): readonly JsonObject[] {
  return url ? [{ type: "REDIRECT_CUSTOMER", descriptor: "WEB_URL", value: url }] : [];
}
