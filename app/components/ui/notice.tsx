import { clsx } from "clsx";
import type { ReactNode } from "react";
import { toneIcon } from "./badge.tsx";
import { softTone, type Tone } from "./tone.ts";

interface NoticeProps {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Read out at once: for what went wrong just now. */
  readonly urgent?: boolean;
}

/** A banner inside the page: what is the matter, and what to do. */
export function Notice({ tone, title, children, action, urgent }: NoticeProps) {
  const Icon = toneIcon[tone];
  return (
    <div
      role={urgent ? "alert" : "note"}
      className={clsx("mb-4 flex items-start gap-2.5 rounded-md border px-3 py-2", softTone[tone])}
    >
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children && <div className="mt-0.5 text-sm text-ink">{children}</div>}
      </div>
      {action && <div className="shrink-0">{action}</div>}
    </div>
  );
}
