import { CircleAlert, CircleDashed, Clock3, History, Lock, type LucideIcon } from "lucide-react";
import type { DayLine } from "~/domain/reconciliation/list-days.server.ts";
import { Badge } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";

type DayState = "closed" | "open" | "running";

export function stateOf({ closing, isOver }: Pick<DayLine, "closing" | "isOver">): DayState {
  if (closing) return "closed";
  return isOver ? "open" : "running";
}

/** Told by word and icon; colour only says it again. */
export const dayStates: Record<DayState, { label: string; tone: Tone; icon: LucideIcon; about: string }> = {
  closed: { label: "Closed", tone: "good", icon: Lock, about: "Its figures are frozen." },
  open: { label: "Open", tone: "waiting", icon: CircleDashed, about: "It is over and not closed yet." },
  running: { label: "Not over", tone: "unknown", icon: Clock3, about: "It is not over yet in the accounting zone." },
};

export const exceptionIcon = CircleAlert;
export const lateIcon = History;

export function DayStateBadge({ line }: { line: Pick<DayLine, "closing" | "isOver"> }) {
  const { label, tone, icon, about } = dayStates[stateOf(line)];
  return (
    <Badge tone={tone} icon={icon} title={about}>
      {label}
    </Badge>
  );
}
