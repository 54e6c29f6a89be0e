import { useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import type { LucideIcon } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Time } from "./time.tsx";
import { softTone, type Tone } from "./tone.ts";

export interface TimelineItem {
  /** The anchor links point to. */
  readonly id: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
  /** When it happened: the column on the left. */
  readonly at: number | null;
  /** Stands there when there is no time. */
  readonly untimed: string;
  readonly title: ReactNode;
  /** Below the title, muted: more about it, and when it was heard of. */
  readonly children?: ReactNode;
  /** Not yet there: drawn dashed. */
  readonly isExpected?: boolean;
  /** What contradicts itself: a bar along it. */
  readonly isLoud?: boolean;
  /** Drawn above it: "4 h without word". */
  readonly gap?: string;
}

/** One line of time: when on the left, what on the right. The one the address points to is lit. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  const target = useTarget();
  return (
    <ol aria-label={label} className="flex flex-col">
      {items.map((item, index) => (
        <Item key={item.id} item={item} isLast={index === items.length - 1} isTarget={item.id === target} />
      ))}
    </ol>
  );
}

function Item({ item, isLast, isTarget }: { item: TimelineItem; isLast: boolean; isTarget: boolean }) {
  const { id, icon: Icon, tone, at, untimed, title, children, isExpected, isLoud, gap } = item;
  return (
    <li
      id={id}
      data-target={isTarget || undefined}
      className="timeline-item scroll-mt-20 -mx-2 grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 rounded-md px-2 sm:grid-cols-[152px_24px_minmax(0,1fr)]"
    >
      {gap && (
        <p className="col-start-2 border-l-2 border-dotted border-line-strong py-1 pl-2 text-xs text-muted sm:col-start-3">
          {gap}
        </p>
      )}
      <p className="col-start-2 row-start-auto pt-1 text-xs text-muted sm:col-start-1 sm:text-right sm:text-sm sm:text-ink">
        {at === null ? <span className="text-muted">{untimed}</span> : <Time at={at} relative={false} seconds />}
      </p>
      <span className="relative col-start-1 row-span-2 flex justify-center sm:col-start-2 sm:row-span-1" data-rail="">
        {!isLast && (
          <span
            aria-hidden
            className={clsx(
              "absolute top-7 -bottom-1 border-l",
              isExpected ? "border-dashed" : "",
              "border-line-strong",
            )}
          />
        )}
        <span
          className={clsx(
            "mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full border",
            softTone[tone],
            isExpected && "border-dashed bg-transparent",
          )}
        >
          <Icon size={13} aria-hidden />
        </span>
      </span>
      <div
        className={clsx(
          "col-start-2 min-w-0 pt-1 pb-3 text-sm sm:col-start-3",
          isLoud && "border-l-2 border-bad pl-2",
          isExpected && "border-l border-dashed border-line-strong pl-2",
        )}
      >
        <div className={clsx("break-words", isExpected ? "text-muted" : "font-medium")}>{title}</div>
        {children}
      </div>
    </li>
  );
}

/** The id after `#`. Known in the browser only; a page that is loaded whole has `:target` for it meanwhile. */
function useTarget(): string | null {
  const { hash } = useLocation();
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => setTarget(hash === "" ? null : decodeURIComponent(hash.slice(1))), [hash]);
  return target;
}
