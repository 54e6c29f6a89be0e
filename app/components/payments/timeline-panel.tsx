import { Link } from "@remix-run/react";
import {
  CircleDollarSign,
  CreditCard,
  Footprints,
  Gavel,
  Hourglass,
  type LucideIcon,
  MessageSquare,
  Repeat2,
  SearchCheck,
  ShieldCheck,
  ShoppingCart,
  Undo2,
  Webhook,
} from "lucide-react";
import type { ReactNode } from "react";
import { RUN } from "~/domain/payments/timeline/fold-runs.ts";
import type { TimelineEntry, TimelineKind } from "~/domain/payments/timeline/timeline-entry.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { formatDuration } from "~/lib/time.ts";
import { Panel } from "../ui/panel.tsx";
import { Timeline, type TimelineItem } from "../ui/timeline.tsx";
import { ExpectedActions } from "./timeline-expected.tsx";
import { FoldedWebhooks, WebhookArrivals, WebhookTitle } from "./timeline-webhook.tsx";

const icons: Record<TimelineKind, LucideIcon> = {
  session: ShoppingCart,
  step: Footprints,
  payment: CreditCard,
  three_ds: ShieldCheck,
  capture: CircleDollarSign,
  refund: Undo2,
  dispute: Gavel,
  webhook: Webhook,
  replay: Repeat2,
  check: SearchCheck,
  note: MessageSquare,
  expected: Hourglass,
};

interface TimelinePanelProps {
  readonly entries: readonly TimelineEntry[];
  readonly of: { readonly environment: string; readonly paymentRequestId: string };
  /** Webhooks there are, and how many of them the timeline holds. */
  readonly webhooks: { readonly total: number; readonly told: number };
  readonly canCheck: boolean;
  /** Links at the right of its heading. */
  readonly actions?: ReactNode;
}

/** One line of time: when it happened on the left, when we heard of it muted; duplicates folded, conflicts loud. */
export function TimelinePanel({ entries, of, webhooks, canCheck, actions }: TimelinePanelProps) {
  return (
    <Panel title="Timeline" id="timeline" actions={actions}>
      {webhooks.total > webhooks.told && (
        <p className="mb-2 text-sm text-look">
          Only the first {webhooks.told} of {webhooks.total.toLocaleString("en")} webhooks are told here.{" "}
          <Link
            to={withParams(paths.webhooks(), { environment: of.environment, q: of.paymentRequestId })}
            className="link"
          >
            See all of them
          </Link>
        </p>
      )}
      <Timeline label="Timeline" items={entries.map((entry) => itemOf(entry, canCheck))} />
    </Panel>
  );
}

function itemOf(entry: TimelineEntry, canCheck: boolean): TimelineItem {
  const isExpected = entry.kind === "expected";
  return {
    id: entry.key,
    icon: icons[entry.kind],
    tone: entry.tone,
    at: entry.at,
    untimed: isExpected ? "expected next" : "time not told",
    title: entry.webhook ? <WebhookTitle entry={entry} webhook={entry.webhook} /> : entry.title,
    children: <EntryText entry={entry} canCheck={canCheck} />,
    isExpected,
    isLoud: entry.kind === "webhook" && entry.tone === "bad",
    gap: entry.gap === undefined ? undefined : `${formatDuration(entry.gap)} without word`,
  };
}

function EntryText({ entry, canCheck }: { entry: TimelineEntry; canCheck: boolean }) {
  const { detail, words, link, webhook, folded, kind } = entry;
  return (
    <>
      {words !== undefined && <p className="mt-0.5 break-words whitespace-pre-wrap">{words}</p>}
      {(detail || link) && (
        <p className="break-words text-muted">
          {detail}
          {detail && link && " · "}
          {link && <EntryLink {...link} />}
        </p>
      )}
      {webhook && <WebhookArrivals entry={entry} webhook={webhook} />}
      {folded && folded.length >= RUN && <FoldedWebhooks entries={folded} />}
      {kind === "expected" && <ExpectedActions canCheck={canCheck} />}
    </>
  );
}

function EntryLink({ path, text }: { path: string; text: string }) {
  // A place on this page is the browser's own business: it lights what it scrolls to.
  return path.startsWith("#") ? (
    <a href={path} className="link">
      {text}
    </a>
  ) : (
    <Link to={path} className="link">
      {text}
    </Link>
  );
}
