import { type Charge, chargesOf, isRefunded } from "~/xendit/reconcile/charges.ts";
import type { DisputeFacts, GroupFacts, LinkedRow, RefundFacts } from "~/xendit/reconcile/group-facts.ts";
import { pairPayments, sumOf } from "~/xendit/reconcile/pair-payments.ts";
import { pairRefunds } from "~/xendit/reconcile/pair-refunds.ts";
import { kindOfRow, standingOf } from "~/xendit/reconcile/row-kind.ts";

/** What Paydesk has and what the report has, laid beside each other as the match did it. Pure. */

/** Money of ours: a capture, a refund, a dispute. */
export interface OurLine {
  readonly id: string;
  readonly kind: "payment" | "refund" | "dispute";
  /** What a report would call it by: the payment's id, or the refund's. `null` where neither is known. */
  readonly productId: string | null;
  readonly amountMinor: number | null;
  readonly amountRaw: string | null;
  readonly currency: string | null;
  readonly status: string;
  readonly at: number | null;
}

export interface LinePair {
  readonly title: string;
  readonly ours: readonly OurLine[];
  readonly rows: readonly LinkedRow[];
  /** Where both sides say something and it is not the same. */
  readonly differs: { readonly amount: boolean; readonly status: boolean };
}

/** A dispute with its money, which the match does not ask for. */
export type DisputeLine = DisputeFacts &
  Pick<OurLine, "amountMinor" | "amountRaw" | "currency"> & { readonly createdAt: number | null };

export function pairLines(facts: GroupFacts, disputes: readonly DisputeLine[]): readonly LinePair[] {
  const charges = chargesOf(facts);
  const { pairs, extras, unknown, uncaptured, contradicting, uncovered } = pairPayments(facts, charges);
  const laid = [
    ...pairs.map((pair) => chargePair(facts, "Payment", pair.charges, pair.rows)),
    ...contradicting.map((pair) => chargePair(facts, "Payment", pair.charges, pair.rows)),
    ...uncovered.map((charge) => chargePair(facts, "Payment", [charge], [])),
    ...uncaptured.map((row) => notCaptured(facts, row)),
    ...extras.flatMap(({ rows }) => rows.map((row) => chargePair(facts, "Payment, reported again", [], [row]))),
    ...unknown.map((row) => chargePair(facts, "Payment", [], [row])),
    ...refundPairs(facts),
    ...disputePairs(facts, disputes),
  ];
  const shown = new Set(laid.flatMap(({ rows }) => rows));
  const rest = facts.rows.filter((row) => !shown.has(row));
  return [...laid, ...rest.map((row) => chargePair(facts, "Other row", [], [row]))];
}

function chargePair(
  facts: GroupFacts,
  title: string,
  charges: readonly Charge[],
  rows: readonly LinkedRow[],
): LinePair {
  const ours = charges.map((charge) => ourCharge(facts, charge));
  const isBoth = ours.length > 0 && rows.length > 0;
  return {
    title,
    ours,
    rows,
    differs: {
      amount: isBoth && !isSameMoney(ours, rows),
      status: isBoth && rows.some((row) => !["moved", "reversed"].includes(standingOf(row))),
    },
  };
}

/** Reported as paid, and by our account nothing was captured: our status stands beside it. */
function notCaptured({ request, payments, groupKey }: GroupFacts, row: LinkedRow): LinePair {
  const payment = payments.find(({ paymentId }) => paymentId === row.productId);
  const line: OurLine = {
    id: payment?.paymentId ?? groupKey,
    kind: "payment",
    productId: payment?.paymentId ?? null,
    amountMinor: 0,
    amountRaw: null,
    currency: payment?.currency ?? request?.currency ?? row.currency,
    status: payment?.status ?? request?.status ?? "UNKNOWN",
    at: payment?.createdAt ?? request?.createdAt ?? null,
  };
  return { title: "Payment", ours: [line], rows: [row], differs: { amount: true, status: true } };
}

function refundPairs(facts: GroupFacts): readonly LinePair[] {
  const { pairs, unknown } = pairRefunds(facts);
  const paired = new Set(pairs.map(({ refund }) => refund));
  const alone = facts.refunds.filter((refund) => !paired.has(refund));
  return [
    ...pairs.map(({ refund, row }): LinePair => {
      const ours = [ourRefund(refund)];
      const isSame = isRefunded(refund) === (standingOf(row) === "moved");
      return { title: "Refund", ours, rows: [row], differs: { amount: !isSameMoney(ours, [row]), status: !isSame } };
    }),
    ...alone.map((refund): LinePair => ({ title: "Refund", ours: [ourRefund(refund)], rows: [], differs: none })),
    ...unknown.map((row): LinePair => ({ title: "Refund", ours: [], rows: [row], differs: none })),
  ];
}

/** A dispute names no transaction: they stand in the order they came. */
function disputePairs({ rows }: GroupFacts, disputes: readonly DisputeLine[]): readonly LinePair[] {
  const told = rows.filter((row) => kindOfRow(row) === "chargeback");
  return Array.from({ length: Math.max(disputes.length, told.length) }, (_, place): LinePair => {
    const [dispute, row] = [disputes[place], told[place]];
    return { title: "Chargeback", ours: dispute ? [ourDispute(dispute)] : [], rows: row ? [row] : [], differs: none };
  });
}

const none = { amount: false, status: false } as const;

function ourDispute({ disputeId: id, createdAt: at, ...dispute }: DisputeLine): OurLine {
  const { amountMinor, amountRaw, currency, status } = dispute;
  return { id, kind: "dispute", productId: null, amountMinor, amountRaw, currency, status, at };
}

function ourCharge({ request, payments, groupKey }: GroupFacts, charge: Charge): OurLine {
  const { captureId, paymentId, amount, raw, currency, at } = charge;
  const payment = payments.find((one) => one.paymentId === paymentId);
  const status = payment?.status ?? request?.status ?? "UNKNOWN";
  const id = captureId ?? paymentId ?? groupKey;
  return { id, kind: "payment", productId: paymentId, amountMinor: amount, amountRaw: raw, currency, status, at };
}

function ourRefund({ refundId: id, amountMinor, amountRaw, currency, status, createdAt: at }: RefundFacts): OurLine {
  return { id, kind: "refund", productId: id, amountMinor, amountRaw, currency, status, at };
}

function isSameMoney(ours: readonly OurLine[], rows: readonly LinkedRow[]): boolean {
  const currencies = new Set([...ours, ...rows].map(({ currency }) => currency));
  const size = (row: LinkedRow) => (row.amountMinor === null ? null : Math.abs(row.amountMinor));
  return currencies.size === 1 && sumOf(ours.map(({ amountMinor }) => amountMinor)) === sumOf(rows.map(size));
}
