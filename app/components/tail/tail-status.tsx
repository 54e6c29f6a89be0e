import { clsx } from "clsx";
import { Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { isTyping } from "../ui/is-typing.ts";
import { useViewer } from "../ui/viewer.tsx";
import type { TailSource, TailState } from "./tail-source.ts";

/** The button that holds the tail; the space bar does the same. */
export function PauseButton({ tail, state }: { readonly tail: TailSource; readonly state: TailState }) {
  const { shortcuts } = useViewer();
  const isReady = useIsReady();
  useEffect(() => {
    if (!shortcuts) return;
    function onKey(event: KeyboardEvent) {
      if (event.key !== " " || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // On a control the space bar is that control's.
      if (event.target instanceof Element && event.target.closest("a,button,summary,input")) return;
      event.preventDefault();
      tail.togglePause();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [tail, shortcuts]);
  const Icon = state.isPaused ? Play : Pause;
  return (
    <Button
      type="button"
      tone="primary"
      className={isReady ? undefined : "invisible"}
      onClick={tail.togglePause}
      title={shortcuts ? "Space" : undefined}
    >
      <Icon size={14} aria-hidden /> {state.isPaused ? "Resume" : "Pause"}
    </Button>
  );
}

/** Without JavaScript nothing follows, so nothing can be held. */
function useIsReady(): boolean {
  const [isReady, setIsReady] = useState(false);
  useEffect(() => setIsReady(true), []);
  return isReady;
}

/** Whether it follows, and what came or waits. */
export function TailStatus({ state }: { state: TailState }) {
  const { isPaused, isCutOff, justCame, lines } = state;
  const word = isCutOff ? "No connection, trying again" : isPaused ? "Paused" : "Following";
  return (
    <p className="flex h-7 items-center gap-2 text-sm text-muted">
      <span
        aria-hidden
        className={clsx("size-2 rounded-full", isCutOff ? "bg-bad" : isPaused ? "bg-look" : "bg-good")}
      />
      <span role="status">{word}</span>
      {lines.heldCount > 0 && <span className="figures font-medium text-ink">{newText(lines.heldCount)}</span>}
      {lines.heldCount === 0 && justCame !== null && <span className="figures">+{justCame.toLocaleString("en")}</span>}
    </p>
  );
}

/** The way back to the top for who has scrolled down, or on for who has paused. */
export function HeldLines({ tail, state }: { readonly tail: TailSource; readonly state: TailState }) {
  const { lines, isPaused } = state;
  if (lines.heldCount === 0) return null;
  const show = () => {
    window.scrollTo({ top: 0 });
    if (isPaused) tail.togglePause();
    tail.showHeld();
  };
  return (
    <div className="pointer-events-none sticky top-14 z-20 -mb-9 flex h-9 justify-center">
      <button
        type="button"
        onClick={show}
        className="lifted pointer-events-auto my-1 inline-flex h-7 items-center rounded-full px-3 text-sm font-medium text-accent"
      >
        {newText(lines.heldCount)}
      </button>
    </div>
  );
}

function newText(count: number): string {
  return `${count.toLocaleString("en")} new`;
}
