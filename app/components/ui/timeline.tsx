import { clsx } from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Time } from "./time.tsx";
import { softTone, type Tone } from "./tone.ts";

export interface TimelineEntry {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly title: ReactNode;
  /** Business time: when it happened. */
  readonly at: number | null;
  /** When we heard of it; muted. */
  readonly arrivedAt?: number | null;
  /** Folded duplicates: "×3". */
  readonly times?: number;
  readonly text?: ReactNode;
  /** Not yet there: drawn dashed. */
  readonly expected?: boolean;
  /** Drawn above the entry: "4 h without word". */
  readonly gap?: ReactNode;
}

/** One line of time. What contradicts itself is loud, what is only expected is dashed. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {entries.map((entry, index) => (
        <TimelineItem key={entry.id} entry={entry} isLast={index === entries.length - 1} />
      ))}
    </ol>
  );
}

function TimelineItem({ entry, isLast }: { entry: TimelineEntry; isLast: boolean }) {
  const Icon = entry.icon;
  return (
    <li id={entry.id} className="relative pb-4 last:pb-0">
      {!isLast && <span aria-hidden className="absolute top-7 bottom-0 left-[11px] border-l border-line-strong" />}
      {entry.gap && (
        <p className="mb-2 ml-9 border-l-2 border-dashed border-line-strong pl-2 text-xs text-muted">{entry.gap}</p>
      )}
      <div className="flex gap-3">
        <span
          className={clsx(
            "relative flex size-6 shrink-0 items-center justify-center rounded-full border",
            softTone[entry.tone],
            entry.expected && "border-dashed",
          )}
        >
          <Icon size={13} aria-hidden />
        </span>
        <div className="min-w-0 flex-1 pt-0.5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <div className={clsx("font-medium", entry.expected && "text-muted")}>
              {entry.title}
              {entry.times !== undefined && entry.times > 1 && (
                <span className="figures ml-1.5 text-sm text-muted" title={`Received ${entry.times} times`}>
                  ×{entry.times}
                </span>
              )}
            </div>
            <div className="text-right text-sm">
              <Time at={entry.at} relative={false} seconds />
              {entry.arrivedAt !== undefined && entry.arrivedAt !== null && (
                <span className="block text-xs text-faint">
                  arrived <Time at={entry.arrivedAt} relative={false} seconds />
                </span>
              )}
            </div>
          </div>
          {entry.text && <div className="mt-0.5 text-sm text-muted">{entry.text}</div>}
        </div>
      </div>
    </li>
  );
}
