import type { DeliveryRow } from "~/domain/replays/delivery-queries.server.ts";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import { deliveryStateWord, replayStateWord } from "~/xendit/codes/status-words.ts";
import { Badge } from "../ui/badge.tsx";

/** A replay that ended with failures is finished, and not green. */
export function ReplayStateBadge({ replay }: { replay: Pick<ReplayRow, "state" | "counts"> }) {
  const { word, tone } = replayStateWord(replay.state);
  const hasFailed = replay.counts.failed > 0;
  return <Badge tone={tone === "good" && hasFailed ? "look" : tone}>{word}</Badge>;
}

/** What is processed again here is delivered nowhere. */
export function DeliveryBadge({ kind, state }: { kind: ReplayRow["kind"]; state: DeliveryRow["state"] }) {
  const { word, tone } = deliveryStateWord(state);
  return <Badge tone={tone}>{kind === "reprocess" && state === "delivered" ? "Processed" : word}</Badge>;
}
