import { useLocation, useRevalidator } from "@remix-run/react";
import { useEffect, useLayoutEffect, useRef } from "react";

// The server draws nothing to scroll.
const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * Reading a page again ends, in Remix, with the place where it stood when it was first read: whoever scrolled on is taken
 * back. Placed after `ScrollRestoration`, this scrolls to where the reader was before anything is drawn or heard; any
 * later, and a list that hears of a change in between takes its reader to be at the top.
 */
export function StayWhereRead() {
  const { state } = useRevalidator();
  const { key } = useLocation();
  const place = useRef<{ readonly key: string; readonly top: number } | null>(null);
  useBrowserLayoutEffect(() => {
    if (state === "idle") return;
    return () => {
      place.current = { key, top: window.scrollY };
    };
  }, [state, key]);
  useBrowserLayoutEffect(() => {
    const left = place.current;
    place.current = null;
    // A page that was left for another while it was read has no place any more.
    if (state !== "idle" || left?.key !== key || left.top === window.scrollY) return;
    window.scrollTo(0, left.top);
  }, [state, key]);
  return null;
}
