import { useFetcher } from "@remix-run/react";
import { Lock } from "lucide-react";
import { useEffect, useRef } from "react";
import type { DayLine } from "~/domain/reconciliation/list-days.server.ts";
import type { FieldErrors } from "~/lib/form.ts";
import { formatDay } from "~/lib/time.ts";
import { useRefresh } from "../live/use-refresh.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { counted } from "./amount-text.ts";
import { AcceptField } from "./close-forms.tsx";

/** What the month's action answers; done is a redirect. */
export interface CloseMonthAnswer {
  readonly errors: FieldErrors;
}

interface CloseMonthProps {
  readonly days: readonly DayLine[];
  readonly environmentName: string;
  readonly isDoubtful: boolean;
  readonly incoming: number;
}

/** Closes what is over and open, day by day; the page follows while it goes on. */
export function CloseMonth({ days, environmentName, isDoubtful, incoming }: CloseMonthProps) {
  const fetcher = useFetcher<CloseMonthAnswer>();
  const isBusy = fetcher.state !== "idle";
  useRefresh(isBusy);
  const answer = fetcher.data;
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answer) notice.current?.scrollIntoView({ block: "center" });
  }, [answer]);
  const over = days.filter((day) => day.isOver);
  const waiting = over.filter((day) => day.closing === null);
  const open = waiting.reduce((sum, day) => sum + day.open, 0);
  const closed = over.length - waiting.length;
  const last = waiting.at(-1);
  return (
    <Panel title="Close the month" id="close">
      <div ref={notice}>{answer?.errors.form && <Notice tone="bad" title={answer.errors.form} urgent />}</div>
      <Progress closed={closed} over={over.length} all={days.length} />
      {last && (
        <fetcher.Form method="post" className="mt-3 flex flex-col gap-3">
          <input type="hidden" name="intent" value="close" />
          <p className="text-sm text-muted">
            Each day is closed on its own, in order. Should one be refused, those before it stay closed.
            {incoming > 0 && ` ${counted(incoming, "change")} of days closed before go on record with the first.`}
          </p>
          <AcceptField open={open} isDoubtful={isDoubtful} error={answer?.errors.acceptsOpen} />
          <div>
            <Button type="submit" tone="primary" disabled={isBusy}>
              <Lock size={14} aria-hidden />
              {isBusy
                ? "Closing…"
                : `Close ${counted(waiting.length, "day")} up to ${formatDay(last.day)} in ${environmentName}`}
            </Button>
          </div>
        </fetcher.Form>
      )}
    </Panel>
  );
}

function Progress({ closed, over, all }: { closed: number; over: number; all: number }) {
  const rest = all - over;
  return (
    <div>
      <p className="text-sm">
        <span className="figures font-medium">
          {closed} of {all}
        </span>{" "}
        days closed
        {rest > 0 && <span className="text-muted">, {counted(rest, "day is", "days are")} not over yet</span>}
      </p>
      <div
        role="progressbar"
        aria-label="Days closed"
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={closed}
        aria-valuetext={`${closed} of ${all} days closed`}
        className="mt-1.5 flex h-2 overflow-hidden rounded-sm bg-line"
      >
        <div className="h-full bg-good" style={{ width: `${(closed / all) * 100}%` }} />
      </div>
    </div>
  );
}
