import { type KnownCurrency, minorToDecimal, toMinorUnits } from "../../app/lib/money.ts";
import { type MaskedCard, makePaymentAnswer } from "../../app/xendit/bodies/card-bodies.ts";
import type { JsonObject } from "../../app/xendit/bodies/json.ts";
import { makePaymentCapture, makePaymentExpiry, type PaymentFacts } from "../../app/xendit/bodies/payment-bodies.ts";
import { makeRefundFailed, makeRefundSucceeded, type RefundFacts } from "../../app/xendit/bodies/refund-bodies.ts";
import { DAY, HOUR } from "./calendar.ts";
import { answer, deliver, type Moment, told } from "./moment.ts";
import { refundReasonOdds } from "./odds.ts";
import { type DisputeFacts, makeDispute } from "./other-bodies.ts";
import type { Random } from "./random.ts";
import type { SavedCard } from "./shop.ts";

/** What becomes of money held: captured, in full or in part, released by hand, or lapsed after seven days. */
export function afterHold(random: Random, saved: SavedCard, facts: PaymentFacts, heldAt: number): readonly Moment[] {
  const at = heldAt + random.int(2, 70) * HOUR;
  const fate = random.weighted([
    ["full", 60],
    ["part", 20],
    ["void", 9],
    ["lapse", 11],
  ] as const);
  if (fate === "lapse") {
    const lapsedAt = heldAt + 7 * DAY;
    return deliver(random, makePaymentExpiry({ ...facts, updatedAt: lapsedAt }), lapsedAt);
  }
  if (fate === "void") return [answer("payment", voided(facts, saved, at), at)];
  const amount = fate === "full" ? facts.amount : share(facts, random.int(30, 90));
  const captures = [{ captureId: `cptr-${random.uuid()}`, amount, capturedAt: at }];
  const paid = { ...facts, captures, updatedAt: at - 400 };
  return [
    ...deliver(random, makePaymentCapture(paid), at + random.int(500, 900)),
    ...afterPaid(random, saved, paid, at),
  ];
}

/** Refunds and disputes: few, but some. */
export function afterPaid(random: Random, saved: SavedCard, facts: PaymentFacts, paidAt: number): readonly Moment[] {
  if (random.chance(0.032)) return refunded(random, facts, paidAt);
  if (random.chance(0.008)) return disputed(random, saved, facts, paidAt);
  return [];
}

/** No webhook tells of a void; the answer of the one who voided does. */
export function voided(facts: PaymentFacts, saved: SavedCard, at: number): JsonObject {
  const urls = { successReturnUrl: facts.returnUrls?.success ?? "", failureReturnUrl: facts.returnUrls?.failure ?? "" };
  const card: MaskedCard = saved.card;
  return makePaymentAnswer({ ...facts, updatedAt: at }, "CANCELED", {
    ...urls,
    card,
    paymentTokenId: saved.paymentTokenId,
  });
}

function refunded(random: Random, facts: PaymentFacts, paidAt: number): readonly Moment[] {
  const at = paidAt + random.int(3, 480) * HOUR;
  const refund: RefundFacts = {
    businessId: facts.businessId,
    refundId: `rfd-${random.uuid()}`,
    paymentRequestId: facts.paymentRequestId,
    currency: facts.currency,
    amount: random.chance(0.6) ? capturedAmount(facts) : share(facts, random.int(10, 30)),
    status: "SUCCEEDED",
    reason: random.weighted(refundReasonOdds),
    referenceId: `refund-${random.hex(8)}`,
    failureCode: null,
    metadata: null,
    createdAt: at,
    updatedAt: at + random.int(20, 90) * 1_000,
  };
  const body = random.chance(0.07)
    ? makeRefundFailed({ ...refund, failureCode: "INSUFFICIENT_BALANCE" })
    : makeRefundSucceeded(refund);
  return deliver(random, body, refund.updatedAt);
}

function disputed(random: Random, saved: SavedCard, facts: PaymentFacts, paidAt: number): readonly Moment[] {
  const createdAt = paidAt + random.int(3 * 24, 30 * 24) * HOUR;
  const dispute: DisputeFacts = {
    disputeId: `mi-dspt-${random.uuid()}`,
    paymentId: facts.paymentId,
    referenceId: facts.referenceId,
    cardBrand: saved.network,
    currency: facts.currency,
    amount: capturedAmount(facts),
    status: "ACTION_REQUIRED",
    statusReason: null,
    createdAt,
    updatedAt: createdAt,
    dueAt: createdAt + 14 * DAY,
  };
  const moments = [told(random, makeDispute(dispute), createdAt)];
  if (!random.chance(0.65)) return moments;
  const answeredAt = createdAt + random.int(20, 200) * HOUR;
  moments.push(told(random, makeDispute({ ...dispute, status: "UNDER_REVIEW", updatedAt: answeredAt }), answeredAt));
  if (!random.chance(0.7)) return moments;
  const decidedAt = answeredAt + random.int(4, 15) * DAY;
  const won = random.chance(0.45);
  const decided = { ...dispute, status: won ? "WON" : "LOST", statusReason: won ? "CHALLENGED" : "ACCEPTED" } as const;
  return [...moments, told(random, makeDispute({ ...decided, updatedAt: decidedAt }), decidedAt)];
}

function capturedAmount(facts: PaymentFacts): string {
  return facts.captures?.[0]?.amount ?? facts.amount;
}

/** A percentage of the captured amount, in whole minor units. */
function share(facts: PaymentFacts, percent: number): string {
  const currency = facts.currency as KnownCurrency;
  const minor = toMinorUnits(capturedAmount(facts), currency) ?? 0;
  return minorToDecimal(Math.max(1, Math.floor((minor * percent) / 100)), currency);
}
