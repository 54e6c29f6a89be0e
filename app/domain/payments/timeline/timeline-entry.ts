import type { Tone } from "~/xendit/codes/reading.ts";
import type { EventState } from "~/xendit/projection.ts";

/** Also the order of what happened at the very same instant: a cause stands before what tells of it. */
export const TIMELINE_KINDS = [
  "session",
  "step",
  "payment",
  "three_ds",
  "capture",
  "refund",
  "dispute",
  "webhook",
  "replay",
  "check",
  "note",
  "expected",
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** One line of a payment's story. Plain data: what the page draws and the evidence bundle writes down. */
export interface TimelineEntry {
  /** Unique in its payment and the same for ever: the anchor that links point to, `webhook-evt_…`. */
  readonly key: string;
  readonly kind: TimelineKind;
  readonly tone: Tone;
  /** When it happened, UTC milliseconds, by what the bodies say; `null` when none of them tells. */
  readonly at: number | null;
  /** When this desk heard of it; `null` for what happened here or was read from a body that stands beside it. */
  readonly arrivedAt: number | null;
  /** What orders it: `at`, else `arrivedAt`, else what it must follow. */
  readonly order: number;
  readonly title: string;
  readonly detail: string | null;
  /** Somebody's own words, line breaks kept. */
  readonly words?: string;
  /** Where there is more of it. */
  readonly link?: { readonly path: string; readonly text: string };
  readonly webhook?: WebhookArrivals;
  /** Likewise entries in a row, folded into this one. */
  readonly folded?: readonly TimelineEntry[];
  /** Milliseconds without word before this entry, when long enough to be drawn. */
  readonly gap?: number;
}

export interface WebhookArrivals {
  readonly eventId: string;
  readonly state: EventState;
  /** How often it came; `arrivals` may hold fewer. */
  readonly count: number;
  readonly arrivals: readonly number[];
}

type Given = Pick<TimelineEntry, "key" | "kind" | "title"> & Partial<TimelineEntry>;

/** What has no time of its own stands first: it was before everything that has one, as far as anybody can tell. */
export function timelineEntry(given: Given): TimelineEntry {
  const { at = null, arrivedAt = null } = given;
  return { tone: "unknown", detail: null, order: at ?? arrivedAt ?? 0, ...given, at, arrivedAt };
}

/** Whether a status is one of those a payment stays in. */
export function isWaitingStatus(status: string): boolean {
  return ["UNKNOWN", "REQUIRES_ACTION", "ACCEPTING_PAYMENTS", "PENDING"].includes(status);
}
