import { Banknote, CreditCard, type LucideIcon, Webhook } from "lucide-react";
import type { DescribedTarget, Reason, TargetKind } from "~/domain/search/search-answer.ts";
import { targetNoun } from "~/domain/search/search-answer.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { StatusBadge, type StatusKind } from "../codes/status-badge.tsx";
import { useEnvironment } from "../frame/frame-data.ts";
import { Id, InsideLink } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";

const icons: Record<TargetKind, LucideIcon> = { payment: Banknote, session: CreditCard, webhook: Webhook };
const statusKinds: Record<TargetKind, StatusKind> = { payment: "payment", session: "session", webhook: "event" };

/** One thing found, on two lines: what it is, and why it is here. Stands inside a link. */
export function HitLine({ target, reason }: { target: DescribedTarget; reason: Reason | null }) {
  const { environment } = useEnvironment();
  const Icon = icons[target.kind];
  const said = target.reference ?? reason?.label ?? targetNoun[target.kind];
  return (
    <InsideLink.Provider value={true}>
      <span className="flex min-w-0 items-start gap-2.5 text-sm">
        <Icon size={15} aria-hidden className="mt-0.5 shrink-0 text-faint" />
        <span className="min-w-0 flex-1">
          <span className="flex items-center justify-between gap-3">
            <span className="flex shrink-0 items-center gap-2 whitespace-nowrap">
              <span className="sr-only">{targetNoun[target.kind]}</span>
              <Id value={target.id} />
              {target.status && <StatusBadge kind={statusKinds[target.kind]} code={target.status} />}
            </span>
            <What target={target} />
          </span>
          <span className="flex items-center justify-between gap-3 text-xs text-muted">
            <span className="min-w-0 truncate">
              {reason?.value ? <Why label={reason.label} value={reason.value} matched={reason.matched} /> : said}
            </span>
            <span className="flex shrink-0 items-center gap-2">
              {target.environment !== environment && (
                <span className="font-medium text-look">{environmentLabel[target.environment]}</span>
              )}
              <Time at={target.at} />
            </span>
          </span>
        </span>
      </span>
    </InsideLink.Provider>
  );
}

function What({ target }: { target: DescribedTarget }) {
  if (target.kind === "webhook") return <span className="min-w-0 truncate text-xs text-muted">{target.eventType}</span>;
  return <Money minor={target.amountMinor} raw={target.amountRaw} currency={target.currency} />;
}

/** `RRN` **4352**05253972: the part that was asked for stands out. */
function Why({ label, value, matched }: { label: string; value: string; matched: number }) {
  return (
    <>
      {label}{" "}
      <span className="font-mono">
        <mark className="bg-transparent font-semibold text-ink">{value.slice(0, matched)}</mark>
        {value.slice(matched)}
      </span>
    </>
  );
}
