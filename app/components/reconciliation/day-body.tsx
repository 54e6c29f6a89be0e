import type { DayPage } from "~/domain/reconciliation/day-page.server.ts";
import type { Verified } from "~/domain/reconciliation/verify-day.server.ts";
import { environmentLabel } from "~/lib/environment.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { formatDateTime, formatDay } from "~/lib/time.ts";
import { Panel } from "../ui/panel.tsx";
import { AdjustmentList } from "./adjustment-list.tsx";
import { ClassCounts } from "./class-counts.tsx";
import { CloseDayForm, ReopenForm } from "./close-forms.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { FrozenMark } from "./frozen-mark.tsx";

interface DayBodyProps {
  readonly page: DayPage;
  readonly verified: Verified | null;
  readonly can: { readonly close: boolean; readonly reopen: boolean };
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

export function DayBody({ page, verified, can, errors, values }: DayBodyProps) {
  const { line, environment, classes, match } = page;
  const { day, closing, isOver } = line;
  const what = `${formatDay(day)} in ${environmentLabel[environment].toLowerCase()}`;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <Panel title={closing ? "Totals, frozen" : "Totals so far"} id="totals" flush={line.figures.length > 0}>
          {line.figures.length === 0 ? (
            <p className="text-sm text-muted">No money was captured, and no report speaks of any.</p>
          ) : (
            <FiguresTable label={`Totals of ${formatDay(day)}`} figures={line.figures} />
          )}
        </Panel>
        <Adjustments page={page} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {closing && <FrozenMark closing={closing} verified={verified} />}
        {!closing && !isOver && <NotOver page={page} />}
        {!closing && isOver && can.close && (
          <CloseDayForm
            what={what}
            open={line.open}
            isDoubtful={match.run !== null && !match.run.check.isWhole}
            incoming={page.late.groups}
            errors={errors}
          />
        )}
        <ClassCounts classes={classes} environment={environment} from={day} to={day} />
        {closing && can.reopen && <ReopenForm what={what} digest={closing.digest} errors={errors} values={values} />}
      </div>
    </div>
  );
}

function NotOver({ page: { until, zone } }: { page: DayPage }) {
  return (
    <Panel title="Not over yet">
      <p className="text-sm text-muted">
        It can be closed from {formatDateTime(until, zone)} on, in {zone}.
      </p>
    </Panel>
  );
}

function Adjustments({ page: { line, late, posted, adjustedLater, environment } }: { page: DayPage }) {
  const isClosed = line.closing !== null;
  const lists = [
    {
      id: "changed",
      title: isClosed ? "Changed after closing" : "Adjustments that closing it puts on record",
      adjusted: late,
      param: "late",
    },
    { id: "adjustments", title: "Adjustments of days closed before", adjusted: posted, param: "posted" },
    { id: "adjusted", title: "Adjusted by other closes", adjusted: adjustedLater, param: "later" },
  ];
  return lists
    .filter(({ adjusted }) => adjusted.groups > 0)
    .map(({ id, title, adjusted, param }) => (
      <Panel key={id} title={title} id={id} flush>
        <AdjustmentList label={title} adjusted={adjusted} environment={environment} param={param} />
      </Panel>
    ));
}
