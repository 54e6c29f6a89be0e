import { formatMoney } from "~/lib/money.ts";
import { disputeStatusWord, paymentStatusWord, refundStatusWord } from "~/xendit/codes/status-words.ts";
import type { EventState } from "~/xendit/projection.ts";
import type { PaymentDetail } from "./find-payment.server.ts";

export interface TimelineEntry {
  readonly key: string;
  readonly kind: "session" | "payment" | "capture" | "refund" | "dispute" | "webhook" | "expected";
  /** When it happened, by what the bodies say; `null` when none of them tells. */
  readonly at: number | null;
  /** What orders it: `at`, else our arrival time. */
  readonly order: number;
  readonly title: string;
  readonly detail: string | null;
  readonly webhook?: {
    readonly eventId: string;
    readonly state: EventState;
    readonly arrivals: readonly number[];
  };
}

type Source = Pick<PaymentDetail, "request" | "payments" | "captures" | "refunds" | "disputes" | "session" | "events">;

/** Everything with a time, oldest first: what happened in business time, webhooks with the time they arrived. */
export function paymentTimeline(source: Source, now: number): readonly TimelineEntry[] {
  const entries = [
    ...sessionEntries(source, now),
    ...source.payments.map(paymentEntry),
    ...source.captures.map(captureEntry),
    ...source.refunds.map(refundEntry),
    ...source.disputes.flatMap((dispute) => disputeEntries(dispute, now)),
    ...source.events.map(webhookEntry),
  ];
  return entries.sort((a, b) => a.order - b.order || a.key.localeCompare(b.key));
}

function sessionEntries({ session }: Source, now: number): TimelineEntry[] {
  if (!session) return [];
  const { createdAt, expiresAt, status } = session;
  const made = entry("session", "session-created", createdAt, "Session created", session.referenceId);
  if (expiresAt === null || status === "COMPLETED" || status === "CANCELED") return [made];
  const isPast = expiresAt <= now;
  const title =
    status === "EXPIRED" ? "Session expired" : isPast ? "Past its expiry, no word of it" : "Session expires";
  return [made, entry(isPast ? "session" : "expected", "session-expires", expiresAt, title, null)];
}

function paymentEntry(payment: Source["payments"][number]): TimelineEntry {
  const { paymentId, createdAt, status, amountMinor: minor, amountRaw: raw, currency } = payment;
  const outcome = payment.failureCode ?? paymentStatusWord(status).word.toLowerCase();
  // It stands where it began; what became of it is not what it was then.
  const detail = `${formatMoney({ minor, raw, currency })}, now ${outcome}`;
  return entry("payment", `payment-${paymentId}`, createdAt, "Payment tried", detail);
}

function captureEntry({
  captureId,
  capturedAt,
  amountMinor: minor,
  amountRaw: raw,
  currency,
}: Source["captures"][number]) {
  const amount = formatMoney({ minor, raw, currency });
  return entry("capture", `capture-${captureId}`, capturedAt, `Captured ${amount}`, captureId);
}

function refundEntry(refund: Source["refunds"][number]): TimelineEntry {
  const { refundId, createdAt, status, reason, amountMinor: minor, amountRaw: raw, currency } = refund;
  const title = `Refund of ${formatMoney({ minor, raw, currency })} asked for`;
  const detail = [`now ${refundStatusWord(status).word.toLowerCase()}`, reason].filter(Boolean).join(", ");
  return entry("refund", `refund-${refundId}`, createdAt, title, detail);
}

function disputeEntries(dispute: Source["disputes"][number], now: number): TimelineEntry[] {
  const { disputeId, createdAt, dueAt, status, statusReason } = dispute;
  const detail = [`now ${disputeStatusWord(status).word.toLowerCase()}`, statusReason].filter(Boolean).join(", ");
  const opened = entry("dispute", `dispute-${disputeId}`, createdAt, "Dispute opened", detail);
  if (dueAt === null || status !== "ACTION_REQUIRED") return [opened];
  const due = dueAt > now ? "Answer to the dispute is due" : "Answer to the dispute was due";
  return [opened, entry(dueAt > now ? "expected" : "dispute", `dispute-due-${disputeId}`, dueAt, due, null)];
}

function webhookEntry(event: Source["events"][number]): TimelineEntry {
  const { eventId, eventType, state, businessAt, firstReceivedAt, status, arrivals } = event;
  return {
    key: `webhook-${eventId}`,
    kind: "webhook",
    at: businessAt,
    order: businessAt ?? firstReceivedAt,
    title: eventType,
    detail: status,
    webhook: { eventId, state, arrivals: arrivals.map((arrival) => arrival.receivedAt) },
  };
}

/** What has no time of its own stands first: it was before everything that has one, as far as anybody can tell. */
function entry(
  kind: TimelineEntry["kind"],
  key: string,
  at: number | null,
  title: string,
  detail: string | null,
): TimelineEntry {
  return { key, kind, at, order: at ?? 0, title, detail };
}
