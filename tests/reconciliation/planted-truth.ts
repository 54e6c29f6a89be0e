import type { Planted } from "~/sandbox/reports/discrepancies.ts";
import { NOTES, type Note, type ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import type { PlantedMonth } from "./planted-month.ts";
import { MONTH_NOW, type Sale } from "./planted-sales.ts";
import { linesOf } from "./sale-lines.ts";

export interface Expected {
  /** `null` where nothing was planted. */
  readonly kind: Planted["kind"] | null;
  readonly class: ReconciliationClass;
  /** In the order of `NOTES`. */
  readonly notes: readonly Note[];
}

/**
 * What each group of the month must be found as. Groups of ours by payment request; lines that belong to nothing of ours
 * by their transaction, whatever the group is named.
 */
export interface Truth {
  readonly payments: ReadonlyMap<string, Expected>;
  readonly lines: ReadonlyMap<string, Expected>;
}

export function truthOf(month: Pick<PlantedMonth, "sales" | "planted" | "lines">): Truth {
  const byPayment = new Map(month.planted.flatMap((one) => (one.paymentId ? [[one.paymentId, one] as const] : [])));
  const payments = new Map<string, Expected>();
  for (const sale of month.sales) {
    // Nothing moved, and nothing is reported.
    if (sale.scenario !== "failed")
      payments.set(sale.requestId, expectedOf(sale, byPayment.get(sale.paymentId) ?? null));
  }
  const waiting = new Set(
    month.lines.filter((line) => line.settlementStatus === "PENDING").map((line) => line.transactionId),
  );
  const foreign = month.planted.filter((one) => one.paymentId === null);
  const lines = new Map(
    foreign.map(({ kind, class: found, notes, transactionId }) => {
      const isWaiting = kind !== "out_of_scope" && waiting.has(transactionId);
      return [transactionId, { kind, class: found, notes: inOrder([...notes, ...(isWaiting ? NOT_SETTLED : [])]) }];
    }),
  );
  return { payments, lines };
}

const NOT_SETTLED: readonly Note[] = ["not_settled_yet"];

function expectedOf(sale: Sale, planted: Planted | null): Expected {
  const own = notesOf(sale);
  if (!planted) return { kind: null, class: "matched", notes: inOrder(own) };
  const { kind, class: found, notes } = planted;
  // A line that is gone, or that says the money never moved, tells nothing of settlement either.
  const untold: readonly Note[] = kind === "missing_in_report" || kind === "status_differs" ? NOT_SETTLED : [];
  return { kind, class: found, notes: inOrder([...own.filter((note) => !untold.includes(note)), ...notes]) };
}

function notesOf(sale: Sale): Note[] {
  const captured = sale.captures.reduce((sum, capture) => sum + capture.minor, 0);
  const isWaiting = linesOf(sale).some(
    (line) =>
      line.type === "PAYMENT" && line.settlementStatus === "PENDING" && (line.estimatedSettlementAt ?? 0) > MONTH_NOW,
  );
  const holds: Partial<Record<Note, boolean>> = {
    captured_in_part: captured > 0 && captured < sale.minor,
    refunded: sale.refund?.status === "SUCCEEDED",
    charged_back_with_dispute: sale.dispute !== null,
    late_success: sale.scenario === "late_success",
    not_itemised: sale.scenario === "not_itemised",
    next_day: sale.scenario === "next_day",
    not_settled_yet: isWaiting,
  };
  return NOTES.filter((note) => holds[note]);
}

function inOrder(notes: readonly Note[]): readonly Note[] {
  return NOTES.filter((note) => notes.includes(note));
}
