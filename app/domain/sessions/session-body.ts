import { LosslessNumber, stringify } from "lossless-json";
import { plainDecimal } from "../../lib/money.ts";
import type { NewSessionForm, SaveCardForm } from "./session-form.ts";

/** What is decided here rather than typed. */
export interface SessionOrigin {
  readonly referenceId: string;
  readonly customerReferenceId: string;
  readonly successUrl: string;
  readonly failureUrl: string;
}

/**
 * The body of `POST /sessions` as JSON text (FACTS 2.1): a payment with a saved card, its CVN to be asked by
 * cards-session.min.js. No lever is ever among it.
 */
export function paySessionBody(form: NewSessionForm, origin: SessionOrigin): string {
  return text({
    ...commonBody(form, origin),
    session_type: "PAY",
    // The digits as typed, never a float.
    amount: new LosslessNumber(plainDecimal(form.amount) ?? form.amount),
    capture_method: form.captureMethod,
    cards_session_js: { card_payment_token_id: form.savedCard, ...returnUrls(origin) },
  });
}

/** A session that saves a card: nothing is charged, and there is no token yet. */
export function saveSessionBody(form: SaveCardForm, origin: SessionOrigin): string {
  return text({
    ...commonBody(form, origin),
    session_type: "SAVE",
    amount: new LosslessNumber("0"),
    cards_session_js: returnUrls(origin),
  });
}

function commonBody(form: SaveCardForm, origin: SessionOrigin) {
  return {
    reference_id: form.referenceId || origin.referenceId,
    mode: "CARDS_SESSION_JS",
    currency: form.currency,
    country: form.country,
    ...(form.customerId ? { customer_id: form.customerId } : { customer: customerOf(form, origin) }),
  };
}

function customerOf(form: SaveCardForm, origin: SessionOrigin) {
  return {
    reference_id: origin.customerReferenceId,
    type: "INDIVIDUAL",
    email: form.email || undefined,
    mobile_number: form.mobileNumber || undefined,
    individual_detail: { given_names: form.givenNames, surname: form.surname || undefined },
  };
}

function returnUrls(origin: SessionOrigin) {
  return { success_return_url: origin.successUrl, failure_return_url: origin.failureUrl };
}

function text(body: unknown): string {
  const json = stringify(body);
  if (json === undefined) throw new Error("A session body is always JSON.");
  return json;
}
