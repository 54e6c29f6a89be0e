import { formatDateTime, formatRelative, formatUtc } from "~/lib/time.ts";
import { useViewer } from "./viewer.tsx";

interface TimeProps {
  /** UTC milliseconds, or a Date. */
  readonly at: number | Date | null;
  /** "3 min ago" within a day (the default); `false` always writes date and time. */
  readonly relative?: boolean;
  /** With seconds, for timelines and receipts. */
  readonly seconds?: boolean;
}

/** An instant in the operator's zone, short unless `relative={false}`; the exact UTC instant on hover, and in `dateTime` for whoever copies the page. */
export function Time({ at, relative = true, seconds }: TimeProps) {
  const { zone, now } = useViewer();
  if (at === null) return <span className="text-faint">–</span>;
  const instant = Number(at);
  const absolute = formatDateTime(instant, zone, { seconds, now: relative ? now : undefined });
  const text = (relative && formatRelative(instant, now)) || absolute;
  return (
    <time
      dateTime={new Date(instant).toISOString()}
      title={`${formatUtc(instant)}\n${formatDateTime(instant, zone, { seconds: true })} ${zone}`}
      className="whitespace-nowrap"
    >
      {text}
    </time>
  );
}
