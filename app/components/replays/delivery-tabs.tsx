import { Link } from "@remix-run/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { DELIVERY_STATES, type DeliveryFilter } from "~/domain/replays/delivery-filter.ts";
import type { DeliveryCounts } from "~/domain/replays/replay-plan.ts";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { deliveryStateWord } from "~/xendit/codes/status-words.ts";
import { buttonClass } from "../ui/button.tsx";
import { TabLink } from "../ui/tab-link.tsx";
import { figure } from "./counted.ts";

export type ShownFilter = Pick<DeliveryFilter, "state" | "outcome">;

interface DeliveryTabsProps {
  readonly replay: Pick<ReplayRow, "replayId" | "kind">;
  readonly counts: DeliveryCounts;
  readonly filter: ShownFilter;
}

/** Deliveries by state, each with its count, and the one outcome that was asked for. */
export function DeliveryTabs({ replay: { replayId, kind }, counts, filter: { state, outcome } }: DeliveryTabsProps) {
  const all = DELIVERY_STATES.reduce((sum, one) => sum + counts[one], 0);
  const word = (one: (typeof DELIVERY_STATES)[number]) =>
    kind === "reprocess" && one === "delivered" ? "Processed" : deliveryStateWord(one).word;
  return (
    <nav aria-label="Events by state" className="flex gap-4 overflow-x-auto border-b border-line px-4">
      <TabLink
        to={paths.replay(replayId)}
        isOpen={state === null && outcome === null}
        label="All"
        count={figure(all)}
      />
      {DELIVERY_STATES.map((one) => (
        <TabLink
          key={one}
          to={withParams(paths.replay(replayId), { state: one })}
          isOpen={state === one && outcome === null}
          label={word(one)}
          count={figure(counts[one])}
        />
      ))}
      {outcome !== null && (
        <span className="-mb-px border-b-2 border-accent py-1.5 font-medium whitespace-nowrap">Only {outcome}</span>
      )}
    </nav>
  );
}

interface DeliveryPagerProps {
  readonly replayId: string;
  readonly filter: ShownFilter;
  readonly next: string | null;
  readonly previous: string | null;
}

/** In order of capture, so earlier and later rather than newer and older. */
export function DeliveryPager({ replayId, filter, next, previous }: DeliveryPagerProps) {
  if (!next && !previous) return null;
  const link = (cursor: string) => `${withParams(paths.replay(replayId), { ...filter, cursor })}#events`;
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 border-t border-line px-4 py-2">
      {previous && (
        <Link to={link(previous)} rel="prev" className={buttonClass({ size: "sm" })}>
          <ChevronLeft size={15} aria-hidden /> Earlier
        </Link>
      )}
      {next && (
        <Link to={link(next)} rel="next" className={buttonClass({ size: "sm" })}>
          Later <ChevronRight size={15} aria-hidden />
        </Link>
      )}
    </nav>
  );
}
