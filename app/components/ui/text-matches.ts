/** Where a text says what is searched for; case is ignored. */
export interface TextMatch {
  /** Line, row or piece the match stands in. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface Matches {
  readonly all: readonly TextMatch[];
  /** There are more than were looked for. */
  readonly isCut: boolean;
}

/** Nobody steps through more. */
export const MOST_MATCHES = 2_000;

export function findMatches(lines: Iterable<string>, query: string): Matches {
  const all: TextMatch[] = [];
  if (query === "") return { all, isCut: false };
  const pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi");
  let line = 0;
  for (const text of lines) {
    for (const found of text.matchAll(pattern)) {
      if (all.length === MOST_MATCHES) return { all, isCut: true };
      all.push({ line, start: found.index, end: found.index + found[0].length });
    }
    line += 1;
  }
  return { all, isCut: false };
}

/** By line, for drawing; each with its place among all. */
export function matchesByLine({ all }: Matches): ReadonlyMap<number, readonly (TextMatch & { place: number })[]> {
  const lines = new Map<number, (TextMatch & { place: number })[]>();
  for (const [place, match] of all.entries()) {
    const there = lines.get(match.line);
    if (there) there.push({ ...match, place });
    else lines.set(match.line, [{ ...match, place }]);
  }
  return lines;
}
