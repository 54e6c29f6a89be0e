import {
  attemptWord,
  deliveryStateWord,
  disputeStatusWord,
  eventStateWord,
  paymentStatusWord,
  receiptWord,
  refundStatusWord,
  replayStateWord,
  type StatusWord,
  sessionStatusWord,
} from "~/xendit/codes/status-words.ts";
import { Badge } from "../ui/badge.tsx";

export type StatusKind =
  | "payment"
  | "session"
  | "event"
  | "receipt"
  | "replay"
  | "delivery"
  | "attempt"
  | "refund"
  | "dispute";

const words: Record<StatusKind, (code: string) => StatusWord> = {
  payment: paymentStatusWord,
  session: sessionStatusWord,
  event: eventStateWord,
  receipt: receiptWord,
  replay: replayStateWord,
  delivery: deliveryStateWord,
  attempt: attemptWord,
  refund: refundStatusWord,
  dispute: disputeStatusWord,
};

/** A status in words, the code itself on hover. */
export function StatusBadge({ kind, code }: { kind: StatusKind; code: string }) {
  const { word, tone } = words[kind](code);
  return (
    <Badge tone={tone} title={word === code ? undefined : code}>
      {word}
    </Badge>
  );
}
