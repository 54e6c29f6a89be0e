import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import { Id } from "../ui/id.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ReplayStateBadge } from "./replay-badges.tsx";

const bar =
  "h-1.5 min-w-0 flex-1 appearance-none overflow-hidden rounded-sm bg-line " +
  "[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent";

export function ReplaySummary({ replay }: { replay: ReplayRow }) {
  const { counts, total } = replay;
  const ended = total - counts.waiting;
  return (
    <Panel title="Progress" id="progress">
      <div className="mb-3 flex items-center gap-3">
        <ReplayStateBadge replay={replay} />
        <progress value={ended} max={total} className={bar} aria-label={`${ended} of ${total} ended`} />
        <span className="figures text-sm text-muted">
          {ended} of {total}
        </span>
      </div>
      <Facts
        items={[
          { label: replay.kind === "send" ? "Delivered" : "Processed", value: counts.delivered },
          { label: "Failed", value: counts.failed },
          { label: "Left out", value: counts.left_out },
          { label: "Waiting", value: counts.waiting },
          { label: "Environment", value: replay.environment },
          { label: "Ordered by", value: replay.orderedBy ?? "somebody removed since" },
          { label: "Ordered", value: <Time at={replay.orderedAt} seconds /> },
          { label: "Ended", value: <Time at={replay.finishedAt} seconds /> },
          { label: "Replay", value: <Id value={replay.replayId} kind="replay" whole /> },
        ]}
      />
    </Panel>
  );
}
