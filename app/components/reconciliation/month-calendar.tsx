import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import { differenceOf } from "~/domain/reconciliation/figures.ts";
import type { DayLine } from "~/domain/reconciliation/list-days.server.ts";
import { weekdayOf } from "~/domain/reconciliation/month.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { formatDay } from "~/lib/time.ts";
import { counted, signedText } from "./amount-text.ts";
import { dayStates, exceptionIcon as ExceptionIcon, lateIcon as LateIcon, stateOf } from "./day-state.tsx";

interface MonthCalendarProps {
  readonly days: readonly DayLine[];
  readonly environment: Environment;
  /** Whose difference the days show; `null` for none. */
  readonly currency: string | null;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The month as a sheet: which days are closed, and where somebody has to look. Every day leads to its page. */
export function MonthCalendar({ days, environment, currency }: MonthCalendarProps) {
  return (
    <>
      <table className="w-full table-fixed border-collapse" aria-label="Calendar">
        <thead>
          <tr>
            {WEEKDAYS.map((name) => (
              <th key={name} scope="col" className="pb-1.5 text-left text-xs font-medium text-muted">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week) => (
            <tr key={week.find((one) => one)?.day}>
              {week.map((line, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the weekdays of one week
                <td key={place} className="h-[68px] border border-line p-0 align-top">
                  {line && <Cell line={line} environment={environment} currency={currency} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </>
  );
}

function weeksOf(days: readonly DayLine[]): readonly (readonly (DayLine | null)[])[] {
  const [first] = days;
  const cells = [...Array<null>(first ? weekdayOf(first.day) : 0).fill(null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return weeks.map((week) => [...week, ...Array<null>(7 - week.length).fill(null)]);
}

function Cell({ line, environment, currency }: Omit<MonthCalendarProps, "days"> & { line: DayLine }) {
  const state = stateOf(line);
  const { icon: Icon, label } = dayStates[state];
  const figures = currency === null ? undefined : line.figures.find((one) => one.currency === currency);
  const difference = figures ? differenceOf(figures.sums) : 0n;
  return (
    <Link
      to={withParams(paths.reconciliationDay(line.day), { environment })}
      className={clsx(
        "relative flex h-full flex-col gap-0.5 px-1.5 py-1 text-xs hover:bg-hover sm:px-2",
        state === "running" && "text-muted",
      )}
    >
      <span className="sr-only">{describe(line, difference, currency)}</span>
      <span aria-hidden className="flex items-center justify-between gap-1">
        <span className="figures text-sm font-medium">{Number(line.day.slice(8))}</span>
        <span
          className={clsx(
            "inline-flex items-center gap-1",
            state === "closed" ? "text-good" : state === "open" ? "text-waiting" : "text-faint",
          )}
        >
          <span className="hidden md:inline">{label}</span>
          <Icon size={12} aria-hidden />
        </span>
      </span>
      {line.open > 0 && (
        <span aria-hidden className="figures inline-flex items-center gap-1 text-look">
          <ExceptionIcon size={12} aria-hidden className="shrink-0" />
          {line.open.toLocaleString("en")}
          <span className="hidden truncate md:inline">{line.open === 1 ? "exception" : "exceptions"}</span>
        </span>
      )}
      {line.late > 0 && (
        <span aria-hidden className="figures inline-flex items-center gap-1 text-waiting">
          <LateIcon size={12} aria-hidden className="shrink-0" />
          {line.late.toLocaleString("en")}
          <span className="hidden md:inline">changed</span>
        </span>
      )}
      {figures && difference !== 0n && (
        <span aria-hidden className="figures mt-auto hidden truncate text-muted md:block">
          {signedText(difference, figures.currency)}
        </span>
      )}
    </Link>
  );
}

function describe(line: DayLine, difference: bigint, currency: string | null): string {
  const parts = [
    formatDay(line.day),
    dayStates[stateOf(line)].label,
    line.open > 0 && counted(line.open, "open exception"),
    line.late > 0 && `${counted(line.late, "payment")} changed after closing`,
    currency !== null && difference !== 0n && `difference ${signedText(difference, currency)} ${currency}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function Legend() {
  const entries = [
    ...Object.values(dayStates).map(({ icon, label, about }) => ({ icon, label, about })),
    { icon: ExceptionIcon, label: "Open exceptions", about: "Somebody has to look." },
    { icon: LateIcon, label: "Changed after closing", about: "In the next close." },
  ];
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted" aria-label="Legend">
      {entries.map(({ icon: Icon, label, about }) => (
        <li key={label} className="inline-flex items-center gap-1" title={about}>
          <Icon size={12} aria-hidden /> {label}
        </li>
      ))}
    </ul>
  );
}
