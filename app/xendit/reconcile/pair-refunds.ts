import { isRefunded } from "./charges.ts";
import type { GroupFacts, LinkedRow, RefundFacts } from "./group-facts.ts";
import { idsOfRow } from "./link-row.ts";
import { byTime } from "./pair-payments.ts";
import { kindOfRow, standingOf } from "./row-kind.ts";

export interface RefundPairing {
  readonly pairs: readonly { readonly refund: RefundFacts; readonly row: LinkedRow }[];
  /** Rows of refunds that are not ours, whose money moved or will. */
  readonly unknown: readonly LinkedRow[];
  /** Refunded by our account, and no row is about it. */
  readonly uncovered: readonly RefundFacts[];
}

/** Rows of refunds beside ours: by id, else by amount. A second row of one refund is of none. */
export function pairRefunds({ rows, refunds }: GroupFacts): RefundPairing {
  const left = new Set(refunds);
  const pairs: { refund: RefundFacts; row: LinkedRow }[] = [];
  const unknown: LinkedRow[] = [];
  const told = rows.filter((row) => kindOfRow(row) === "refund").sort(byTime);
  const named = new Map(told.map((row) => [row, idOf(row, refunds)]));
  for (const row of [...told].sort((a, b) => weight(named.get(a)) - weight(named.get(b)))) {
    const refund = findRefund(row, named.get(row) ?? null, left);
    if (refund) {
      left.delete(refund);
      pairs.push({ refund, row });
    } else if (standingOf(row) === "moved" || standingOf(row) === "waiting") unknown.push(row);
  }
  return { pairs, unknown, uncovered: [...left].filter(isRefunded) };
}

/** Rows that name their refund take it before rows that might be about any. */
function weight(id: string | null | undefined): number {
  return id ? 0 : 1;
}

/** Where a person or a reference linked the row, an id that is not ours says nothing against that. */
function idOf(row: LinkedRow, refunds: readonly RefundFacts[]): string | null {
  const id = idsOfRow(row).find(({ kind }) => kind === "refund")?.id ?? null;
  const isTold = row.link.linkedBy === "hand" || row.link.linkedBy === "reference";
  return isTold && !refunds.some(({ refundId }) => refundId === id) ? null : id;
}

function findRefund(row: LinkedRow, id: string | null, left: ReadonlySet<RefundFacts>): RefundFacts | undefined {
  const open = [...left];
  if (id !== null) return open.find(({ refundId }) => refundId === id);
  const paid = open.filter(isRefunded);
  return paid.find(({ amountMinor }) => amountMinor !== null && amountMinor === row.amountMinor) ?? paid[0];
}
