import { Link } from "@remix-run/react";
import { memo } from "react";
import type { TailArrival } from "~/domain/tail/tail.ts";
import type { TailLine } from "~/domain/tail/tail-lines.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Card } from "../table/card-list.tsx";
import { InsideLink } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { ArrivalMarks, GapWords, RefusalWords, TailTime } from "./tail-cells.tsx";

interface TailCardsProps {
  readonly lines: readonly TailLine[];
  readonly environment: Environment;
}

/** The lines at 390 px: two rows each, an arrival's a link to its webhook. */
export function TailCards({ lines, environment }: TailCardsProps) {
  return (
    <ul aria-label="Arrivals" className="divide-y divide-line rounded-md border border-line bg-surface text-sm">
      {lines.map((line) => (
        <li key={line.key}>
          <TailCard line={line} environment={environment} />
        </li>
      ))}
    </ul>
  );
}

const TailCard = memo(function TailCard({ line, environment }: { line: TailLine; environment: Environment }) {
  if (line.kind === "arrival") return <ArrivalCard line={line} environment={environment} />;
  return (
    <div className="flex items-start justify-between gap-3 px-3 py-2.5">
      {line.kind === "refusal" ? <RefusalWords refusal={line} /> : <GapWords gap={line} environment={environment} />}
      <span className="text-muted">
        <TailTime at={line.at} />
      </span>
    </div>
  );
});

function ArrivalCard({ line, environment }: { line: TailArrival; environment: Environment }) {
  const codes = [line.eci && `ECI ${line.eci}`, line.cvn && `CVN ${line.cvn}`].filter(Boolean).join(" · ");
  return (
    <InsideLink.Provider value={true}>
      <Link to={withParams(paths.webhook(line.eventId), { environment })} className="block px-3 py-2.5 active:bg-hover">
        <Card
          lines={[
            [
              <span key="type" className="inline-flex flex-wrap items-center gap-1.5">
                <span className="font-medium">{line.eventType}</span>
                <ArrivalMarks arrival={line} />
              </span>,
              <span key="at" className="text-muted">
                <TailTime at={line.at} />
              </span>,
            ],
            [
              <span key="state" className="inline-flex flex-wrap items-center gap-1.5">
                <StatusBadge kind="event" code={line.state} />
                <span className="figures text-xs text-muted">{codes}</span>
              </span>,
              line.amountRaw !== null && (
                <Money key="amount" minor={line.amountMinor} raw={line.amountRaw} currency={line.currency} />
              ),
            ],
          ]}
        />
      </Link>
    </InsideLink.Provider>
  );
}
