import { useEffect } from "react";
import { useLive } from "../live/use-live.ts";
import { useReadAgain } from "../live/use-once-read.ts";

/** Slow enough to cost nothing, quick enough that a missed message is not noticed. */
const INTERVAL = 2_000;

/** Loads the page again whenever something changed, and every few seconds until what it follows has ended. */
export function useFollow(isFinished: boolean): void {
  const readAgain = useReadAgain();
  useLive(readAgain);
  useEffect(() => {
    if (isFinished) return;
    const timer = setInterval(() => document.visibilityState === "visible" && readAgain(), INTERVAL);
    return () => clearInterval(timer);
  }, [isFinished, readAgain]);
}
