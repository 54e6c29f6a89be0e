import type { Note } from "../../notes/note.ts";
import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

export function noteEntry({ noteId, at, author, text, removed }: Note): TimelineEntry {
  return timelineEntry({
    key: `note-${noteId}`,
    kind: "note",
    at,
    title: `Note by ${author}`,
    detail: removed && `Removed by ${removed.by}`,
    ...(removed ? {} : { words: text }),
  });
}
