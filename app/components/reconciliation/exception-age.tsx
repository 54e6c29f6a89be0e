import { ageOf } from "~/domain/reconciliation/exception.ts";
import { DAY, formatDateTime, formatUtc, HOUR } from "~/lib/time.ts";
import { useViewer } from "../ui/viewer.tsx";

/** How long ago the money moved: hours within a day, then whole days. A week and more stands out. */
export function ExceptionAge({ occurredAt }: { occurredAt: number }) {
  const { zone, now } = useViewer();
  const isOld = ageOf(occurredAt, now) === "gt7d";
  return (
    <time
      dateTime={new Date(occurredAt).toISOString()}
      title={`${formatUtc(occurredAt)}\n${formatDateTime(occurredAt, zone, { seconds: true })} ${zone}`}
      className={isOld ? "figures font-semibold whitespace-nowrap" : "figures whitespace-nowrap"}
    >
      {ageText(now - occurredAt)}
    </time>
  );
}

export function ageText(passed: number): string {
  if (passed < HOUR) return "< 1 h";
  return passed < DAY ? `${Math.floor(passed / HOUR)} h` : `${Math.floor(passed / DAY).toLocaleString("en")} d`;
}
