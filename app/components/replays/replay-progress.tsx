import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import type { ReplayProgress } from "~/domain/replays/replay-plan.ts";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { formatDuration } from "~/lib/time.ts";
import { Panel } from "../ui/panel.tsx";
import { figure } from "./counted.ts";
import { ReplayStateBadge } from "./replay-badges.tsx";
import { endText, hasEnd, stateText } from "./replay-words.ts";

export interface ReplayProgressProps {
  readonly replay: ReplayRow;
  readonly progress: ReplayProgress;
  /** When `progress` was read, UTC milliseconds. */
  readonly readAt: number;
}

/** How far it is: a bar with its words, how fast, until when; and once it is over, one calm sentence. */
export function ReplayProgressPanel({ replay, progress, readAt }: ReplayProgressProps) {
  const { counts, total, state } = progress;
  const isOver = (state === "finished" || state === "cancelled") && counts.waiting === 0;
  return (
    <Panel title="Progress" id="progress">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <ReplayStateBadge replay={{ state, counts }} />
        <Bar total={total} counts={counts} />
      </div>
      {/* Two lines of their height whatever they say: nothing below moves while it runs. */}
      <p className="mt-2 min-h-5 font-medium" role="status">
        {isOver ? endText(replay, progress) : stateText(replay, progress)}
      </p>
      <p className="figures min-h-5 text-sm text-muted">
        {!isOver && hasEnd(replay) && <Pace {...{ progress, readAt }} />}
      </p>
      <Counts replay={replay} progress={progress} />
    </Panel>
  );
}

function Bar({ total, counts }: Pick<ReplayProgress, "total" | "counts">) {
  const ended = counts.delivered + counts.failed + counts.left_out;
  const width = (count: number) => ({ width: `${total === 0 ? 0 : (count / total) * 100}%` });
  const text = `${figure(ended)} of ${figure(total)} ended`;
  return (
    <>
      <div
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={ended}
        aria-valuetext={text}
        className="flex h-2 min-w-[120px] flex-1 overflow-hidden rounded-sm bg-line"
      >
        <div className="h-full bg-good" style={width(counts.delivered)} />
        <div className="h-full bg-bad" style={width(counts.failed)} />
        <div className="h-full bg-faint" style={width(counts.left_out)} />
      </div>
      <span className="figures min-w-[15ch] text-right text-sm text-muted">{text}</span>
    </>
  );
}

function Pace({ progress, readAt }: Pick<ReplayProgressProps, "progress" | "readAt">) {
  const { perSecond, expectedEndAt, state } = progress;
  if (state !== "running" && state !== "planned") return null;
  if (perSecond === 0) return <>Nothing ended in the last 15 s</>;
  const left = expectedEndAt === null ? "" : `, about ${formatDuration(Math.max(1_000, expectedEndAt - readAt))} left`;
  return (
    <>
      {perSecond.toLocaleString("en")} a second{left}
    </>
  );
}

/** Each figure leads to its deliveries. */
function Counts({ replay, progress: { counts } }: Pick<ReplayProgressProps, "replay" | "progress">) {
  const done = replay.kind === "reprocess" ? "Processed" : "Delivered";
  const items = [
    ["delivered", done, counts.delivered],
    ["failed", "Failed", counts.failed],
    ["left_out", "Left out", counts.left_out],
    ["waiting", "Waiting", counts.waiting],
  ] as const;
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
      {items.map(([state, label, count]) => (
        <div key={state}>
          <dt className="text-sm text-muted">{label}</dt>
          <dd className={clsx("figures text-lg font-semibold", state === "failed" && count > 0 && "text-bad")}>
            {count === 0 ? (
              0
            ) : (
              <Link to={`${withParams(paths.replay(replay.replayId), { state })}#events`} className="link">
                {figure(count)}
              </Link>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
