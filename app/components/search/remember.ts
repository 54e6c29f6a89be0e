import type { Target } from "~/domain/search/search-answer.ts";
import { paths } from "~/lib/paths.ts";

/** Tells that a result was chosen, without waiting and without loading the page again. */
export function remember({ kind, environment, id }: Target): void {
  navigator.sendBeacon(paths.lookups(), new URLSearchParams({ intent: "remember", kind, environment, id }));
}

/** For a link: chosen here, or opened beside. */
export function remembering(target: Target) {
  const note = () => remember(target);
  return { onClick: note, onAuxClick: note };
}
