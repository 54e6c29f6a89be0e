import { formatMoney } from "~/lib/money.ts";
import { DAY, formatDuration, HOUR, MINUTE } from "~/lib/time.ts";
import type { Tone } from "~/xendit/codes/reading.ts";
import { paymentStatusWord } from "~/xendit/codes/status-words.ts";
import type { PaymentDetail } from "../find-payment.server.ts";
import type { StepTold } from "../payment-steps.server.ts";
import { isWaitingStatus } from "./timeline-entry.ts";

/** What a payment waits for, or has waited for in vain, and what to do about it. Plain data with an example each. */
export interface ExpectedNext {
  readonly id: string;
  readonly title: string;
  /** What to do next. */
  readonly advice: string;
  /** By when it should come; `null` when nobody says. */
  readonly dueAt: number | null;
  readonly tone: Extract<Tone, "waiting" | "look" | "bad">;
}

export interface Awaiting extends Pick<PaymentDetail, "request" | "payments" | "refunds" | "disputes" | "session"> {
  readonly steps: readonly StepTold[];
  readonly now: number;
}

/** A card payment request lapses ten minutes after it was made, a hold after seven days (FACTS 2.4). */
export const REQUEST_LIFE = 10 * MINUTE;
export const HOLD_LIFE = 7 * DAY;
/** Retries end about 24 hours after the first attempt (FACTS 5.4). */
export const RETRIES_END = 24 * HOUR;
/** A webhook follows a capture within seconds (FACTS 5.5); this late it deserves a look. */
export const LATE = 5 * MINUTE;

type Rule = (awaiting: Awaiting) => ExpectedNext | readonly ExpectedNext[] | null;

const rules: readonly Rule[] = [
  sessionCompletedNoPayment,
  shopperInThreeDs,
  nothingSinceCvn,
  noOutcomeYet,
  paymentWebhookMissing,
  sessionWebhookMissing,
  holdToDecide,
  sessionStillOpen,
  refundsPending,
  disputesDue,
];

/** Every rule that holds; most payments end with none. */
export function expectedNext(awaiting: Awaiting): readonly ExpectedNext[] {
  return rules.flatMap((rule) => rule(awaiting) ?? []);
}

function sessionCompletedNoPayment({ request, session, now }: Awaiting): ExpectedNext | null {
  if (!isWaitingStatus(request.status) || session?.status !== "COMPLETED") return null;
  return {
    id: "no-payment-webhook",
    title: `Session completed${ago(session.updatedAt, now)}, no payment webhook yet`,
    advice: webhookAdvice(session.updatedAt, now),
    dueAt: null,
    tone: lateness(session.updatedAt, now),
  };
}

function shopperInThreeDs({ request, session, now }: Awaiting): ExpectedNext | null {
  if (request.status !== "REQUIRES_ACTION" || session?.status === "COMPLETED") return null;
  const until = request.expiresAt ?? (request.createdAt === null ? null : request.createdAt + REQUEST_LIFE);
  if (until !== null && until <= now) {
    return {
      id: "three-ds-overdue",
      title: `The time for 3-D Secure ended${ago(until, now)}, and no outcome was told`,
      advice: "Check with Xendit: the shopper may have left, or the webhook was lost.",
      dueAt: null,
      tone: "look",
    };
  }
  return {
    id: "three-ds",
    title: "Waiting for the shopper in 3-D Secure",
    advice: until === null ? "Check with Xendit if it takes long." : "After this the payment request expires unpaid.",
    dueAt: until,
    tone: "waiting",
  };
}

function nothingSinceCvn({ request, session, steps, now }: Awaiting): ExpectedNext | null {
  if (request.status !== "UNKNOWN" || session?.status === "COMPLETED") return null;
  const heardAt = steps.findLast(({ step }) => step !== "check")?.at ?? session?.createdAt ?? null;
  const isOver = session !== null && ["EXPIRED", "CANCELED"].includes(session.status);
  return {
    id: "nothing-since-cvn",
    title:
      heardAt === null
        ? "CVN collected, nothing heard since"
        : `CVN collected, nothing heard since (${since(heardAt, now)})`,
    advice: isOver
      ? "Its session is over. Check with Xendit before the order is given up."
      : "Check with Xendit. If it knows the payment, look at the webhook set-up.",
    dueAt: null,
    tone: lateness(heardAt, now),
  };
}

function noOutcomeYet({ request, session, now }: Awaiting): ExpectedNext | null {
  if (!["PENDING", "ACCEPTING_PAYMENTS"].includes(request.status) || session?.status === "COMPLETED") return null;
  const { createdAt } = request;
  return {
    id: "no-outcome",
    title:
      createdAt === null ? "No outcome was told yet" : `No outcome yet, ${since(createdAt, now)} after it was made`,
    advice: "Check with Xendit: a final state may arrive late.",
    dueAt: null,
    tone: lateness(createdAt, now),
  };
}

