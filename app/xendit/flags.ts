import type { Tone } from "./codes/reading.ts";
import { ANOMALIES, type Anomaly, FLAGS, type Flag } from "./projection.ts";

export interface FlagText {
  readonly label: string;
  readonly explanation: string;
  readonly tone: Tone;
}

export const flagText: Record<Flag, FlagText> = {
  paid_after_expiry: {
    label: "Paid after expiry",
    explanation: "The first capture is later than the expiry that was reported. The order may be gone; the money came.",
    tone: "look",
  },
  paid_expiry_also_reported: {
    label: "Paid; expiry also reported",
    explanation: "An expiry was reported, but money had been captured before it, or one of the two times is not known.",
    tone: "look",
  },
  late_success: {
    label: "Late success",
    explanation: "It succeeded although it had also been reported failed, voided or expired. The success counts.",
    tone: "look",
  },
  held_and_failed: {
    label: "Held and failed",
    explanation: "Reported as held and as failed. It counts as failed; the hold may still be on the card.",
    tone: "look",
  },
  captured_in_part: {
    label: "Captured in part",
    explanation: "Less was captured than was requested.",
    tone: "waiting",
  },
  refunded_in_part: {
    label: "Refunded in part",
    explanation: "Part of what was captured has been returned.",
    tone: "waiting",
  },
  refunded_in_full: {
    label: "Refunded in full",
    explanation: "All that was captured has been returned.",
    tone: "waiting",
  },
  refunded_above_captured: {
    label: "Refunded above captured",
    explanation: "More has been returned than is known to have been captured.",
    tone: "bad",
  },
  disputed: {
    label: "Disputed",
    explanation: "The cardholder's bank has opened a dispute. See its state and due date.",
    tone: "bad",
  },
  paid_twice: {
    label: "Paid twice",
    explanation: "Two payment requests of one session were paid. Both count until one is refunded.",
    tone: "bad",
  },
  conflict: {
    label: "Conflict",
    explanation:
      "One event arrived with contents that contradict each other. All are kept; their values stand side by side.",
    tone: "bad",
  },
  sources_disagree: {
    label: "Sources disagree",
    explanation:
      "Two different values were told for one field. The first by source and time is shown, with the others.",
    tone: "look",
  },
  masked: {
    label: "Card data masked",
    explanation: "A body carried card data, which was masked before it was stored. That body is quarantined.",
    tone: "bad",
  },
  claimed: {
    label: "Claimed",
    explanation: "Only the browser's word ties this payment to its session; no webhook or API answer has said so yet.",
    tone: "waiting",
  },
  eci_does_not_fit_network: {
    label: "ECI does not fit the network",
    explanation: "The card's network does not use this ECI. Compare the network with the 3-D Secure data.",
    tone: "look",
  },
  cvn_n_yet_approved: {
    label: "CVN N, yet approved",
    explanation: "The CVN did not match and the issuer approved all the same.",
    tone: "look",
  },
  avs_n_yet_approved: {
    label: "AVS N, yet approved",
    explanation: "The address did not match and the issuer approved all the same.",
    tone: "look",
  },
  approved_without_3ds: {
    label: "Approved without 3-D Secure",
    explanation: "The issuer's answer is there and no authentication data is: fraud chargebacks are the merchant's.",
    tone: "look",
  },
  captured_not_requested: {
    label: "Captured ≠ requested",
    explanation: "The captured amount is not the requested amount.",
    tone: "look",
  },
  event_and_status_disagree: {
    label: "Event and status disagree",
    explanation: "An event's name promises another status than its body carries. The body's status is taken.",
    tone: "look",
  },
  amount_does_not_fit_currency: {
    label: "Amount does not fit the currency",
    explanation: "An amount has more decimals than its currency, or a currency we do not know. It is in no total.",
    tone: "look",
  },
};

/** Each once, in the order of the table, so that rows compare. */
export function sortedFlags(flags: readonly Flag[]): readonly Flag[] {
  return FLAGS.filter((flag) => flags.includes(flag));
}

/** The gravest of the flags that are no everyday matter; refunds, partial captures and claims are. */
export function anomalyOf(flags: readonly Flag[]): Anomaly | null {
  return ANOMALIES.find((tone) => flags.some((flag) => flagText[flag].tone === tone)) ?? null;
}
