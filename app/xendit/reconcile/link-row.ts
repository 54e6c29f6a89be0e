import type { Environment } from "../../lib/environment.ts";
import { xenditIdKind } from "../../lib/ids.ts";
import { compareText } from "../order.ts";
import { referenceStem } from "../reference.ts";
import type { LinkedBy } from "./classes.ts";
import type { RowFacts, RowLink } from "./group-facts.ts";
import { isCardRow, kindOfRow } from "./row-kind.ts";

/** Ids a row can be linked by, in FACTS 8.7's order. */
const LINKING = ["payment", "refund", "capture", "payment_request"] as const;
export type LinkingKind = (typeof LINKING)[number];

const LINKED_BY: Record<LinkingKind, LinkedBy> = {
  payment: "payment_id",
  refund: "refund_id",
  capture: "capture_id",
  payment_request: "payment_request_id",
};

export type NamingRow = Pick<
  RowFacts,
  | "transactionId"
  | "type"
  | "channel"
  | "currency"
  | "amountMinor"
  | "reference"
  | "productId"
  | "paymentRequestId"
  | "captureId"
>;

export interface RowId {
  readonly kind: LinkingKind;
  readonly id: string;
}

/** A payment of ours that a reference leads to. */
export interface ReferenceCandidate {
  readonly paymentRequestId: string;
  readonly currency: string | null;
  readonly captured: number | null;
  /** Amounts of what was refunded of it. */
  readonly refunds: readonly number[];
}

/** What is known of the ids and references of the rows at hand. Ids and stems are asked for as they stand here. */
export interface Known {
  /** Payment requests of ours; `kind` keeps an id from being read as something else than its prefix says. */
  targetsOf(id: RowId): readonly string[];
  /** Another environment that knows the id. */
  otherEnvironmentOf(id: RowId): Environment | null;
  /** A person's word: to a payment, to none (`null`), or no word (`undefined`). */
  handOf(transactionId: string): string | null | undefined;
  byReference(stem: string): readonly ReferenceCandidate[];
}

/** Read by prefix and not by column: a "Product ID" holds payments, refunds and more (RULES 5). */
export function idsOfRow(row: Pick<RowFacts, "productId" | "captureId" | "paymentRequestId">): readonly RowId[] {
  const found: RowId[] = [];
  for (const told of [row.productId, row.captureId, row.paymentRequestId]) {
    if (told === null) continue;
    const id = told.trim();
    const kind = xenditIdKind(id);
    if (isLinking(kind) && !found.some((other) => other.id === id)) found.push({ kind, id });
  }
  return found.length > 1 ? found.sort((a, b) => LINKING.indexOf(a.kind) - LINKING.indexOf(b.kind)) : found;
}

function isLinking(kind: string | null): kind is LinkingKind {
  return kind !== null && (LINKING as readonly string[]).includes(kind);
}

export function stemOfRow({ reference }: Pick<RowFacts, "reference">): string | null {
  const stem = reference === null ? "" : referenceStem(reference.trim().toLowerCase());
  return stem === "" ? null : stem;
}

/**
 * Where a row belongs: a person's word, else its ids, else (only without any) its reference, currency and amount. Two
 * payments it could be of are never chosen between.
 */
export function linkRow(row: NamingRow, known: Known): RowLink {
  const hand = known.handOf(row.transactionId);
  if (hand !== undefined) return { ...alone(row), ...(hand === null ? {} : { groupKey: hand }), linkedBy: "hand" };
  const ids = idsOfRow(row);
  const led = ids.map((id) => ({ kind: id.kind, targets: known.targetsOf(id) }));
  const targets = sorted(led.flatMap((one) => one.targets));
  const first = led.find((one) => one.targets.length > 0);
  if (first) {
    const [only = ""] = targets;
    return targets.length > 1
      ? { ...alone(row), candidates: targets }
      : { ...alone(row), groupKey: only, linkedBy: LINKED_BY[first.kind] };
  }
  return ids.length > 0 ? unknownIds(row, ids, known) : byReference(row, known);
}

/** Ids of nothing of ours. That its reference is one of ours makes it no payment of ours: it may be a second charge. */
function unknownIds(row: NamingRow, ids: readonly RowId[], known: Known): RowLink {
  const elsewhere = ids.map((id) => known.otherEnvironmentOf(id)).find((environment) => environment !== null);
  const [name] = [...ids].sort((a, b) => NAMING.indexOf(a.kind) - NAMING.indexOf(b.kind));
  return {
    ...alone(row),
    groupKey: name?.id ?? row.transactionId,
    otherEnvironment: elsewhere ?? null,
    sameReference: sameReference(row, known),
  };
}

/** What a row that leads nowhere is named by: rows of one unknown payment belong together. */
const NAMING: readonly LinkingKind[] = ["payment_request", "payment", "capture", "refund"];

function byReference(row: NamingRow, known: Known): RowLink {
  const stem = stemOfRow(row);
  // Another channel may have been paid under the same reference.
  if (stem === null || !isCardRow(row)) return alone(row);
  const isRefund = kindOfRow(row) === "refund";
  const fits = known.byReference(stem).filter(({ currency, captured, refunds }) => {
    if (row.amountMinor === null || row.currency === null || currency !== row.currency) return false;
    return isRefund ? refunds.includes(row.amountMinor) : captured === row.amountMinor;
  });
  const candidates = sorted(fits.map(({ paymentRequestId }) => paymentRequestId));
  const [only] = candidates;
  if (only === undefined) return { ...alone(row), sameReference: sameReference(row, known) };
  return candidates.length > 1
    ? { ...alone(row), candidates }
    : { ...alone(row), groupKey: only, linkedBy: "reference" };
}

function sameReference(row: NamingRow, known: Known): readonly string[] {
  const stem = stemOfRow(row);
  if (stem === null || !isCardRow(row)) return [];
  return sorted(known.byReference(stem).map(({ paymentRequestId }) => paymentRequestId));
}

function alone({ transactionId }: NamingRow): RowLink {
  return { groupKey: transactionId, linkedBy: null, candidates: [], otherEnvironment: null, sameReference: [] };
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort(compareText);
}
