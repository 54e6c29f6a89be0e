import { Inbox, SearchX, Settings2 } from "lucide-react";
import type { ReactNode } from "react";

/** Which of three it is: nothing yet, nothing matches, not set up. */
export type EmptyKind = "nothing-yet" | "no-match" | "not-set-up";

const icons = { "nothing-yet": Inbox, "no-match": SearchX, "not-set-up": Settings2 };

interface EmptyProps {
  readonly kind: EmptyKind;
  readonly title: string;
  /** How to make some, where to clear the filters, or where to set it up. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function Empty({ kind, title, children, action }: EmptyProps) {
  const Icon = icons[kind];
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <Icon size={20} aria-hidden className="text-faint" />
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-[56ch] text-sm whitespace-normal text-muted">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