function paymentWebhookMissing({ request, now }: Awaiting): ExpectedNext | null {
  if (request.missing !== "payment_webhook" || isWaitingStatus(request.status)) return null;
  const at = request.capturedAt ?? request.updatedAt ?? request.createdAt;
  const { word } = paymentStatusWord(request.status);
  return {
    id: "no-payment-webhook",
    title: `Xendit's API says ${word.toLowerCase()}${ago(at, now)}, no payment webhook yet`,
    advice: webhookAdvice(at, now),
    dueAt: null,
    tone: lateness(at, now),
  };
}

function sessionWebhookMissing({ request, payments, now }: Awaiting): ExpectedNext | null {
  if (request.missing !== "session_webhook") return null;
  const isHeld = request.status === "AUTHORIZED";
  const at = isHeld ? heldSince(request, payments) : (request.capturedAt ?? request.createdAt);
  return {
    id: "no-session-webhook",
    title: `${isHeld ? "Held" : "Captured"}${ago(at, now)}, no session webhook yet`,
    advice: webhookAdvice(at, now),
    dueAt: null,
    tone: lateness(at, now),
  };
}

function holdToDecide({ request, payments, now }: Awaiting): ExpectedNext | null {
  if (request.status !== "AUTHORIZED") return null;
  const since = heldSince(request, payments);
  if (since === null) return null;
  const until = since + HOLD_LIFE;
  if (until > now) {
    return {
      id: "hold",
      title: "Capture or void the hold",
      advice: "Seven days after it was authorized the hold lapses, and the money cannot be captured any more.",
      dueAt: until,
      tone: until - now < DAY ? "look" : "waiting",
    };
  }
  return {
    id: "hold-lapsed",
    title: `The hold should have lapsed${ago(until, now)}, and no expiry was told`,
    advice: "Check with Xendit before anything is delivered. A void has no webhook: only the check shows it.",
    dueAt: null,
    tone: "look",
  };
}

/** A failed try leaves its session open: the shopper may come again (FACTS 2.3). */
function sessionStillOpen({ request, session, now }: Awaiting): ExpectedNext | null {
  if (request.status !== "FAILED" || !session || !["ACTIVE", "PENDING"].includes(session.status)) return null;
  if (session.expiresAt === null) return null;
  if (session.expiresAt > now) {
    return {
      id: "session-open",
      title: "The session is still open: the shopper may try again",
      advice: "Nothing to do. Another try is a payment of its own, listed with the session.",
      dueAt: session.expiresAt,
      tone: "waiting",
    };
  }
  return {
    id: "session-past-expiry",
    title: `The session is past its expiry${ago(session.expiresAt, now)}, no session webhook yet`,
    advice: webhookAdvice(session.expiresAt, now),
    dueAt: null,
    tone: lateness(session.expiresAt, now),
  };
}

function refundsPending({ refunds, now }: Awaiting): readonly ExpectedNext[] {
  return refunds
    .filter(({ status }) => status === "PENDING")
    .map(({ refundId, createdAt, amountMinor: minor, amountRaw: raw, currency }) => ({
      id: `refund-pending-${refundId}`,
      title: `Refund of ${formatMoney({ minor, raw, currency })} asked for${ago(createdAt, now)}, its end not told yet`,
      advice: "Wait for its webhook. Until it ends, another refund of this payment is refused.",
      dueAt: null,
      tone: createdAt !== null && now - createdAt > RETRIES_END ? "look" : "waiting",
    }));
}

function disputesDue({ disputes, now }: Awaiting): readonly ExpectedNext[] {
  return disputes
    .filter(({ status, dueAt }) => status === "ACTION_REQUIRED" && dueAt !== null && dueAt > now)
    .map(({ disputeId, dueAt }) => ({
      id: `dispute-due-${disputeId}`,
      title: "Answer to the dispute is due",
      advice: "Send the evidence in Xendit's dashboard; the evidence bundle of this page is made for it.",
      dueAt,
      tone: dueAt !== null && dueAt - now < 2 * DAY ? "look" : "waiting",
    }));
}

/** The earliest held payment; when it was made is the nearest thing told to when it was authorized. */
function heldSince(request: Awaiting["request"], payments: Awaiting["payments"]): number | null {
  const times = payments.filter(({ status }) => status === "AUTHORIZED").map(({ createdAt }) => createdAt);
  const known = times.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : request.createdAt;
}

function webhookAdvice(at: number | null, now: number): string {
  return at !== null && now - at > RETRIES_END
    ? "Xendit's retries end after about 24 hours. Check with Xendit for the truth, and look at the webhook set-up."
    : "Check with Xendit for the truth. If others are missing too, look at the webhook set-up.";
}

function lateness(at: number | null, now: number): "waiting" | "look" {
  return at !== null && now - at < LATE ? "waiting" : "look";
}

function ago(at: number | null, now: number): string {
  return at === null || at > now ? "" : ` ${since(at, now)} ago`;
}

/** Whole minutes: this is read by people, and told again a second later. */
function since(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  return passed < MINUTE ? "less than a minute" : formatDuration(passed - (passed % MINUTE));
}
