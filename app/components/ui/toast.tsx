import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { toneIcon } from "./badge.tsx";
import { type Tone, textTone } from "./tone.ts";

export interface ToastMessage {
  readonly tone: Tone;
  readonly text: string;
}

const SHOWN_MS = 6_000;

/** What just happened, said once at the bottom of the window. Bad news stays until it is put away. */
export function Toast({ toast }: { toast: ToastMessage | null }) {
  const [shown, setShown] = useState(toast);
  useEffect(() => {
    if (toast) setShown(toast);
  }, [toast]);
  useEffect(() => {
    if (!shown || shown.tone === "bad") return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);

  // The region is there before the words are, or screen readers would not read them.
  return (
    <div role="status" className="pointer-events-none fixed inset-x-3 bottom-3 z-50 flex justify-center">
      {shown && <ToastCard toast={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

function ToastCard({ toast, onClose }: { toast: ToastMessage; onClose: () => void }) {
  const Icon = toneIcon[toast.tone];
  return (
    <div className="lifted pointer-events-auto flex max-w-[560px] items-start gap-2.5 py-2 pr-1.5 pl-3">
      <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${textTone[toast.tone]}`} />
      <p className="min-w-0 break-words">{toast.text}</p>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={onClose}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink"
      >
        <X size={13} aria-hidden />
      </button>
    </div>
  );
}
