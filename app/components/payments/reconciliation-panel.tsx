import { Link } from "@remix-run/react";
import type { PaymentGroup } from "~/domain/reconciliation/find-payment-group.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { ClassBadge } from "../reconciliation/class-badge.tsx";
import { SignedMoney } from "../reconciliation/signed-money.tsx";
import { Panel } from "../ui/panel.tsx";

/** What Xendit's report says beside this payment. */
export function ReconciliationPanel({ group }: { group: PaymentGroup | null }) {
  if (!group) return null;
  const { environment, groupKey, difference, currency, sentence, state } = group;
  return (
    <Panel title="Reconciliation" id="reconciliation">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ClassBadge value={group.class} />
        {difference !== null && difference !== 0 && <SignedMoney minor={difference} currency={currency} isStrong />}
        {state === "resolved" && <span className="text-sm text-muted">resolved</span>}
      </p>
      <p className="mt-1.5 text-sm break-words">{sentence}</p>
      <p className="mt-1.5 text-sm">
        <Link to={withParams(paths.exception(groupKey), { environment })} className="link">
          Side by side with the report
        </Link>
      </p>
    </Panel>
  );
}
