import { useEffect, useRef } from "react";
import { onLiveChange } from "./live-source.ts";

/** Calls back when something may have changed, at most about once a second; the page then asks its own loader. */
export function useLive(onChange: () => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => onLiveChange(() => latest.current()), []);
}
