import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, memo } from "react";
import type { TailArrival } from "~/domain/tail/tail.ts";
import type { TailLine } from "~/domain/tail/tail-lines.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { CodeCell } from "../lists/code-cell.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { ArrivalMarks, GapWords, RefusalWords, readingsOf, TailTime } from "./tail-cells.tsx";
import { TailDetail } from "./tail-detail.tsx";

/** As many as `tail-table.tsx` heads. */
export const TAIL_COLUMNS = ["Received", "Event", "State", "Payment", "Amount", "ECI", "CVN", "AVS"] as const;

interface TailRowProps {
  readonly line: TailLine;
  readonly environment: Environment;
  readonly isFirst: boolean;
  readonly isOpen: boolean;
  readonly onToggle: (key: string) => void;
}

/** Remembered: of the five hundred lines of a tail, only those that came are drawn. */
export const TailRow = memo(function TailRow({ line, environment, isFirst, isOpen, onToggle }: TailRowProps) {
  if (line.kind !== "arrival") {
    return (
      <tr tabIndex={isFirst ? 0 : -1}>
        <td className="text-muted">
          <TailTime at={line.at} />
        </td>
        <td colSpan={TAIL_COLUMNS.length - 1}>
          {line.kind === "refusal" ? (
            <RefusalWords refusal={line} />
          ) : (
            <GapWords gap={line} environment={environment} />
          )}
        </td>
      </tr>
    );
  }
  return <ArrivalRow {...{ line, environment, isFirst, isOpen, onToggle }} />;
});

function ArrivalRow({ line, environment, isFirst, isOpen, onToggle }: TailRowProps & { line: TailArrival }) {
  const { eci, cvn, avs } = readingsOf(line);
  const href = withParams(paths.webhook(line.eventId), { environment });

  function click(event: MouseEvent<HTMLTableRowElement>) {
    const inside = event.target instanceof Element && event.target.closest("a,button");
    if (!inside && !window.getSelection()?.toString()) onToggle(line.key);
  }
  function press(event: KeyboardEvent<HTMLTableRowElement>) {
    if (event.key === "Enter" && event.target === event.currentTarget) onToggle(line.key);
  }

  return (
    <>
      <tr
        tabIndex={isFirst ? 0 : -1}
        data-arrival={line.key}
        onClick={click}
        onKeyDown={press}
        className={clsx("cursor-pointer", line.isDuplicate && "text-muted")}
      >
        <td className="text-muted">
          <button
            type="button"
            tabIndex={-1}
            aria-expanded={isOpen}
            aria-label={isOpen ? "Hide what it says" : "Show what it says"}
            onClick={() => onToggle(line.key)}
            className="mr-1 inline-flex size-6 items-center justify-center rounded-sm align-middle hover:bg-hover"
          >
            <ChevronRight size={13} aria-hidden className={clsx(isOpen && "rotate-90")} />
          </button>
          <TailTime at={line.at} />
        </td>
        <td>
          <span className="inline-flex items-center gap-1.5">
            <Link to={href} className="link font-medium">
              {line.eventType}
            </Link>
            <ArrivalMarks arrival={line} />
          </span>
        </td>
        <td>
          <StatusBadge kind="event" code={line.state} />
        </td>
        <td>
          <Id value={line.paymentRequestId ?? line.primaryId} />
        </td>
        <td data-align="right">
          {line.amountRaw === null ? (
            <span className="text-faint">–</span>
          ) : (
            <Money minor={line.amountMinor} raw={line.amountRaw} currency={line.currency} />
          )}
        </td>
        <td>
          <CodeCell kind="ECI" reading={eci} />
        </td>
        <td>
          <CodeCell kind="CVN" reading={cvn} />
        </td>
        <td>
          <CodeCell kind="AVS" reading={avs} />
        </td>
      </tr>
      {isOpen && (
        <tr data-detail="">
          <td colSpan={TAIL_COLUMNS.length} className="whitespace-normal">
            <TailDetail arrival={line} environment={environment} />
          </td>
        </tr>
      )}
    </>
  );
}
