import { clsx } from "clsx";
import { CircleAlert, CircleCheck, CircleDashed, CircleX, Clock3, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { softTone, type Tone } from "./tone.ts";

export const toneIcon: Record<Tone, LucideIcon> = {
  good: CircleCheck,
  bad: CircleX,
  waiting: Clock3,
  look: CircleAlert,
  unknown: CircleDashed,
};

interface BadgeProps {
  readonly tone: Tone;
  /** An icon of its own, `false` for none; else the tone's. */
  readonly icon?: LucideIcon | false;
  readonly title?: string;
  readonly children: ReactNode;
}

export function Badge({ tone, icon, title, children }: BadgeProps) {
  const Icon = icon === false ? null : (icon ?? toneIcon[tone]);
  return (
    <span className={clsx(pill, softTone[tone])} title={title}>
      {Icon && <Icon size={12} strokeWidth={2.25} aria-hidden className="shrink-0" />}
      {children}
    </span>
  );
}

export const pill =
  "inline-flex h-5 max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap";
