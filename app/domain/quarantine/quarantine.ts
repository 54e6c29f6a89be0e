import { STATE_REASONS, type StateReason } from "~/xendit/observation.ts";

/** Quarantine as a work list: what is open, what needs no more work, what was taken out for good. Browser-safe. */

export const QUARANTINE_TABS = ["open", "aside", "expunged"] as const;
export type QuarantineTab = (typeof QUARANTINE_TABS)[number];

export const tabLabel: Record<QuarantineTab, string> = { open: "Open", aside: "Set aside", expunged: "Expunged" };

/** What an event can be in quarantine for while its body is still there. */
export const OPEN_REASONS = [
  "not_json",
  "masked_card_data",
  "no_payment_request_id",
  "no_payment_id",
  "no_status",
  "no_session_id",
  "no_usable_id",
  "unknown_card_event",
  "projection_failed",
] as const satisfies readonly StateReason[];
export type OpenReason = (typeof OPEN_REASONS)[number];

interface ReasonWords {
  /** For a chip and a column. */
  readonly title: string;
  /** What would mend it, or that nothing does and why it may be set aside. */
  readonly mend: string;
}

const askXendit = "Check the payment with Xendit: the answer tells what this leaves out. Then set it aside.";

export const reasonWords: Record<OpenReason, ReasonWords> = {
  not_json: {
    title: "Not JSON",
    mend: "Nothing here can mend the bytes. Have it sent again from Xendit's dashboard, then set it aside.",
  },
  masked_card_data: {
    title: "Card data masked",
    mend: "Tell whoever sends card data to stop. These bytes go to no destination; set it aside once they know.",
  },
  no_payment_request_id: { title: "No payment request id", mend: askXendit },
  no_payment_id: { title: "No payment id", mend: askXendit },
  no_status: { title: "No status", mend: askXendit },
  no_session_id: {
    title: "No session id",
    mend: "Its payment's own webhooks tell the rest. Look at the body, then set it aside.",
  },
  no_usable_id: {
    title: "No usable id",
    mend: "Look at the body for a reference you know. If it is no card payment of yours, set it aside.",
  },
  unknown_card_event: {
    title: "Unknown card event",
    mend: "A later Paydesk may know it: process it again after an update. It changes no payment until then.",
  },
  projection_failed: {
    title: "Reading it failed",
    mend: "Process it again, and once more after an update. If it still fails, report its event id.",
  },
};

/** Reasons in the store are text; one without words is named as it is. */
export function readReason(reason: string | null): StateReason | null {
  return STATE_REASONS.find((one) => one === reason) ?? null;
}

export function isOpenReason(reason: string | null): reason is OpenReason {
  return OPEN_REASONS.some((one) => one === reason);
}

export function reasonTitle(reason: string | null): string {
  return isOpenReason(reason) ? reasonWords[reason].title : (reason ?? "No reason was kept");
}

/** How many of an event id's last characters have to be typed before its body is expunged. */
export const CONFIRMED_BY = 6;

export type QuarantineRefusal = "absent" | "not_open" | "not_set_aside" | "nothing_open";

export const quarantineRefusals: Record<QuarantineRefusal, string> = {
  absent: "A chosen webhook is not here, or not yours to change.",
  not_open: "A chosen webhook is not open any more. Nothing was changed; look again.",
  not_set_aside: "A chosen webhook is not set aside any more. Nothing was changed; look again.",
  nothing_open: "Nothing open matches these filters any more.",
};
