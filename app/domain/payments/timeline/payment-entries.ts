import { formatMoney } from "~/lib/money.ts";
import { decodeFailure } from "~/xendit/codes/failure.ts";
import { paymentStatusWord } from "~/xendit/codes/status-words.ts";
import { decode3dsFlow, decode3dsReason, decode3dsStatus, decodeChallengeCancel } from "~/xendit/codes/three-ds.ts";
import type { PaymentDetail } from "../find-payment.server.ts";
import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

type Payment = PaymentDetail["payments"][number];

/**
 * A try, and what 3-D Secure made of it. The bodies give the result no time of its own, so it stands after its try, and
 * after the challenge where this desk saw one (`challengedAt`, UTC milliseconds).
 */
export function paymentEntries(payment: Payment, challengedAt: number | null): readonly TimelineEntry[] {
  const { paymentId, createdAt, status, amountMinor: minor, amountRaw: raw, currency, failureCode } = payment;
  const { word, tone } = paymentStatusWord(status);
  const outcome = failureCode ? `failed: ${decodeFailure(failureCode).short} (${failureCode})` : word.toLowerCase();
  const tried = timelineEntry({
    key: `payment-${paymentId}`,
    kind: "payment",
    tone,
    at: createdAt,
    title: "Payment tried",
    // It stands where it began; what became of it is not what it was then.
    detail: `${formatMoney({ minor, raw, currency })}, now ${outcome}`,
  });
  const secured = threeDsEntry(payment, challengedAt);
  return secured ? [tried, secured] : [tried];
}

function threeDsEntry(
  { paymentId, createdAt, eci, verification }: Payment,
  challengedAt: number | null,
): TimelineEntry | null {
  const { threeDsFlow, threeDsStatus, threeDsStatusReason, challengeCancelCode, threeDsVersion } = verification;
  if (threeDsFlow === null && threeDsStatus === null && challengeCancelCode === null) return null;
  const status = decode3dsStatus(threeDsStatus);
  const told = [
    threeDsStatus && `${threeDsStatus} ${status.short}`,
    threeDsStatusReason && decode3dsReason(threeDsStatusReason).short,
    challengeCancelCode && decodeChallengeCancel(challengeCancelCode).short,
    eci && `ECI ${eci}`,
    threeDsVersion && `version ${threeDsVersion}`,
  ].filter(Boolean);
  return timelineEntry({
    key: `three-ds-${paymentId}`,
    kind: "three_ds",
    tone: threeDsStatus ? status.tone : "unknown",
    order: Math.max(createdAt ?? 0, challengedAt ?? 0),
    title: threeDsFlow ? `3-D Secure: ${decode3dsFlow(threeDsFlow).short}` : "3-D Secure",
    detail: told.join(", ") || null,
  });
}
