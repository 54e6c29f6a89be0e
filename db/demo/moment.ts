import { type JsonObject, jsonText } from "../../app/xendit/bodies/json.ts";
import { type Envelope, envelopeText } from "../../app/xendit/bodies/payment-bodies.ts";
import type { OtherObservation } from "../database.ts";
import { HOUR, MINUTE } from "./calendar.ts";
import type { Odds, Random } from "./random.ts";

/** Something that happened at Xendit, and when Paydesk was told of it. A story is a list of these. */
export type Moment = {
  readonly at: number;
  readonly text: string;
  /** Its webhook was lost: only Xendit knows. */
  readonly untold?: true;
} & (
  | { readonly kind: "webhook"; readonly webhookId: string | null }
  | {
      /** An answer of Xendit's API, or the browser's hand-back at the CVN step. */
      readonly kind: OtherObservation["source"];
      readonly subject: OtherObservation["subject"];
    }
);

/** Xendit's waits between attempts, as far as the demo goes. */
const lateness: Odds<number> = [
  [15 * MINUTE, 6],
  [HOUR, 3],
  [3 * HOUR, 2],
  [12 * HOUR, 1],
];

/**
 * One event on its way: mostly once and at once; now and then late, because the receiver was down, or twice, because our
 * 200 was lost. `created` is the time of each attempt, so that two receipts of one event differ in it.
 */
export function deliver(random: Random, envelope: Envelope, at: number): readonly Moment[] {
  const webhookId = random.chance(0.97) ? random.uuid() : null;
  const sent = random.chance(0.02) ? at + random.weighted(lateness) : at;
  const attempt = (when: number): Moment => ({
    kind: "webhook",
    at: when + random.int(60, 900),
    text: envelopeText(envelope, when),
    webhookId,
  });
  const first = attempt(sent);
  if (!random.chance(0.035)) return [first];
  const second = attempt(sent + 15 * MINUTE);
  return random.chance(0.2) ? [first, second, attempt(sent + HOUR)] : [first, second];
}

export function answer(subject: OtherObservation["subject"], body: JsonObject, at: number): Moment {
  return { kind: "api", at, text: jsonText(body), subject };
}

/** A body that stands alone, without an envelope. */
export function told(random: Random, body: JsonObject, at: number): Moment {
  return { kind: "webhook", at: at + random.int(300, 1_500), text: jsonText(body), webhookId: random.uuid() };
}

/** One event that arrives once, under a given id. */
export function sent(envelope: Envelope, at: number, webhookId: string): Moment {
  return { kind: "webhook", at, text: envelopeText(envelope, at - 400), webhookId };
}

/** What became of it at Xendit, and Paydesk never heard. */
export function untold(moments: readonly Moment[]): readonly Moment[] {
  return moments.map((moment) => ({ ...moment, untold: true }));
}

/** The browser's word that a session got this payment request. */
export function handedBack(paymentSessionId: string, paymentRequestId: string, at: number): Moment {
  const body = { payment_session_id: paymentSessionId, payment_request_id: paymentRequestId };
  return { kind: "claim", at, text: jsonText(body), subject: "payment_request" };
}
