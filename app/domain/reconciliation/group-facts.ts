import type { GroupFacts, LinkedRow } from "~/xendit/reconcile/group-facts.ts";
import type { GroupPayment } from "./group-payment.server.ts";
import type { ReportedRow } from "./group-rows.server.ts";

/** A group as the match sees it, from what its page has read. Where its rows could belong besides is not asked again. */
export function factsOf(groupKey: string, payment: GroupPayment | null, rows: readonly ReportedRow[]): GroupFacts {
  return {
    groupKey,
    request: payment?.request ?? null,
    payments: payment?.payments ?? [],
    captures: payment?.captures ?? [],
    refunds: payment?.refunds ?? [],
    disputes: payment?.disputes ?? [],
    rows: rows.map(
      (row): LinkedRow => ({
        ...row,
        link: { groupKey, linkedBy: row.linkedBy, candidates: [], otherEnvironment: null, sameReference: [] },
      }),
    ),
  };
}
