import { formatUtc, toIso } from "~/lib/time.ts";
import type { PaymentDetail } from "../payments/find-payment.server.ts";
import { paymentTimeline } from "../payments/payment-timeline.ts";

interface Telling {
  /** What is expected next is counted from it. */
  readonly now: number;
  redact(text: string): string;
}

/** The payment page's timeline for files: as data with ISO instants, and one line an entry. */
export function evidenceTimeline(detail: PaymentDetail, { now, redact }: Telling) {
  const entries = paymentTimeline(detail, now).map(({ key, kind, at, title, detail: more, webhook }) => ({
    kind,
    key,
    at_utc: at === null ? null : toIso(at),
    title: redact(title),
    detail: more === null ? null : redact(more),
    ...(webhook && {
      event_id: webhook.eventId,
      state: webhook.state,
      arrived_at_utc: webhook.arrivals.map(toIso),
    }),
    at,
  }));
  return {
    entries: entries.map(({ at: _, ...entry }) => entry),
    text: entries
      .map(({ at, title, detail: more, event_id: id }) =>
        [at === null ? "time not told           " : formatUtc(at), title, more, id].filter(Boolean).join("  "),
      )
      .map((line) => `${line}\n`)
      .join(""),
  };
}
