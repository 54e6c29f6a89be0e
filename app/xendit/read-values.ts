import type { Json, JsonObject } from "./bodies/json.ts";
import { VALUE_NAMES, type ValueName, type Values } from "./facts.ts";
import { codeAt, objectAt, textAt } from "./fields.ts";

/** The places in a body where results and card data stand: v3, v2 and flat (v1) bodies, and the declines page's names. */
interface Places {
  readonly payload: JsonObject;
  readonly details: JsonObject | null;
  readonly authorization: JsonObject | null;
  readonly authentication: JsonObject | null;
  readonly response: JsonObject | null;
  readonly v2: JsonObject | null;
  readonly v2ThreeDs: JsonObject | null;
  readonly card: JsonObject | null;
}

/** `[place, field]`, the first that is there wins. */
type Alias = readonly [place: keyof Places, ...path: string[]];

const aliases: Readonly<Partial<Record<ValueName, readonly Alias[]>>> = {
  businessId: [
    ["payload", "business_id"],
    ["payload", "user_id"],
    ["payload", "owner_id"],
  ],
  referenceId: [
    ["payload", "reference_id"],
    ["payload", "external_id"],
  ],
  currency: [["payload", "currency"]],
  amount: [
    ["payload", "request_amount"],
    ["payload", "amount"],
    ["payload", "amount", "initial"],
  ],
  captureMethod: [["payload", "capture_method"]],
  country: [["payload", "country"]],
  channelCode: [["payload", "channel_code"]],
  mode: [["payload", "mode"]],
  sessionType: [["payload", "session_type"]],
  type: [["payload", "type"]],
  reason: [["payload", "reason"]],
  statusReason: [["payload", "status_reason"]],
  eci: [
    ["response", "eci"],
    ["authentication", "eci"],
    ["v2ThreeDs", "eci_code"],
    ["payload", "eci"],
  ],
  cvn: [
    ["authorization", "cvn_verification_result"],
    ["v2", "cvv_result"],
    ["v2", "cvn_verification_result"],
    ["payload", "cvn_code"],
  ],
  avs: [
    ["authorization", "address_verification_result"],
    ["v2", "address_verification_result"],
  ],
  response: [
    ["authorization", "network_response_code"],
    ["authorization", "card_network_response_code"],
    ["v2", "network_response_code"],
  ],
  failureCode: [["payload", "failure_code"]],
  authorizationCode: [
    ["authorization", "authorization_code"],
    ["v2", "authorization_code"],
    ["payload", "approval_code"],
  ],
  retrievalReferenceNumber: [
    ["authorization", "retrieval_reference_number"],
    ["v2", "retrieval_reference_number"],
  ],
  reconciliationId: [
    ["authorization", "reconciliation_id"],
    ["v2", "reconciliation_id"],
    ["payload", "bank_reconciliation_id"],
  ],
  networkTransactionId: [
    ["authorization", "network_transaction_id"],
    ["v2", "network_transaction_id"],
  ],
  transactionLinkId: [["authorization", "transaction_link_id"]],
  acquirerMerchantId: [
    ["authorization", "acquirer_merchant_id"],
    ["v2", "acquirer_merchant_id"],
    ["payload", "merchant_id"],
  ],
  responseDescriptor: [
    ["authorization", "network_response_code_descriptor"],
    ["authorization", "card_network_descriptor"],
    ["v2", "network_response_code_descriptor"],
  ],
  merchantAdviceCode: [["authorization", "merchant_advice_code"]],
  merchantAdviceDescriptor: [
    ["authorization", "merchant_advice_descriptor"],
    ["authorization", "merchant_advice_code_descriptor"],
  ],
  threeDsFlow: [
    ["authentication", "flow"],
    ["authorization", "three_ds_flow"],
    ["authentication", "three_ds_flow"],
    ["v2ThreeDs", "three_d_secure_flow"],
  ],
  threeDsVersion: [
    ["response", "message_version"],
    ["v2ThreeDs", "three_d_secure_version"],
  ],
  threeDsStatus: [
    ["authorization", "three_ds_trans_status"],
    ["authentication", "three_ds_trans_status"],
    ["response", "trans_status"],
    ["v2ThreeDs", "three_d_secure_result"],
  ],
  threeDsStatusReason: [
    ["authorization", "three_ds_trans_status_reason"],
    ["authentication", "three_ds_trans_status_reason"],
    ["response", "trans_status_reason"],
    ["v2ThreeDs", "three_d_secure_result_reason"],
  ],
  challengeCancelCode: [
    ["authorization", "three_ds_challenge_cancel_code"],
    ["authentication", "three_ds_challenge_cancel_code"],
    ["response", "challenge_cancel"],
  ],
  dsTransactionId: [
    ["response", "directory_server_trans_id"],
    ["response", "ds_trans_id"],
    ["v2ThreeDs", "directory_server_trans_id"],
  ],
  authenticationValue: [
    ["response", "authentication_value"],
    ["v2ThreeDs", "authentication_value"],
    ["payload", "cavv"],
    ["payload", "ucaf"],
  ],
  paymentNetwork: [["details", "network"]],
  cardNetwork: [
    ["card", "network"],
    ["payload", "card_brand"],
  ],
  disputeNetwork: [["payload", "card_brands"]],
  maskedCardNumber: [
    ["card", "masked_card_number"],
    ["payload", "masked_card_number"],
  ],
  cardIssuer: [
    ["card", "issuer"],
    ["payload", "issuing_bank_name"],
  ],
  cardType: [
    ["card", "type"],
    ["payload", "card_type"],
  ],
  cardCountry: [["card", "country"]],
  cardholderEmail: [["card", "cardholder_email"]],
};

