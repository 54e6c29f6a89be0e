import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { TailPage } from "~/domain/tail/tail.ts";
import { paths } from "~/lib/paths.ts";
import { useLive } from "../live/use-live.ts";
import { createTailSource, type TailSource, type TailState } from "./tail-source.ts";

/** Beyond this the reader has left the top, and lines that move under the eye are a nuisance. */
const TOP = 80;
/** Arrivals ring; what was refused at the door does not, and a ring can be lost. */
const LOOK_MS = 10_000;

/** Follows the arrivals while the page is in view. `search` holds the filters. */
export function useTail(first: TailPage, search: string): { readonly tail: TailSource; readonly state: TailState } {
  // A page loaded again with the same filters goes on with what it has: only other filters begin anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first page is read once for each search
  const tail = useMemo(
    () => createTailSource({ first, load: (after, signal) => loadPage(search, after, signal), isReading }),
    [search],
  );
  const state = useSyncExternalStore(tail.subscribe, tail.state, tail.state);
  useEffect(() => tail.start(), [tail]);
  useLive(tail.ask);
  useEffect(() => {
    const back = () => {
      if (!isReading()) tail.showHeld();
    };
    const look = setInterval(() => {
      if (document.visibilityState === "visible") tail.ask();
    }, LOOK_MS);
    window.addEventListener("scroll", back, { passive: true });
    return () => {
      clearInterval(look);
      window.removeEventListener("scroll", back);
    };
  }, [tail]);
  return { tail, state };
}

function isReading(): boolean {
  return typeof window !== "undefined" && window.scrollY > TOP;
}

async function loadPage(search: string, after: string | null, signal: AbortSignal): Promise<TailPage> {
  const params = new URLSearchParams(search);
  if (after !== null) params.set("after", after);
  const answer = await fetch(`${paths.webhookTailArrivals()}?${params}`, { signal });
  // Sent to sign in, or no longer allowed: the page itself says which.
  if (answer.redirected || answer.status === 403 || answer.status === 404) window.location.reload();
  if (answer.redirected || !answer.ok) throw new Error("The tail was not answered");
  return answer.json();
}
