import type { Environment } from "~/lib/environment.ts";
import { formatMoney } from "~/lib/money.ts";
import { decodeFailure } from "~/xendit/codes/failure.ts";
import { paymentStatusWord } from "~/xendit/codes/status-words.ts";
import { flagText } from "~/xendit/flags.ts";
import type { Flag, PaymentRequestRow } from "~/xendit/projection.ts";

type Judged = Pick<
  PaymentRequestRow,
  "status" | "failureCode" | "capturedMinor" | "capturedItemised" | "currency" | "flags"
>;

/** Whether a payment record proves anything, in sentences fit to be printed above it. */
export interface Standing {
  /** Money is known to have been captured. Says nothing about the environment: see `unreal`. */
  readonly isPaid: boolean;
  /** One sentence: what the record proves, or that it proves no payment and why. */
  readonly sentence: string;
  /** What takes something away from it, each a sentence; empty when nothing does. */
  readonly reservations: readonly string[];
  /** Set where no real money moves: what a reader must know before anything else. */
  readonly unreal: string | null;
}

/** Facts beside which "paid" alone would mislead. */
const RESERVING: readonly Flag[] = [
  "refunded_in_part",
  "refunded_in_full",
  "refunded_above_captured",
  "disputed",
  "captured_in_part",
  "captured_not_requested",
  "paid_twice",
  "paid_after_expiry",
  "late_success",
  "conflict",
  "sources_disagree",
  "event_and_status_disagree",
  "amount_does_not_fit_currency",
  "masked",
];

const unreal: Record<Environment, string | null> = {
  sandbox: "Made in Paydesk's own sandbox. No bank took part and no money moved.",
  test: "Made in Xendit's test mode. No bank took part and no money moved.",
  live: null,
};

export function standingOf(payment: Judged, environment: Environment): Standing {
  const isPaid = isCaptured(payment);
  return {
    isPaid,
    sentence: isPaid ? paidSentence(payment) : `This is not a proof of payment: ${why(payment)}`,
    reservations: reservations(payment, isPaid),
    unreal: unreal[environment],
  };
}

/** SUCCEEDED counts even when the amount is not itemised; otherwise only captured money does. */
function isCaptured({ status, capturedMinor }: Judged): boolean {
  if (status === "SUCCEEDED") return capturedMinor !== 0;
  return status === "AUTHORIZED" && (capturedMinor ?? 0) > 0;
}

function paidSentence({ status, capturedMinor, capturedItemised, currency }: Judged): string {
  if (capturedMinor === null) return "Xendit reports this payment as succeeded; how much was captured is not known.";
  const captured = formatMoney({ minor: capturedMinor, currency });
  if (!capturedItemised) return `Xendit reports this payment as succeeded for ${captured}; no capture was itemised.`;
  return status === "AUTHORIZED"
    ? `${captured} was captured; the rest is only held on the card.`
    : `${captured} was captured.`;
}

function why({ status, failureCode }: Judged): string {
  const { word } = paymentStatusWord(status);
  switch (status) {
    case "SUCCEEDED":
      return "it is reported as succeeded, but no money was captured.";
    case "AUTHORIZED":
      return "the amount is held on the card and nothing was captured.";
    case "FAILED":
      return failureCode
        ? `it failed (${failureCode}, ${decodeFailure(failureCode).short}) and no money moved.`
        : "it failed and no money moved.";
    case "CANCELED":
      return "it was voided; nothing was captured.";
    case "EXPIRED":
      return "it expired unpaid.";
    case "REQUIRES_ACTION":
      return "the shopper has not finished 3-D Secure; no outcome is known.";
    case "UNKNOWN":
      return "no webhook and no answer of Xendit has told an outcome.";
    case "PENDING":
    case "ACCEPTING_PAYMENTS":
      return "no outcome is known yet.";
    default:
      return `its status “${word}” is not one Paydesk knows, and counts as no success.`;
  }
}

function reservations({ flags, capturedMinor, capturedItemised }: Judged, isPaid: boolean): readonly string[] {
  const told = flags
    .filter((flag) => RESERVING.includes(flag))
    .map((flag) => `${flagText[flag].label}: ${lowerFirst(flagText[flag].explanation)}`);
  const isGuessed = isPaid && (capturedMinor === null || !capturedItemised);
  return isGuessed ? ["Not itemised: Xendit named no single capture, so there is no capture id.", ...told] : told;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
