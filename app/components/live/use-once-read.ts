import { useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";

/**
 * What reads the page again, to be called whenever: it runs now or, while the page is read or left, once that has ended. A
 * navigation that is read again on its way is begun anew by Remix, and forgets that its form wanted to stay where it is.
 */
export function useOnceRead(run: () => void): () => void {
  const isReading = useIsReading();
  const latest = useRef({ run, isReading });
  latest.current = { run, isReading };
  const isWanted = useRef(false);
  useEffect(() => {
    if (isReading || !isWanted.current) return;
    isWanted.current = false;
    latest.current.run();
  }, [isReading]);
  return useCallback(() => {
    if (latest.current.isReading) isWanted.current = true;
    else latest.current.run();
  }, []);
}

/** Reads the page again as soon as nothing else is read. */
export function useReadAgain(): () => void {
  return useOnceRead(useRevalidator().revalidate);
}

/** Whether the page is being read again, or left for another. */
export function useIsReading(): boolean {
  return [useRevalidator().state, useNavigation().state].some((state) => state !== "idle");
}
