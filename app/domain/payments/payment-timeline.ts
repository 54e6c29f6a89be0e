import { HOUR } from "~/lib/time.ts";
import type { CheckView } from "../checks/check.ts";
import type { Note } from "../notes/note.ts";
import type { PaymentDetail } from "./find-payment.server.ts";
import type { PaymentDelivery } from "./payment-replays.server.ts";
import type { PaymentSteps } from "./payment-steps.server.ts";
import { checkEntry } from "./timeline/check-entries.ts";
import { type Awaiting, expectedNext } from "./timeline/expected-next.ts";
import { foldRuns } from "./timeline/fold-runs.ts";
import { captureEntries, disputeEntries, refundEntry } from "./timeline/money-entries.ts";
import { noteEntry } from "./timeline/note-entries.ts";
import { paymentEntries } from "./timeline/payment-entries.ts";
import { replayEntry } from "./timeline/replay-entries.ts";
import { sessionEntries } from "./timeline/session-entries.ts";
import { stepEntries } from "./timeline/step-entries.ts";
import { TIMELINE_KINDS, type TimelineEntry, timelineEntry } from "./timeline/timeline-entry.ts";
import { webhookEntry } from "./timeline/webhook-entries.ts";

export type { TimelineEntry } from "./timeline/timeline-entry.ts";

/** What Xendit told of a payment, and what people did about it here. The latter may be left out. */
export interface TimelineSource
  extends Pick<
    PaymentDetail,
    "request" | "payments" | "captures" | "captureCount" | "refunds" | "disputes" | "session" | "events"
  > {
  readonly steps?: PaymentSteps;
  readonly replays?: readonly PaymentDelivery[];
  readonly checks?: readonly CheckView[];
  readonly notes?: readonly Note[];
}

/** A silence worth drawing. */
const GAP = HOUR;

/** Everything with a time, oldest first by business time; what is still to come last. Pure: `now` is told. */
export function paymentTimeline(source: TimelineSource, now: number): readonly TimelineEntry[] {
  const told = [
    ...sessionEntries(source.session),
    ...(source.steps ? stepEntries(source.steps) : []),
    ...source.payments.flatMap((payment) => paymentEntries(payment, challengedAt(source))),
    ...captureEntries(source),
    ...source.refunds.map(refundEntry),
    ...source.disputes.flatMap((dispute) => disputeEntries(dispute, now)),
    ...source.events.map(webhookEntry),
    ...(source.replays ?? []).map(replayEntry),
    ...(source.checks ?? []).map(checkEntry),
    ...(source.notes ?? []).map(noteEntry),
  ].sort(inOrder);
  const awaiting: Awaiting = { ...source, steps: source.steps?.steps ?? [], now };
  return [...withGaps(foldRuns(told)), ...expectedEntries(awaiting)];
}

/** Of several tries nobody can tell which one was challenged. */
function challengedAt({ payments, steps }: TimelineSource): number | null {
  const challenges = steps?.steps.filter(({ step }) => step === "three_ds") ?? [];
  return payments.length === 1 ? (challenges.at(-1)?.at ?? null) : null;
}

function expectedEntries(awaiting: Awaiting): readonly TimelineEntry[] {
  return expectedNext(awaiting)
    .map(({ id, title, advice, dueAt, tone }) =>
      timelineEntry({
        key: `expected-${id}`,
        kind: "expected",
        tone,
        at: dueAt,
        order: dueAt ?? awaiting.now,
        title,
        detail: advice,
      }),
    )
    .sort(inOrder);
}

/** Nothing can be said about the silence before or after what has no time. */
function withGaps(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  let last: number | null = null;
  return entries.map((entry) => {
    const gap = last === null || entry.order === 0 ? 0 : entry.order - last;
    const end = entry.folded?.at(-1)?.order ?? entry.order;
    if (end > 0) last = Math.max(last ?? 0, end);
    return gap >= GAP ? { ...entry, gap } : entry;
  });
}

function inOrder(a: TimelineEntry, b: TimelineEntry): number {
  const byKind = TIMELINE_KINDS.indexOf(a.kind) - TIMELINE_KINDS.indexOf(b.kind);
  return a.order - b.order || byKind || (a.key < b.key ? -1 : 1);
}
