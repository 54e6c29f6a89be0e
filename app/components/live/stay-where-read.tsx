import { useLocation, useRevalidator } from "@remix-run/react";
import { useEffect, useLayoutEffect, useRef } from "react";

// The server draws nothing to scroll.
const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * Reading a page again ends, in Remix, with the place where it stood when it was first read: whoever scrolled on is taken
 * back. Placed after `ScrollRestoration`, this undoes what that does to a page which is still the same one, before anything
 * is drawn or heard; any later, and a list that hears of a change in between takes its reader to be at the top.
 */
export function StayWhereRead() {
  // To be drawn anew whenever `ScrollRestoration` is.
  useRevalidator();
  const { key } = useLocation();
  const place = useRef<{ readonly key: string; readonly top: number } | null>(null);
  // Without dependencies: the end of a reading may be drawn together with its beginning.
  useBrowserLayoutEffect(() => {
    const left = place.current;
    if (left?.key === key && left.top !== window.scrollY) window.scrollTo(0, left.top);
    // Runs before any effect of the next drawing, and so before it scrolls.
    return () => {
      place.current = { key, top: window.scrollY };
    };
  });
  return null;
}
