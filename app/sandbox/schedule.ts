import type { ThreeDsFlow } from "../xendit/bodies/card-results.ts";

/** When things happen, at time scale 1 as seen in captured payloads. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const SESSION_LIFETIME = 30 * MINUTE;
export const MIN_SESSION_LIFETIME = 10 * MINUTE;
export const MAX_SESSION_LIFETIME = 30 * 24 * HOUR;
export const PAYMENT_REQUEST_LIFETIME = 10 * MINUTE;
export const AUTHORIZATION_LIFETIME = 7 * 24 * HOUR;

/** Waits after the first, second … attempt that was not answered with 2xx. */
const retryWaits = [15 * MINUTE, 45 * MINUTE, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];

/** `null` when there is no further attempt. */
export function retryWait(attemptsMade: number, scale: number): number | null {
  const wait = retryWaits[attemptsMade - 1];
  return wait === undefined ? null : Math.round(wait * scale);
}

/** How long after its first try a webhook is tried again, when that many tries failed at once. */
export function triesLater(attemptsMade: number, scale: number): number {
  return retryWaits.slice(0, attemptsMade).reduce((sum, wait) => sum + Math.round(wait * scale), 0);
}

/** Only waiting is scaled. Lifetimes are promises that stand in bodies, and people need their minutes at any scale. */
const gaps = {
  CHALLENGE: { authorize: 1_900, capture: 1_707 },
  FRICTIONLESS: { authorize: 1_000, capture: 861 },
  NONE: { authorize: 1_000, capture: 861 },
} as const satisfies Record<ThreeDsFlow, { authorize: number; capture: number }>;

const DELIVER_AFTER = 875;
const SESSION_AFTER = 350;
const REFUND_AFTER = 3_000;
const LATE_BY = 5 * MINUTE;
const DUPLICATE_AFTER = 2_000;

/** Without a challenge a payment is updated a few milliseconds after it was created. */
export const IMMEDIATE_DECISION = 12;

/** At scale 0 things still happen one after the other: a millisecond apart. */
function scaled(milliseconds: number, scale: number): number {
  return Math.max(1, Math.round(milliseconds * scale));
}

export function authorizationTime(decidedAt: number, flow: ThreeDsFlow, scale: number): number {
  return decidedAt + scaled(gaps[flow].authorize, scale);
}

export function settleTime(decidedAt: number, flow: ThreeDsFlow, scale: number): number {
  return authorizationTime(decidedAt, flow, scale) + scaled(gaps[flow].capture, scale);
}

export function deliveryTime(happenedAt: number, scale: number): number {
  return happenedAt + scaled(DELIVER_AFTER, scale);
}

/** The session's own webhook follows the payment's, but Xendit promises no order. */
export function sessionDeliveryTime(
  happenedAt: number,
  scale: number,
  order: "usual" | "before_payment" | "long_after_payment" = "usual",
): number {
  const after = { usual: SESSION_AFTER, before_payment: -SESSION_AFTER, long_after_payment: LATE_BY }[order];
  const offset = Math.sign(after) * scaled(Math.abs(after), scale);
  return deliveryTime(happenedAt, scale) + offset;
}

export function refundTime(createdAt: number, scale: number): number {
  return createdAt + scaled(REFUND_AFTER, scale);
}

export function lateBy(scale: number): number {
  return scaled(LATE_BY, scale);
}

export function duplicateAfter(scale: number): number {
  return scaled(DUPLICATE_AFTER, scale);
}
