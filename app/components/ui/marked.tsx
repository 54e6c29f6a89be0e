import type { TextMatch } from "./text-matches.ts";

export type PlacedMatch = TextMatch & { readonly place: number };

interface MarkedProps {
  readonly text: string;
  /** Where this text begins in its line, when the line is drawn in pieces. */
  readonly from?: number;
  /** Of the whole line, in order. */
  readonly matches: readonly PlacedMatch[] | undefined;
  /** Place of the match one stands at. */
  readonly current: number;
}

/** A text with what was searched for marked in it, the match one stands at more than the others. */
export function Marked({ text, from = 0, matches, current }: MarkedProps) {
  const own = matches?.filter((match) => match.end > from && match.start < from + text.length) ?? [];
  if (own.length === 0) return text;
  const pieces: (string | { readonly text: string; readonly place: number })[] = [];
  let at = 0;
  for (const { start, end, place } of own) {
    const [first, last] = [Math.max(0, start - from), Math.min(text.length, end - from)];
    pieces.push(text.slice(at, first), { text: text.slice(first, last), place });
    at = last;
  }
  pieces.push(text.slice(at));
  return pieces.map((piece, index) =>
    typeof piece === "string" ? (
      piece
    ) : (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name
        key={index}
        data-match={piece.place}
        className={piece.place === current ? "rounded-sm bg-accent text-on-accent" : "rounded-sm bg-look-line text-ink"}
      >
        {piece.text}
      </mark>
    ),
  );
}
