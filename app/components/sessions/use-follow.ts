import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { useLive } from "../live/use-live.ts";

/** Slow enough to cost nothing, quick enough that a missed message is not noticed. */
const INTERVAL = 2_000;

/** Loads the page again whenever something changed, and every few seconds until what it follows has ended. */
export function useFollow(isFinished: boolean): void {
  const { revalidate, state } = useRevalidator();
  useLive(() => {
    if (state === "idle") revalidate();
  });
  useEffect(() => {
    if (isFinished) return;
    const timer = setInterval(() => document.visibilityState === "visible" && revalidate(), INTERVAL);
    return () => clearInterval(timer);
  }, [isFinished, revalidate]);
}
