import { formatMoney } from "~/lib/money.ts";
import { disputeStatusWord, refundStatusWord } from "~/xendit/codes/status-words.ts";
import type { PaymentDetail } from "../find-payment.server.ts";
import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

/** More captures than this are one line and a link to their panel. */
const CAPTURES_TOLD = 12;

type Captures = Pick<PaymentDetail, "captures" | "captureCount">;

export function captureEntries({ captures, captureCount }: Captures): readonly TimelineEntry[] {
  const told = captures.slice(0, CAPTURES_TOLD).map(captureEntry);
  const rest = captureCount - told.length;
  const after = captures[CAPTURES_TOLD];
  if (rest <= 0 || !after) return told;
  const more = timelineEntry({
    key: "captures-more",
    kind: "capture",
    tone: "good",
    at: after.capturedAt,
    order: after.capturedAt ?? told.at(-1)?.order ?? 0,
    title: `${rest.toLocaleString("en")} more captures from here on`,
    link: { path: "#captures", text: "Captures" },
  });
  return [...told, more];
}

function captureEntry(capture: PaymentDetail["captures"][number]): TimelineEntry {
  const { captureId, capturedAt, amountMinor: minor, amountRaw: raw, currency } = capture;
  return timelineEntry({
    key: `capture-${captureId}`,
    kind: "capture",
    tone: "good",
    at: capturedAt,
    title: `Captured ${formatMoney({ minor, raw, currency })}`,
    detail: captureId,
  });
}

export function refundEntry(refund: PaymentDetail["refunds"][number]): TimelineEntry {
  const { refundId, createdAt, status, reason, failureCode, amountMinor: minor, amountRaw: raw, currency } = refund;
  const { word, tone } = refundStatusWord(status);
  return timelineEntry({
    key: `refund-${refundId}`,
    kind: "refund",
    tone,
    at: createdAt,
    title: `Refund of ${formatMoney({ minor, raw, currency })} asked for`,
    detail: [`now ${word.toLowerCase()}`, failureCode, reason].filter(Boolean).join(", "),
  });
}

/** Until the answer is given its due day is expected; past it, it stands in the story. */
export function disputeEntries(dispute: PaymentDetail["disputes"][number], now: number): readonly TimelineEntry[] {
  const { disputeId, createdAt, dueAt, status, statusReason, amountMinor: minor, amountRaw: raw, currency } = dispute;
  const { word, tone } = disputeStatusWord(status);
  const opened = timelineEntry({
    key: `dispute-${disputeId}`,
    kind: "dispute",
    tone,
    at: createdAt,
    title: `Dispute of ${formatMoney({ minor, raw, currency })} opened`,
    detail: [`now ${word.toLowerCase()}`, statusReason].filter(Boolean).join(", "),
  });
  if (dueAt === null || dueAt > now || status !== "ACTION_REQUIRED") return [opened];
  const due = { key: `dispute-due-${disputeId}`, kind: "dispute", tone: "bad", at: dueAt } as const;
  return [opened, timelineEntry({ ...due, title: "Answer to the dispute was due" })];
}
