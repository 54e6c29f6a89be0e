import {
  makePaymentAuthorization,
  makePaymentCapture,
  makePaymentFailure,
  type PaymentFacts,
} from "../../app/xendit/bodies/payment-bodies.ts";
import {
  makeSessionAnswer,
  makeSessionCompleted,
  makeSessionExpired,
  type SessionFacts,
} from "../../app/xendit/bodies/session-bodies.ts";
import { afterHold, afterPaid } from "./aftermath.ts";
import { type Attempt, abandonedMoments, DEMO_RETURN_URLS, failureContext, type Tried, tryPayment } from "./attempt.ts";
import { HOUR, MINUTE, SECOND } from "./calendar.ts";
import { answer, deliver, handedBack, type Moment } from "./moment.ts";
import type { Random } from "./random.ts";
import { makeAmount, type SavedCard } from "./shop.ts";

export interface Journey {
  readonly moments: readonly Moment[];
  /** Payment requests it made. */
  readonly payments: number;
}

/** One session from its creation to its end, with every try in between and what became of the money. */
export function makeJourney(random: Random, saved: SavedCard, startedAt: number, atMost: number): Journey {
  const session = openSession(random, saved, startedAt);
  const captureMethod = random.chance(0.06) ? "MANUAL" : "AUTOMATIC";
  const moments: Moment[] = [answer("session", makeSessionAnswer(session), startedAt + random.int(120, 600))];
  let at = startedAt + random.int(4, 70) * SECOND;
  let payments = 0;
  while (payments < atMost) {
    const attempt: Attempt = {
      saved,
      paymentSessionId: session.paymentSessionId,
      sessionReference: session.referenceId,
      amount: session.amount,
      captureMethod,
      at,
    };
    const tried = tryPayment(random, attempt);
    payments += 1;
    moments.push(...told(random, attempt, tried));
    if (tried.end === "approved") {
      moments.push(...completed(random, session, tried));
      return { moments, payments };
    }
    at = tried.endedAt + random.int(10, 150) * SECOND;
    if (!triesAgain(random, tried, payments) || at > session.expiresAt - MINUTE) break;
  }
  moments.push(...deliver(random, makeSessionExpired({ ...session, updatedAt: session.expiresAt }), session.expiresAt));
  return { moments, payments };
}

export function openSession(random: Random, saved: SavedCard, startedAt: number): SessionFacts {
  const day = new Date(startedAt).toISOString().slice(0, 10).replaceAll("-", "");
  return {
    businessId: saved.businessId,
    paymentSessionId: `ps-${random.hex(24)}`,
    createdAt: startedAt,
    updatedAt: startedAt,
    expiresAt: startedAt + 30 * MINUTE,
    status: "ACTIVE",
    referenceId: `order-${day}-${random.hex(6)}`,
    sessionType: "PAY",
    currency: saved.market.currency,
    amount: makeAmount(random, saved.market),
    country: saved.market.country,
    customerId: saved.customerId,
    locale: saved.market.country === "ID" ? "id" : "en",
    cardPaymentTokenId: saved.paymentTokenId,
    successReturnUrl: DEMO_RETURN_URLS.success,
    failureReturnUrl: DEMO_RETURN_URLS.failure,
  };
}

/** Half of those who failed try again at once; hardly anybody a third time. */
function triesAgain(random: Random, tried: Tried, tries: number): boolean {
  if (tries >= 3) return false;
  return random.chance(tried.end === "abandoned" ? 0.2 : tries === 1 ? 0.55 : 0.35);
}

function told(random: Random, attempt: Attempt, tried: Tried): readonly Moment[] {
  const { facts, endedAt } = tried;
  if (tried.end === "abandoned") return abandonedMoments(random, attempt, tried);
  if (tried.end !== "approved") return [...failed(random, attempt, tried), ...failureContext(random, attempt, tried)];
  if (attempt.captureMethod === "MANUAL") {
    const held = deliver(random, makePaymentAuthorization(facts), endedAt + random.int(500, 900));
    return [...held, ...afterHold(random, attempt.saved, facts, endedAt)];
  }
  const paid = captured(random, facts, endedAt);
  return [
    ...deliver(random, makePaymentCapture(paid), endedAt + random.int(500, 900)),
    ...afterPaid(random, attempt.saved, paid, endedAt),
  ];
}

/** A partner that did not answer in time may still say yes hours later, for the very payment that failed. */
function failed(random: Random, attempt: Attempt, { facts, endedAt }: Tried): readonly Moment[] {
  const failure = deliver(random, makePaymentFailure(facts), endedAt + random.int(500, 900));
  if (facts.failureCode !== "ISSUER_UNAVAILABLE" || !random.chance(0.12)) return failure;
  const late = endedAt + random.int(1, 20) * HOUR;
  const success = captured(random, { ...facts, failureCode: null, updatedAt: late - SECOND }, late);
  const claimed = handedBack(
    attempt.paymentSessionId,
    facts.paymentRequestId,
    facts.createdAt + random.int(600, 1_500),
  );
  return [claimed, ...failure, ...deliver(random, makePaymentCapture(success), late + random.int(500, 900))];
}

function captured(random: Random, facts: PaymentFacts, at: number): PaymentFacts {
  return { ...facts, captures: [{ captureId: `cptr-${random.uuid()}`, amount: facts.amount, capturedAt: at }] };
}

/** Sent beside the payment's own webhook: sometimes it is the first of the two to arrive. */
function completed(random: Random, session: SessionFacts, { facts, endedAt }: Tried): readonly Moment[] {
  const done = makeSessionCompleted({
    ...session,
    updatedAt: endedAt + random.int(20, 300),
    paymentRequestId: facts.paymentRequestId,
    paymentId: facts.paymentId,
    paymentTokenId: session.cardPaymentTokenId,
  });
  return deliver(random, done, endedAt + random.int(350, 2_400));
}
