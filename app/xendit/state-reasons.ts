import type { StateReason } from "./observation.ts";

/** Why an event is not simply processed, in words for the screen. */
export const stateReasonText: Record<StateReason, string> = {
  not_json: "The body is not a JSON object in UTF-8.",
  masked_card_data: "The body carried a card number or a CVN. It was masked before it was stored.",
  no_payment_request_id: "A card payment event without a payment request id (pr-…).",
  no_payment_id: "A card payment event without a payment id (py-…).",
  no_status: "A card payment event without a status.",
  no_session_id: "A session event without a session id.",
  no_usable_id: "A payment event that names neither its channel nor an id to find its payment by.",
  unknown_card_event: "An event about cards that Paydesk does not know.",
  other_channel: "Not a card: another payment channel.",
  not_linked_to_a_card_payment: "It names no channel, and no card payment is known that it belongs to.",
  other_product: "Another product or an older kind of callback.",
  projection_failed: "Reading it failed. Nothing is lost: it is stored, and can be processed again.",
  expunged: "Its body held a secret and was taken out of the store for good.",
};
