import { formatUtc, toIso } from "~/lib/time.ts";
import type { PaymentDetail } from "../payments/find-payment.server.ts";
import { paymentTimeline, type TimelineEntry, type TimelineSource } from "../payments/payment-timeline.ts";

/** What the timeline is made of, and how many webhooks and captures there are beyond those it draws. */
export type ToldTimeline = TimelineSource & Pick<PaymentDetail, "eventCount" | "captureCount">;

interface Telling {
  /** What is expected next is counted from it. */
  readonly now: number;
  redact(text: string): string;
}

/** The payment page's timeline for files: as data with ISO instants, and one line an entry. */
export function evidenceTimeline(told: ToldTimeline, { now, redact }: Telling) {
  const entries = paymentTimeline(told, now);
  const omitted = omissions(told);
  return {
    json: { omitted, entries: entries.map((entry) => entryData(entry, redact)) },
    text: [...entries.flatMap((entry) => lines(entry, redact)), ...omitted].map((line) => `${line}\n`).join(""),
  };
}

function entryData(
  { tone: _, order: __, link: ___, ...entry }: TimelineEntry,
  redact: (text: string) => string,
): object {
  const { at, arrivedAt, webhook, folded, gap, words, ...plain } = entry;
  return {
    ...plain,
    at_utc: at === null ? null : toIso(at),
    arrived_at_utc: arrivedAt === null ? null : toIso(arrivedAt),
    title: redact(entry.title),
    detail: entry.detail === null ? null : redact(entry.detail),
    ...(words !== undefined && { words: redact(words) }),
    ...(webhook && {
      event_id: webhook.eventId,
      state: webhook.state,
      arrivals: webhook.count,
      arrivals_utc: webhook.arrivals.map(toIso),
    }),
    ...(gap !== undefined && { milliseconds_without_word_before: gap }),
    ...(folded && { folded: folded.map((one) => entryData(one, redact)) }),
  };
}

/** Entries folded on the page are all written out: a file has room. */
function lines(entry: TimelineEntry, redact: (text: string) => string): readonly string[] {
  if (entry.folded) return entry.folded.flatMap((one) => lines(one, redact));
  const { kind, at, arrivedAt, title, detail, words, webhook } = entry;
  const when = at === null ? "time not told              " : formatUtc(at);
  const arrived = arrivedAt === null ? null : `(arrived ${formatUtc(arrivedAt)})`;
  const said = [detail, words?.replaceAll("\n", " / ")].map((text) => text && redact(text));
  const id = webhook && [webhook.eventId, webhook.state, webhook.count > 1 && `came ${webhook.count} times`];
  const parts = [when, kind.padEnd(8), redact(title), ...said, ...(id ?? []), arrived];
  return [parts.filter((part) => part).join("  ")];
}

function omissions({ eventCount, events, captureCount, captures }: ToldTimeline): readonly string[] {
  const missing = (what: string, shown: number, count: number) =>
    count > shown ? [`The first ${shown} of ${count} ${what} are told here; the rest is in ${whereRest[what]}.`] : [];
  return [...missing("webhooks", events.length, eventCount), ...missing("captures", captures.length, captureCount)];
}

const whereRest: Readonly<Record<string, string>> = { webhooks: "receipts.csv", captures: "summary.json" };
