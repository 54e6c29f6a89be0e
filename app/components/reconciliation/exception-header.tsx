import { Link } from "@remix-run/react";
import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { formatDay } from "~/lib/time.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Time } from "../ui/time.tsx";
import { ClassBadge, NoteBadge } from "./class-badge.tsx";
import { ExceptionState } from "./exception-state.tsx";
import { signedMoney } from "./signed-money.tsx";

/** The answer first: what is the matter, by how much, why; then what else is true. */
export function ExceptionHeader({ opened }: { opened: OpenedException }) {
  const { group, sentence, resolution, closed, reference, paymentStatus } = opened;
  const { environment, paymentRequestId, difference, currency, notes } = group;
  const stated = {
    ...group,
    resolution: resolution?.resolution ?? null,
    reason: resolution?.reason ?? null,
    about: resolution && !resolution.isOutdated ? group.digest : null,
  };
  return (
    <div className="mb-4 rounded-md border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="figures text-lg font-semibold">{differenceText(difference, currency)}</span>
        <ClassBadge value={group.class} />
        <ExceptionState of={stated} />
      </div>
      <p className="mt-2 max-w-[96ch] text-base leading-6 break-words" data-sentence="">
        {sentence}
      </p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        {paymentRequestId === null ? (
          <span>No payment of ours is in it</span>
        ) : (
          <span className="inline-flex items-center gap-1.5">
            <Link to={withParams(paths.payment(paymentRequestId), { environment })} className="link">
              Payment
            </Link>
            {paymentStatus && <StatusBadge kind="payment" code={paymentStatus} />}
          </span>
        )}
        {(reference ?? group.reference) && <span className="break-all">Reference {reference ?? group.reference}</span>}
        <span>
          <Link to={withParams(paths.reconciliationDay(group.day), { environment })} className="link">
            {formatDay(group.day)}
          </Link>
          {closed && (
            <>
              , closed by {closed.closedBy} <Time at={closed.closedAt} />: what changes now is an adjustment of an open
              day
            </>
          )}
        </span>
      </p>
      {notes.length > 0 && (
        <ul className="mt-3 flex flex-wrap gap-1.5 border-t border-line pt-3" aria-label="Notes">
          {notes.map((note) => (
            <li key={note}>
              <NoteBadge value={note} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function differenceText(difference: number | null, currency: string | null): string {
  if (difference === null) return "Difference not known";
  return difference === 0 ? "No difference in amounts" : signedMoney(difference, currency);
}
