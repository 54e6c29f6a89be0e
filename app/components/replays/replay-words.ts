import type { ReplayProgress } from "~/domain/replays/replay-plan.ts";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import { formatDuration } from "~/lib/time.ts";
import { figure } from "./counted.ts";

type Named = Pick<ReplayRow, "kind" | "destination" | "targetUrl">;

/** A replay's kind as the list names it. */
export const kindWord: Record<ReplayRow["kind"], string> = {
  send: "Sent",
  reprocess: "Processed again",
  forward: "Forwarded",
  listen: "Listened",
};

/** "To staging", "Processed again here", "Forwarded to staging", "Listener at http://localhost:4000/hook". */
export function replayTitle(replay: Named): string {
  if (replay.kind === "reprocess") return "Processed again here";
  if (replay.kind === "listen") return `Listener at ${replay.targetUrl ?? "a terminal"}`;
  return `${replay.kind === "forward" ? "Forwarded to" : "To"} ${destinationName(replay)}`;
}

/** The heading of its own page. */
export function replayHeading(replay: Named): string {
  return replay.kind === "send" ? `Replay to ${destinationName(replay)}` : replayTitle(replay);
}

export function destinationName({ destination, targetUrl }: Pick<ReplayRow, "destination" | "targetUrl">): string {
  return destination ?? targetUrl ?? "a removed destination";
}

/** Whether it has an end: what forwards or listens goes on until somebody stops it. */
export function hasEnd({ kind }: Pick<ReplayRow, "kind">): boolean {
  return kind === "send" || kind === "reprocess";
}

/** Whether its page may hold or end it: what forwards is turned on and off where it is set up. */
export function isMovable({ kind }: Pick<ReplayRow, "kind">): boolean {
  return kind !== "forward";
}

/** "Replayed to staging: 1,200 delivered, 4 failed, 0 waiting in 2 min 4 s". */
export function endText(
  replay: Named & Pick<ReplayRow, "orderedAt" | "finishedAt">,
  { counts }: ReplayProgress,
): string {
  const isHere = replay.kind === "reprocess";
  const head = isHere ? "Processed again here" : `Replayed to ${destinationName(replay)}`;
  const parts = [
    `${figure(counts.delivered)} ${isHere ? "processed" : "delivered"}`,
    `${figure(counts.failed)} failed`,
    ...(counts.left_out > 0 ? [`${figure(counts.left_out)} left out`] : []),
    `${figure(counts.waiting)} waiting`,
  ];
  const took = replay.finishedAt === null ? "" : ` in ${formatDuration(replay.finishedAt - replay.orderedAt)}`;
  return `${head}: ${parts.join(", ")}${took}`;
}

/** What the present state means for what is under way and what waits. */
export function stateText({ kind }: Named, { state, isFilling, counts }: ReplayProgress): string | null {
  if (kind === "listen" && state === "running") return "Goes on until the program ends.";
  if (kind === "listen" && state === "paused")
    return "Paused. What arrives is kept for the program until it is resumed.";
  if (state === "planned") return "Being written down; it begins by itself.";
  if (state === "running") {
    return isFilling ? "Running while the rest is written down." : "Runs in the background; this page may be closed.";
  }
  if (state === "paused")
    return "Paused. Tries that were under way end and count; what waits is held until it is resumed.";
  if (state === "cancelled" && (isFilling || counts.waiting > 0))
    return "Cancelled. What still waits is being left out.";
  return null;
}
