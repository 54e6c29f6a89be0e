import { useEffect, useLayoutEffect, useRef } from "react";

// The server draws nothing to scroll.
const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/** Reading a page again ends with the place where it stood when that began: whoever scrolled on meanwhile stays. */
export function useStayWhereRead(state: "idle" | "loading"): void {
  const place = useRef<number | null>(null);
  useBrowserLayoutEffect(() => {
    if (state === "idle") return;
    return () => {
      place.current = window.scrollY;
    };
  }, [state]);
  useEffect(() => {
    if (state !== "idle" || place.current === null) return;
    if (place.current !== window.scrollY) window.scrollTo(0, place.current);
    place.current = null;
  }, [state]);
}
