import type { ColumnDef } from "@tanstack/react-table";
import { type Figures, type Measure, sumLabel } from "~/domain/reconciliation/figures.ts";
import type { DayLine } from "~/domain/reconciliation/list-days.server.ts";
import { weekdayName } from "~/domain/reconciliation/month.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { formatDay } from "~/lib/time.ts";
import { Card } from "../table/card-list.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { counted, currencyText } from "./amount-text.ts";
import { DayStateBadge } from "./day-state.tsx";
import { Amount } from "./figures-table.tsx";

interface DayRow {
  readonly line: DayLine;
  /** `null`: a day without figures. */
  readonly figures: Figures | null;
}

const money = (measure: Measure): ColumnDef<DayRow> => ({
  id: measure,
  header: sumLabel[measure],
  meta: { align: "right" },
  cell: ({ row: { original } }) =>
    original.figures ? <Amount of={original.figures} measure={measure} /> : <span className="text-faint">–</span>,
});

const day: ColumnDef<DayRow> = {
  id: "day",
  header: "Day",
  cell: ({ row: { original } }) => (
    <>
      <span className="inline-block w-8 text-muted">{weekdayName(original.line.day)}</span>
      {formatDay(original.line.day)}
    </>
  ),
};

const state: ColumnDef<DayRow> = {
  id: "state",
  header: "State",
  cell: ({ row: { original } }) => <DayStateBadge line={original.line} />,
};

const ofCurrency: ColumnDef<DayRow> = {
  id: "currency",
  header: "Currency",
  cell: ({ row: { original } }) => (original.figures ? currencyText(original.figures.currency) : ""),
};

const exceptions: ColumnDef<DayRow> = {
  id: "open",
  header: "Exceptions",
  meta: { align: "right" },
  cell: ({ row: { original } }) => (
    <span className={original.line.open > 0 ? "text-look" : "text-faint"}>
      {original.line.open.toLocaleString("en")}
    </span>
  ),
};

const untold: ColumnDef<DayRow> = {
  id: "untold",
  header: "Not told",
  meta: { align: "right" },
  cell: ({ row: { original } }) => (
    <span className={original.figures?.untold ? "text-look" : "text-faint"}>
      {(original.figures?.untold ?? 0).toLocaleString("en")}
    </span>
  ),
};

const sums = (
  ["captured", "refunded", "reported", "reportedRefunds", "difference", "fee", "vat", "net", "settled"] as const
).map(money);

/** The currency stands above the table when it is one, and amounts that are not told take no room where there are none. */
const columns = {
  one: [day, state, exceptions, ...sums],
  all: [day, state, exceptions, ofCurrency, ...sums],
  oneUntold: [day, state, exceptions, ...sums, untold],
  allUntold: [day, state, exceptions, ofCurrency, ...sums, untold],
} as const;

interface DayTableProps {
  readonly days: readonly DayLine[];
  readonly environment: Environment;
  /** `null` for all. */
  readonly currency: string | null;
}

/** One row a day and currency, of the days that have any. */
export function DayTable({ days, environment, currency }: DayTableProps) {
  const rows = days.flatMap((line) => rowsOf(line, currency));
  const hasUntold = rows.some(({ figures }) => figures !== null && figures.untold > 0);
  return (
    <DataTable
      label="Days"
      columns={columns[`${currency === null ? "all" : "one"}${hasUntold ? "Untold" : ""}`]}
      rows={rows}
      getRowId={({ line, figures }) => `${line.day} ${figures?.currency ?? ""}`}
      rowHref={({ line }) => withParams(paths.reconciliationDay(line.day), { environment })}
      rowCopy={({ line }) => line.day}
      card={(row) => <DayCard row={row} />}
      isWide
      empty={
        <Empty kind="nothing-yet" title="No figures in this month">
          A day has figures once money was captured on it, or a report speaks of it.
        </Empty>
      }
    />
  );
}

function rowsOf(line: DayLine, currency: string | null): readonly DayRow[] {
  const shown = line.figures.filter((one) => currency === null || one.currency === currency);
  if (shown.length > 0) return shown.map((figures) => ({ line, figures }));
  return line.open > 0 ? [{ line, figures: null }] : [];
}

function DayCard({ row: { line, figures } }: { row: DayRow }) {
  const day = `${weekdayName(line.day)} ${formatDay(line.day)}`;
  return (
    <Card
      lines={[
        [<span key="day">{day}</span>, figures && <Captured figures={figures} />],
        [
          <DayStateBadge key="state" line={line} />,
          <span key="more" className="text-muted">
            {line.open > 0 && <span className="text-look">{counted(line.open, "exception")} · </span>}
            {figures && (
              <>
                difference <Amount of={figures} measure="difference" />
              </>
            )}
          </span>,
        ],
      ]}
    />
  );
}

function Captured({ figures }: { figures: Figures }) {
  return (
    <span className="figures">
      <Amount of={figures} measure="captured" /> {currencyText(figures.currency)}
    </span>
  );
}
