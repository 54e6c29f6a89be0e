import { classText, noteText } from "~/xendit/reconcile/class-words.ts";
import type { Note, ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import { Badge } from "../ui/badge.tsx";

/** A class in words, its sentence on hover. */
export function ClassBadge({ value }: { value: ReconciliationClass }) {
  const { label, explanation, tone } = classText[value];
  return (
    <Badge tone={tone} title={explanation}>
      {label}
    </Badge>
  );
}

/** Whatever else is true of a group beside its class. */
export function NoteBadge({ value }: { value: Note }) {
  const { label, explanation, tone } = noteText[value];
  return (
    <Badge tone={tone} title={explanation}>
      {label}
    </Badge>
  );
}
