import type { ShapeRow } from "./shape.ts";

/** The wrapping of every v3 event (FACTS 5.2). Its `api_version` is absent from the reference and there in real bodies. */
export const envelopeRows: readonly ShapeRow[] = [
  ["event", "text"],
  ["business_id", "text"],
  ["created", "text"],
  ["api_version", "text", "?"],
  ["data", "object"],
];

/** The payment object (FACTS 4.3), without what only some outcomes have. */
export const paymentRows: readonly ShapeRow[] = [
  ["payment_id", "text"],
  ["business_id", "text"],
  ["reference_id", "text"],
  ["payment_request_id", "text"],
  ["payment_token_id", "text", "?"],
  ["customer_id", "text", "?"],
  ["type", "text"],
  ["country", "text"],
  ["currency", "text"],
  ["request_amount", "amount"],
  ["capture_method", "text", "?"],
  ["channel_code", "text"],
  ["channel_properties", "any", "?"],
  ["status", "text"],
  ["failure_code", "text", "?"],
  ["description", "text", "?"],
  ["metadata", "any", "?"],
  ["items", "any", "?"],
  ["actions", "any", "?"],
  ["shipping_information", "any", "?"],
  ["created", "text"],
  ["updated", "text"],
];

export const captureRows: readonly ShapeRow[] = [
  ["captures", "list"],
  ["captures[]", "object"],
  ["captures[].capture_id", "text"],
  ["captures[].capture_amount", "amount"],
  ["captures[].capture_timestamp", "text"],
];

/** payment_details of a body that tells how the card was authorized (FACTS 6.1). */
export const authorizedRows: readonly ShapeRow[] = [
  ["payment_details", "object"],
  ["payment_details.authorization_data", "object"],
  ["payment_details.authorization_data.network_response_code", "text"],
  ["payment_details.authorization_data.network_response_code_descriptor", "text"],
  ["payment_details.authorization_data.authorization_code", "text"],
  ["payment_details.authorization_data.retrieval_reference_number", "text"],
  ["payment_details.authorization_data.reconciliation_id", "text"],
  ["payment_details.authorization_data.acquirer_merchant_id", "text"],
  ["payment_details.authorization_data.network_transaction_id", "text", "?"],
  ["payment_details.authorization_data.cvn_verification_result", "text", "?"],
  ["payment_details.authorization_data.address_verification_result", "text", "?"],
];

/** What a declined one may say of it: nothing at all when 3-D Secure failed first (FACTS 5.2). */
export const declinedRows: readonly ShapeRow[] = authorizedRows.map(([path, type]) => [path, type, "?"]);

/** What else payment_details may hold, whatever the outcome. */
export const detailRows: readonly ShapeRow[] = [
  ["payment_details.authorization_data.transaction_link_id", "text", "?"],
  ["payment_details.authorization_data.card_network_response_code", "text", "?"],
  ["payment_details.authorization_data.card_network_descriptor", "text", "?"],
  ["payment_details.authorization_data.merchant_advice_code", "text", "?"],
  ["payment_details.authorization_data.merchant_advice_code_descriptor", "text", "?"],
  ["payment_details.authentication_data", "object", "?"],
  ["payment_details.authentication_data.flow", "text", "?"],
  ["payment_details.authentication_data.three_ds_flow", "text", "?"],
  ["payment_details.authentication_data.three_ds_trans_status", "text", "?"],
  ["payment_details.authentication_data.three_ds_trans_status_reason", "text", "?"],
  ["payment_details.authentication_data.three_ds_challenge_cancel_code", "text", "?"],
  ["payment_details.authentication_data.a_res", "object", "?"],
  ["payment_details.authentication_data.a_res.eci", "text", "?"],
  ["payment_details.authentication_data.a_res.message_version", "text", "?"],
  ["payment_details.authentication_data.a_res.authentication_value", "text", "?"],
  ["payment_details.authentication_data.a_res.directory_server_trans_id", "text", "?"],
  ["payment_details.authentication_data.a_res.ds_trans_id", "text", "?"],
  ["payment_details.issuer_name", "text", "?"],
  ["payment_details.payer_account_number", "text", "?"],
  ["payment_details.payer_name", "text", "?"],
  ["payment_details.receipt_id", "text", "?"],
  ["payment_details.remark", "text", "?"],
  ["payment_details.network", "text", "?"],
  ["payment_details.fund_source", "text", "?"],
];
