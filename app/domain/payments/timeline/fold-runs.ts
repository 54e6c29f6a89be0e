import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

/** Fewer likewise webhooks in a row than this are drawn one by one. */
export const RUN = 6;

/**
 * Keeps a flood readable: many webhooks of one type and state in a row become one entry that holds them, in the place of
 * the first. Nothing is left out, and conflicts stay as loud as one of them.
 */
export function foldRuns(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const folded: TimelineEntry[] = [];
  for (let at = 0; at < entries.length; ) {
    const run = runFrom(entries, at);
    folded.push(...(run.length >= RUN ? [foldedEntry(run)] : run));
    at += run.length;
  }
  return folded;
}

function runFrom(entries: readonly TimelineEntry[], start: number): readonly TimelineEntry[] {
  const first = entries[start];
  let end = start + 1;
  while (isLike(first, entries[end])) end++;
  return entries.slice(start, end);
}

function isLike(one: TimelineEntry | undefined, other: TimelineEntry | undefined): boolean {
  if (!one?.webhook || !other?.webhook) return false;
  return one.title === other.title && one.webhook.state === other.webhook.state;
}

function foldedEntry(run: readonly TimelineEntry[]): TimelineEntry {
  const [first] = run;
  if (!first) throw new Error("A run has a first entry");
  return timelineEntry({
    key: `run-${first.key}`,
    kind: "webhook",
    tone: first.tone,
    at: first.at,
    arrivedAt: first.arrivedAt,
    order: first.order,
    title: `${run.length} × ${first.title}`,
    detail: first.webhook?.state === "conflict" ? "webhooks that contradict one another" : null,
    folded: run,
  });
}
