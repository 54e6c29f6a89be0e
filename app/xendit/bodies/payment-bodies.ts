import { isoTime, type Json, type JsonObject, jsonNumber, jsonText } from "./json.ts";

/** The issuer's answer. Fields that are `null` are not sent. */
export interface AuthorizationResult {
  readonly reconciliationId: string;
  /** `null` on a decline. */
  readonly authorizationCode: string | null;
  readonly acquirerMerchantId: string;
  readonly networkResponseCode: string;
  readonly networkResponseDescriptor: string;
  readonly networkTransactionId: string | null;
  readonly cvn: string | null;
  readonly avs: string | null;
  readonly retrievalReferenceNumber: string;
}

export interface AuthenticationResult {
  readonly flow: "CHALLENGE" | "FRICTIONLESS";
  readonly eci: string | null;
  readonly messageVersion: string;
  readonly authenticationValue: string | null;
  readonly directoryServerTransactionId: string | null;
}

export interface CaptureResult {
  readonly captureId: string;
  readonly amount: string;
  readonly capturedAt: number;
}

/** Everything a payment body says, with ids, digits and times given: the same facts make the same bytes. */
export interface PaymentFacts {
  readonly businessId: string;
  readonly paymentId: string;
  readonly paymentRequestId: string;
  readonly customerId: string | null;
  readonly referenceId: string;
  readonly type?: "PAY" | "PAY_AND_SAVE";
  readonly country: string;
  readonly currency: string;
  /** Decimal digits in major units. */
  readonly amount: string;
  readonly captureMethod: "AUTOMATIC" | "MANUAL";
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly authorization: AuthorizationResult | null;
  readonly authentication: AuthenticationResult | null;
  /** Only when it is not the card's own: payment_details.network. */
  readonly network?: string | null;
  readonly captures?: readonly CaptureResult[];
  readonly failureCode?: string | null;
  readonly description?: string | null;
  readonly metadata?: Json;
  readonly returnUrls?: { readonly success: string; readonly failure: string } | null;
  /** Amounts as strings, as some of Xendit's own examples have them. */
  readonly stringAmounts?: boolean;
}

export type PaymentStatus = "SUCCEEDED" | "AUTHORIZED" | "FAILED" | "EXPIRED" | "CANCELED";

/** `data` of a payment webhook, its keys in the order captured ones have. */
export function paymentData(facts: PaymentFacts, status: PaymentStatus): JsonObject {
  const amount = (digits: string) => (facts.stringAmounts ? digits : jsonNumber(digits));
  const failed = status === "FAILED";
  return {
    type: facts.type ?? "PAY",
    status,
    country: facts.country,
    created: isoTime(facts.createdAt),
    updated: isoTime(facts.updatedAt),
    captures: facts.captures?.length
      ? facts.captures.map((capture) => ({
          capture_id: capture.captureId,
          capture_amount: amount(capture.amount),
          capture_timestamp: isoTime(capture.capturedAt),
        }))
      : undefined,
    currency: facts.currency,
    payment_id: facts.paymentId,
    business_id: facts.businessId,
    customer_id: facts.customerId ?? undefined,
    channel_code: "CARDS",
    description: facts.description ?? undefined,
    reference_id: facts.referenceId,
    failure_code: facts.failureCode ?? undefined,
    capture_method: facts.captureMethod,
    request_amount: amount(facts.amount),
    metadata: facts.metadata ?? undefined,
    payment_details: paymentDetails(facts),
    channel_properties:
      failed && facts.returnUrls
        ? { failure_return_url: facts.returnUrls.failure, success_return_url: facts.returnUrls.success }
        : undefined,
    payment_request_id: facts.paymentRequestId,
  };
}

export function paymentDetails(
  facts: Pick<PaymentFacts, "authorization" | "authentication" | "network">,
): JsonObject | undefined {
  const { authorization, authentication, network } = facts;
  if (!authorization && !authentication && !network) return undefined;
  return {
    network: network ?? undefined,
    authorization_data: authorization ? authorizationData(authorization) : undefined,
    authentication_data: authentication ? authenticationData(authentication) : undefined,
  };
}

function authorizationData(result: AuthorizationResult): JsonObject {
  return {
    reconciliation_id: result.reconciliationId,
    authorization_code: result.authorizationCode ?? undefined,
    acquirer_merchant_id: result.acquirerMerchantId,
    network_response_code: result.networkResponseCode,
    network_transaction_id: result.networkTransactionId ?? undefined,
    cvn_verification_result: result.cvn ?? undefined,
    retrieval_reference_number: result.retrievalReferenceNumber,
    address_verification_result: result.avs ?? undefined,
    network_response_code_descriptor: result.networkResponseDescriptor,
  };
}

function authenticationData(result: AuthenticationResult): JsonObject {
  return {
    flow: result.flow,
    a_res: {
      eci: result.eci ?? undefined,
      message_version: result.messageVersion,
      authentication_value: result.authenticationValue ?? undefined,
      directory_server_trans_id: result.directoryServerTransactionId ?? undefined,
    },
  };
}

/** An event as Xendit wraps it. Only `created`, the time of the delivery, changes between attempts. */
export interface Envelope {
  readonly event: string;
  readonly businessId: string;
  readonly data: JsonObject;
}

export function envelopeText(envelope: Envelope, deliveredAt: number): string {
  return jsonText({
    created: isoTime(deliveredAt),
    business_id: envelope.businessId,
    event: envelope.event,
    data: envelope.data,
    api_version: "v3",
  });
}

export function makePaymentCapture(facts: PaymentFacts): Envelope {
  return envelope("payment.capture", facts, paymentData(facts, "SUCCEEDED"));
}

export function makePaymentAuthorization(facts: PaymentFacts): Envelope {
  return envelope("payment.authorization", facts, paymentData({ ...facts, captures: [] }, "AUTHORIZED"));
}

export function makePaymentFailure(facts: PaymentFacts): Envelope {
  return envelope("payment.failure", facts, paymentData({ ...facts, captures: [] }, "FAILED"));
}

export function makePaymentExpiry(facts: PaymentFacts): Envelope {
  return envelope("payment.expiry", facts, paymentData({ ...facts, captures: [] }, "EXPIRED"));
}

function envelope(event: string, facts: PaymentFacts, data: JsonObject): Envelope {
  return { event, businessId: facts.businessId, data };
}
