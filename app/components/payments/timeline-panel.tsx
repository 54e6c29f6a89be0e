import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import {
  CircleDollarSign,
  CreditCard,
  Gavel,
  Hourglass,
  type LucideIcon,
  ShoppingCart,
  Undo2,
  Webhook,
} from "lucide-react";
import type { TimelineEntry } from "~/domain/payments/payment-timeline.ts";
import { paths } from "~/lib/paths.ts";
import { DAY, formatDuration } from "~/lib/time.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

const icons: Record<TimelineEntry["kind"], LucideIcon> = {
  session: ShoppingCart,
  payment: CreditCard,
  capture: CircleDollarSign,
  refund: Undo2,
  dispute: Gavel,
  webhook: Webhook,
  expected: Hourglass,
};

/** A gap worth drawing. */
const GAP = DAY / 24;

/** One line of time: when it happened on the left, when we heard of it muted; duplicates folded, conflicts loud. */
export function TimelinePanel({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <Panel title="Timeline" id="timeline">
      <ol className="flex flex-col">
        {entries.map((entry, index) => {
          const before = entries[index - 1];
          const gap = before && before.order > 0 ? entry.order - before.order : 0;
          return (
            <li key={entry.key}>
              {gap >= GAP && (
                <div className="my-1 ml-[7px] border-l border-dashed border-line-strong py-1 pl-5 text-xs text-faint sm:ml-[169px]">
                  {formatDuration(gap)} later
                </div>
              )}
              <Entry entry={entry} />
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const Icon = icons[entry.kind];
  const isExpected = entry.kind === "expected";
  return (
    <div className="grid grid-cols-[16px_minmax(0,1fr)] items-start gap-x-3 py-1.5 sm:grid-cols-[150px_16px_minmax(0,1fr)]">
      <span className="figures col-span-2 text-sm text-muted sm:col-span-1 sm:text-right sm:text-ink">
        <Time at={entry.at} relative={false} seconds />
      </span>
      <Icon size={15} aria-hidden className={clsx("mt-0.5", isExpected ? "text-faint" : "text-muted")} />
      <div
        className={clsx(
          "min-w-0 text-sm",
          isExpected && "border-l border-dashed border-line-strong pl-2 text-muted",
          entry.webhook?.state === "conflict" && "border-l-2 border-bad pl-2",
        )}
      >
        {entry.webhook ? <WebhookLine entry={entry} webhook={entry.webhook} /> : entry.title}
        {entry.detail && <span className="block text-xs break-words text-muted">{entry.detail}</span>}
      </div>
    </div>
  );
}

function WebhookLine({ entry, webhook }: { entry: TimelineEntry; webhook: NonNullable<TimelineEntry["webhook"]> }) {
  const { eventId, state, arrivals } = webhook;
  const [first = null] = arrivals;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Link to={paths.webhook(eventId)} className="link min-w-0 font-medium break-words">
        {entry.title}
      </Link>
      {state !== "processed" && <StatusBadge kind="event" code={state} />}
      {arrivals.length > 1 && <span className="text-xs text-muted">×{arrivals.length}</span>}
      <span className="text-xs text-faint">
        arrived <Time at={first} relative={false} seconds />
        {entry.at !== null && first !== null && first > entry.at && `, ${formatDuration(first - entry.at)} after`}
      </span>
    </span>
  );
}
