import type { TailEntry, TailPage } from "./tail.ts";

/** What a live tail shows and what it holds back while somebody reads. Pure. */

/** As many lines stay; memory does not grow with the day. */
export const KEPT_LINES = 500;

/** A stretch that went by unread, because the page was away for too long to catch up line by line. */
export interface TailGap {
  readonly kind: "gap";
  readonly key: string;
  /** Arrivals after this instant and before `at` were not loaded. */
  readonly from: number;
  readonly at: number;
}

export type TailLine = TailEntry | TailGap;

export interface TailLines {
  /** Newest first. */
  readonly shown: readonly TailLine[];
  /** Arrived while the reader held the tail; newest first. */
  readonly held: readonly TailLine[];
  /** How many arrived while it was held: may be more than are kept. */
  readonly heldCount: number;
  readonly cursor: string;
}

export function beginLines({ entries, cursor }: TailPage): TailLines {
  return { shown: entries.slice(0, KEPT_LINES), held: [], heldCount: 0, cursor };
}

/** Adds what arrived on top, or holds it back. An answer to an older question than the last one adds nothing. */
export function addLines(
  lines: TailLines,
  page: TailPage,
  { after, isHeld }: { after: string; isHeld: boolean },
): TailLines {
  if (after !== lines.cursor) return lines;
  const held = [...page.entries, ...lines.held].slice(0, KEPT_LINES);
  const added = { ...lines, held, heldCount: lines.heldCount + page.entries.length, cursor: page.cursor };
  return isHeld ? added : release(added);
}

/** Begins again with the newest after a long absence, and draws what is missing as a gap. */
export function skipAhead(lines: TailLines, page: TailPage, isHeld: boolean): TailLines {
  const newest = lines.held[0] ?? lines.shown[0];
  const oldest = page.entries.at(-1);
  const gap: readonly TailLine[] =
    newest && oldest && oldest.at > newest.at
      ? [{ kind: "gap", key: `gap-${oldest.key}`, from: newest.at, at: oldest.at }]
      : [];
  const known = new Set([...lines.held, ...lines.shown].map(({ key }) => key));
  const fresh = page.entries.filter(({ key }) => !known.has(key));
  const held = [...fresh, ...gap, ...lines.held].slice(0, KEPT_LINES);
  const added = { ...lines, held, heldCount: lines.heldCount + fresh.length, cursor: page.cursor };
  return isHeld ? added : release(added);
}

/** Shows what was held back. */
export function release(lines: TailLines): TailLines {
  if (lines.held.length === 0) return lines;
  const shown = [...lines.held, ...lines.shown].slice(0, KEPT_LINES);
  return { ...lines, shown, held: [], heldCount: 0 };
}
