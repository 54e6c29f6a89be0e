import { disputeRows, refundRows, requestRows, sessionRows, tokenRows } from "./other-fields.ts";
import { authorizedRows, captureRows, declinedRows, detailRows, envelopeRows, paymentRows } from "./payment-fields.ts";
import { fieldsUnder, type Shape, type ShapeField } from "./shape.ts";

const envelope = fieldsUnder("", "FACTS 5.2", envelopeRows);
const payment = fieldsUnder("data", "FACTS 4.3", paymentRows);
const details = fieldsUnder("data", "FACTS 6.1", detailRows);
const authorized = [...fieldsUnder("data", "FACTS 6.1", authorizedRows), ...details];
const declined = [...fieldsUnder("data", "FACTS 5.2", declinedRows), ...details];
const session = fieldsUnder("data", "FACTS 5.2", sessionRows);
const token = fieldsUnder("data", "FACTS 4.4", tokenRows);
const refund = fieldsUnder("data", "FACTS 4.5", refundRows);
const dispute = fieldsUnder("", "FACTS 5.2", disputeRows);

/** By event, in the order of FACTS 5.1. Older products and the report have no shape here. */
const fieldsByEvent: Readonly<Record<string, readonly ShapeField[]>> = {
  "payment.capture": [...envelope, ...payment, ...fieldsUnder("data", "FACTS 4.3", captureRows), ...authorized],
  "payment.authorization": [...envelope, ...payment, ...authorized],
  "payment.failure": [...envelope, ...payment, ...declined],
  "payment.expiry": [...envelope, ...payment, ...declined],
  "payment_request.expiry": [...envelope, ...fieldsUnder("data", "FACTS 4.2", requestRows)],
  "payment_token.activation": [...envelope, ...token],
  "payment_token.failure": [...envelope, ...token],
  "payment_token.expiry": [...envelope, ...token],
  "payment_session.completed": [...envelope, ...session],
  "payment_session.expired": [...envelope, ...session],
  "refund.succeeded": [...envelope, ...refund],
  "refund.failed": [...envelope, ...refund],
  "dispute.action_required": dispute,
  "dispute.under_review": dispute,
  "dispute.won": dispute,
  "dispute.lost": dispute,
  "dispute.due_date_approaching": dispute,
};

const shapes: ReadonlyMap<string, Shape> = new Map(
  Object.entries(fieldsByEvent).map(([eventType, fields]) => [eventType, { eventType, fields }]),
);

/** What Xendit documents of an event's body, or `null` when it documents none that is known here. */
export function shapeOf(eventType: string): Shape | null {
  return shapes.get(eventType) ?? null;
}

export const SHAPED_EVENTS: readonly string[] = [...shapes.keys()];
