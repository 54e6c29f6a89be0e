import { clsx } from "clsx";
import { Check, Copy as CopyIcon } from "lucide-react";
import { useCopy } from "./use-copy.ts";

interface CopyProps {
  readonly text: string;
  /** What is copied, for the button's name: "Copy webhook URL". */
  readonly what: string;
  /** Written beside the icon. */
  readonly label?: string;
  readonly className?: string;
}

export function Copy({ text, what, label, className }: CopyProps) {
  const { copied, copy } = useCopy();
  const Icon = copied ? Check : CopyIcon;
  return (
    <button
      type="button"
      data-copy-button=""
      onClick={() => copy(text)}
      title={`Copy ${what}`}
      aria-label={nameOf(copied ? "Copied" : "Copy", what, label)}
      className={clsx(
        "inline-flex h-6 min-w-6 shrink-0 items-center justify-center gap-1 rounded-sm px-1 text-sm text-muted hover:bg-hover hover:text-ink",
        copied && "text-good",
        className,
      )}
    >
      <Icon size={13} aria-hidden />
      {label}
    </button>
  );
}

/** Who speaks to a computer says what is written: a name holds its label (WCAG 2.5.3). */
function nameOf(verb: string, what: string, label: string | undefined): string {
  const name = `${verb} ${what}`;
  return label && !name.includes(label) ? `${label}: ${name}` : name;
}
