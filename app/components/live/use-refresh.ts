import { useEffect } from "react";
import { useIsReading, useReadAgain } from "./use-once-read.ts";

const EVERY_MS = 1_000;

/** Reads the page again each second while something on it is under way and somebody looks at it. */
export function useRefresh(isUnderWay: boolean): void {
  const readAgain = useReadAgain();
  const isReading = useIsReading();
  useEffect(() => {
    if (!isUnderWay || isReading) return;
    const readIfSeen = () => document.visibilityState === "visible" && readAgain();
    const timer = setTimeout(readIfSeen, EVERY_MS);
    document.addEventListener("visibilitychange", readIfSeen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", readIfSeen);
    };
  }, [isUnderWay, isReading, readAgain]);
}