/** Codes for which "sent blank" and "not sent" are two things. */
const CODES: ReadonlySet<ValueName> = new Set(["eci", "cvn", "avs", "response"]);

export function readValues(payload: JsonObject, outerBusinessId: string | null): Values {
  const places = placesOf(payload);
  const read: Partial<Record<ValueName, string>> = {};
  for (const name of VALUE_NAMES) {
    const value = first(places, aliases[name] ?? [], CODES.has(name) ? codeAt : textAt);
    if (value !== null) read[name] = value;
  }
  const expiry = cardExpiry(places.card);
  if (expiry) read.cardExpiry = expiry;
  if (!read.businessId && outerBusinessId) read.businessId = outerBusinessId;
  return read;
}

/** Whether the issuer's answer and the 3-D Secure data are there at all. */
export function readPresence(payload: JsonObject): { hasAuthorization: boolean; hasAuthentication: boolean } {
  const { authorization, authentication, v2, v2ThreeDs } = placesOf(payload);
  return {
    hasAuthorization: isFilled(authorization) || isFilled(v2),
    hasAuthentication: isFilled(authentication) || isFilled(v2ThreeDs),
  };
}

function placesOf(payload: JsonObject): Places {
  const details = objectAt(payload, "payment_details") ?? objectAt(payload, "token_details");
  const authentication = objectAt(details ?? payload, "authentication_data");
  const v2 = v2Results(payload);
  return {
    payload,
    details,
    authorization: objectAt(details ?? payload, "authorization_data"),
    authentication,
    response: objectAt(authentication ?? {}, "a_res"),
    v2,
    v2ThreeDs: v2 && objectAt(v2, "three_d_secure"),
    card:
      objectAt(payload, "channel_properties", "card_details") ??
      objectAt(payload, "card_details") ??
      objectAt(payload, "payment_method", "card", "card_information"),
  };
}

/** A saved card (MULTIPLE_USE) carries the results of the day it was saved, not of this payment. */
function v2Results(payload: JsonObject): JsonObject | null {
  const own = objectAt(payload, "card_verification_results");
  if (own) return own;
  if (textAt(payload, "payment_method", "reusability") === "MULTIPLE_USE") return null;
  return objectAt(payload, "payment_method", "card", "card_verification_results");
}

function first(places: Places, names: readonly Alias[], read: typeof textAt): string | null {
  let blank: string | null = null;
  for (const [place, ...path] of names) {
    const value = read(places[place] ?? undefined, ...path);
    if (value) return value;
    blank ??= value;
  }
  return blank;
}

function cardExpiry(card: JsonObject | null): string | null {
  const month = textAt(card as Json, "expiry_month");
  const year = textAt(card as Json, "expiry_year");
  return month && year ? `${month}/${year}` : null;
}

function isFilled(object: JsonObject | null): boolean {
  return object !== null && Object.values(object).some((value) => value !== null && value !== "");
}
