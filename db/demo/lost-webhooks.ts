import { makePaymentAnswer } from "../../app/xendit/bodies/card-bodies.ts";
import {
  makePaymentAuthorization,
  makePaymentCapture,
  type PaymentFacts,
} from "../../app/xendit/bodies/payment-bodies.ts";
import { makeSessionAnswer, makeSessionExpired } from "../../app/xendit/bodies/session-bodies.ts";
import { voided } from "./aftermath.ts";
import { abandonedMoments, DEMO_RETURN_URLS, tryPayment } from "./attempt.ts";
import { HOUR, MINUTE, SECOND } from "./calendar.ts";
import { openSession } from "./journey.ts";
import { answer, handedBack, type Moment, sent, untold } from "./moment.ts";
import { buy } from "./purchase.ts";
import type { Random } from "./random.ts";
import type { SavedCard } from "./shop.ts";

type MakeLoss = (random: Random, saved: SavedCard, at: number) => readonly Moment[];

/** Each with how long ago it happened. One payment request each. */
const losses: readonly (readonly [make: MakeLoss, age: number])[] = [
  [withoutPaymentWebhook, 3 * HOUR],
  [withoutPaymentWebhook, 27 * HOUR],
  [withoutSessionWebhook, 5 * HOUR],
  [withoutSessionWebhook, 50 * HOUR],
  [stuckAtChallenge, 2 * HOUR],
  [knownByClaim, 9 * HOUR],
  [voidedUnseen, 30 * HOUR],
  [otherAcquirer, 7 * HOUR],
  [otherEci, 11 * HOUR],
];

/** How many payment requests they make. */
export const LOST_PAYMENTS = losses.length;

/** Recent payments of which Xendit knows more than Paydesk was told: what the radar and a check are for. */
export function lostMoments(random: Random, cards: readonly SavedCard[], now: number): readonly Moment[] {
  return losses.flatMap(([make, age]) => make(random, random.pick(cards), now - age));
}

function withoutPaymentWebhook(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const { opened, completed, facts, endedAt } = buy(random, saved, at);
  return [opened, completed, ...untold([captured(random, facts, endedAt)])];
}

function withoutSessionWebhook(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const { opened, completed, facts, endedAt } = buy(random, saved, at);
  return [opened, captured(random, facts, endedAt), ...untold([completed])];
}

/** The shopper left at the challenge. That the request lapsed was never told; that its session did, was. */
function stuckAtChallenge(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const session = openSession(random, saved, at);
  const attempt = {
    saved,
    paymentSessionId: session.paymentSessionId,
    sessionReference: session.referenceId,
    amount: session.amount,
    captureMethod: "AUTOMATIC",
    at: at + 25 * SECOND,
  } as const;
  const { facts } = tryPayment(random, attempt);
  const left = { facts: { ...facts, failureCode: null }, end: "abandoned", endedAt: attempt.at + 10 * MINUTE } as const;
  const [asked, ...lapsed] = abandonedMoments(random, attempt, left);
  const ended = makeSessionExpired({ ...session, updatedAt: session.expiresAt });
  return [
    answer("session", makeSessionAnswer(session), at + 300),
    handedBack(session.paymentSessionId, facts.paymentRequestId, attempt.at + 900),
    ...(asked ? [asked] : []),
    ...untold(lapsed),
    sent(ended, session.expiresAt + 500, random.uuid()),
  ];
}

/** Paid, and all that is known of it here is what the browser handed back. */
function knownByClaim(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const { opened, completed, session, facts, endedAt } = buy(random, saved, at);
  const claimed = handedBack(session.paymentSessionId, facts.paymentRequestId, facts.createdAt + 800);
  return [opened, claimed, ...untold([captured(random, facts, endedAt), completed])];
}

/** Released by hand in Xendit's dashboard: no webhook tells it (FACTS 5.1). */
function voidedUnseen(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const { opened, completed, facts, endedAt } = buy(random, saved, at, { captureMethod: "MANUAL" });
  const authorized = sent(makePaymentAuthorization(facts), endedAt + 700, random.uuid());
  const releasedAt = endedAt + 20 * HOUR;
  return [opened, authorized, completed, ...untold([answer("payment", voided(facts, saved, releasedAt), releasedAt)])];
}

/** The API says it a little differently than the webhook did: nothing that decides anything. */
function otherAcquirer(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  return toldOtherwise(random, saved, at, (facts) => ({
    ...facts,
    authorization: facts.authorization && { ...facts.authorization, acquirerMerchantId: "xendit_ctv_01" },
  }));
}

/** The API says that 3-D Secure was not completed, the webhook that it was: liability hangs on it. */
function otherEci(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const eci = saved.network === "MASTERCARD" ? "00" : "07";
  return toldOtherwise(random, saved, at, (facts) => ({
    ...facts,
    authentication: facts.authentication && { ...facts.authentication, eci },
  }));
}

function toldOtherwise(
  random: Random,
  saved: SavedCard,
  at: number,
  otherwise: (facts: PaymentFacts) => PaymentFacts,
): readonly Moment[] {
  const { opened, completed, facts, endedAt } = buy(random, saved, at, { flow: "CHALLENGE" });
  const { card, paymentTokenId } = saved;
  const urls = { successReturnUrl: DEMO_RETURN_URLS.success, failureReturnUrl: DEMO_RETURN_URLS.failure };
  const known = makePaymentAnswer(otherwise(facts), "SUCCEEDED", { card, paymentTokenId, ...urls });
  return [
    opened,
    captured(random, facts, endedAt),
    completed,
    ...untold([answer("payment", known, endedAt + 5 * SECOND)]),
  ];
}

function captured(random: Random, facts: PaymentFacts, endedAt: number): Moment {
  return sent(makePaymentCapture(facts), endedAt + random.int(500, 900), random.uuid());
}
