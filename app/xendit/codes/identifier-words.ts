import type { IdentifierKind } from "../projection.ts";

/** What a kind of identifier is called on screen. */
export const identifierLabel: Record<IdentifierKind, string> = {
  payment_request: "Payment request",
  payment: "Payment",
  session: "Session",
  capture: "Capture",
  refund: "Refund",
  dispute: "Dispute",
  token: "Saved card",
  customer: "Customer",
  reference: "Reference",
  rrn: "RRN",
  authorization_code: "Authorization code",
  reconciliation_id: "Reconciliation id",
  network_transaction_id: "Network transaction id",
  ds_transaction_id: "DS transaction id",
  card: "Card",
  email: "E-mail",
};
