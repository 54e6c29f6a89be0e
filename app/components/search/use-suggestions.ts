import { useEffect, useState } from "react";
import type { Suggestions } from "~/domain/search/search-answer.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";

/** Between two keys of somebody who types on; a paste waits no longer either. */
const PAUSE_MS = 110;

export interface Suggesting {
  /** Of the text as it was last answered. */
  readonly suggestions: Suggestions | null;
  readonly state: "idle" | "searching" | "failed";
}

/** What the store says about a text, while `isWanted`. The next text aborts the last one, so no answer overtakes another. */
export function useSuggestions(text: string, environment: Environment, isWanted: boolean): Suggesting {
  const [suggesting, setSuggesting] = useState<Suggesting>({ suggestions: null, state: "idle" });
  useEffect(() => {
    if (!isWanted) return setSuggesting({ suggestions: null, state: "idle" });
    const abort = new AbortController();
    const search = async () => {
      try {
        const suggestions = await fetchSuggestions(text, environment, abort.signal);
        if (!abort.signal.aborted) setSuggesting({ suggestions, state: "idle" });
      } catch {
        if (!abort.signal.aborted) setSuggesting({ suggestions: null, state: "failed" });
      }
    };
    setSuggesting(({ suggestions }) => ({ suggestions, state: "searching" }));
    const timer = setTimeout(search, text.trim() === "" ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, environment, isWanted]);
  return suggesting;
}

async function fetchSuggestions(q: string, environment: Environment, signal: AbortSignal): Promise<Suggestions> {
  const path = withParams(paths.searchSuggestions(), { q: q.slice(0, MAX_LENGTH), environment });
  const response = await fetch(path, { signal, headers: { Accept: "application/json" } });
  // Somebody signed out is led to a page, which is no answer.
  if (!response.ok || response.redirected) throw new Error(`Search answered ${response.status}`);
  const suggestions: Suggestions = await response.json();
  return suggestions;
}

/** What an address can carry; a whole webhook is told by its first lines. */
export const MAX_LENGTH = 2000;
