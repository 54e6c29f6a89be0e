import { xenditIdKind } from "../../lib/ids.ts";
import { compareNumbers, compareText } from "../order.ts";
import type { Charge } from "./charges.ts";
import type { GroupFacts, LinkedRow } from "./group-facts.ts";
import { idsOfRow } from "./link-row.ts";
import { kindOfRow, standingOf } from "./row-kind.ts";

/** Rows that report money, beside the captures they report. One row may stand for many captures, and the other way round. */
export interface Pair {
  readonly charges: readonly Charge[];
  readonly rows: readonly LinkedRow[];
}

export interface PaymentPairing {
  readonly pairs: readonly Pair[];
  /** Money reported again of a payment whose captures are all reported. */
  readonly extras: readonly Pair[];
  /** Money of a payment nobody here knows, under a request of ours. */
  readonly unknown: readonly LinkedRow[];
  /** Money of a payment of ours that captured none. */
  readonly uncaptured: readonly LinkedRow[];
  /** Rows that call waiting, failed or voided what we captured and no other row reports. */
  readonly contradicting: readonly Pair[];
  /** Captures that no row is about. */
  readonly uncovered: readonly Charge[];
}

/** A payment of ours, the request without saying which payment, or a payment nobody here knows. */
type About = { readonly paymentId: string | null } | "unknown";

export function pairPayments(facts: GroupFacts, charges: readonly Charge[]): PaymentPairing {
  const pairing = new Pairing(charges);
  const rows = facts.rows.filter((row) => kindOfRow(row) === "payment").sort(byTime);
  const told = rows.map((row) => ({ row, about: aboutOf(facts, charges, row), standing: standingOf(row) }));
  const money = told.filter(({ row }) => isMoneyRow(row, rows));
  const others = told.filter(({ standing }) => standing !== "moved" && standing !== "reversed");
  for (const [paymentId, own] of ofPayments(money)) pairing.cover(own, paymentId);
  for (const { row, about } of money) {
    if (about !== "unknown" && about.paymentId === null) pairing.coverAny(row);
  }
  const unknown = money.flatMap(({ row, about }) => (about === "unknown" ? [row] : []));
  const contradicting = others.flatMap(({ row, about, standing }) => {
    if (about === "unknown") return [];
    const left = pairing.left(about.paymentId);
    if (left.length > 0) return [{ rows: [row], charges: left }];
    return standing === "unknown" && facts.request !== null ? [{ rows: [row], charges: [] }] : [];
  });
  const denied = new Set(contradicting.flatMap((pair) => pair.charges));
  const hasKnown = facts.payments.length > 0 || isDecided(facts);
  const [uncaptured, nowhere] = hasKnown ? [pairing.nothing, []] : [[], pairing.nothing];
  return {
    pairs: pairing.pairs,
    extras: pairing.extras,
    unknown: [...unknown, ...nowhere],
    uncaptured,
    contradicting,
    uncovered: pairing.left(null).filter((charge) => !denied.has(charge)),
  };
}

/**
 * Whether a payment's row says that money came in. What was taken back had come in before: such a row stands for the
 * payment where no other row of it does.
 */
export function isMoneyRow(row: LinkedRow, rows: readonly LinkedRow[]): boolean {
  if (kindOfRow(row) !== "payment") return false;
  const standing = standingOf(row);
  if (standing !== "reversed") return standing === "moved";
  return !rows.some(
    (other) => kindOfRow(other) === "payment" && standingOf(other) === "moved" && other.productId === row.productId,
  );
}

/** Its ids say which. Where a person or a reference linked it, ids that are not ours say nothing against that. */
function aboutOf({ payments }: GroupFacts, charges: readonly Charge[], row: LinkedRow): About {
  const ids = idsOfRow(row);
  const capture = charges.find(({ captureId }) => ids.some(({ id }) => id === captureId));
  if (capture) return { paymentId: capture.paymentId };
  const named = ids.filter(({ id }) => xenditIdKind(id) === "payment").map(({ id }) => id);
  const own = named.find((id) => payments.some(({ paymentId }) => paymentId === id));
  if (own !== undefined) return { paymentId: own };
  const isTold = row.link.linkedBy === "hand" || row.link.linkedBy === "reference";
  return named.length > 0 && payments.length > 0 && !isTold ? "unknown" : { paymentId: null };
}

const OUTCOMES: ReadonlySet<string> = new Set(["AUTHORIZED", "CANCELED", "EXPIRED", "FAILED", "SUCCEEDED"]);

/** Whether our account of the request has an outcome, though no payment of it was told. */
function isDecided({ request }: GroupFacts): boolean {
  return request !== null && OUTCOMES.has(request.status);
}

interface ToldRow {
  readonly row: LinkedRow;
  readonly about: About;
}

function ofPayments(rows: readonly ToldRow[]): readonly (readonly [string, readonly LinkedRow[]])[] {
  const groups = new Map<string, LinkedRow[]>();
  for (const { row, about } of rows) {
    if (about === "unknown" || about.paymentId === null) continue;
    groups.set(about.paymentId, [...(groups.get(about.paymentId) ?? []), row]);
  }
  return [...groups];
}

class Pairing {
  readonly pairs: Pair[] = [];
  readonly extras: Pair[] = [];
  readonly nothing: LinkedRow[] = [];
  readonly #charges: readonly Charge[];
  readonly #covered = new Set<Charge>();

  constructor(charges: readonly Charge[]) {
    this.#charges = charges;
  }

  /** What no row is about yet, of one payment or of all. */
  left(paymentId: string | null): readonly Charge[] {
    return this.#charges.filter(
      (charge) => !this.#covered.has(charge) && (paymentId === null || charge.paymentId === paymentId),
    );
  }

  /** The rows of one payment beside its captures. */
  cover(rows: readonly LinkedRow[], paymentId: string): void {
    const own = this.#charges.filter((charge) => charge.paymentId === paymentId);
    const [row, ...others] = rows;
    const open = this.left(paymentId);
    // The whole of a payment may be told in other parts than it was captured in.
    const isInParts = others.length > 0 && open.length === own.length && own.length > 0 && sameSum(rows, own);
    if (isInParts && !eachByItself(rows, own)) this.#pair(rows, own);
    else if (row) this.#coverEach(rows, paymentId);
  }

  #coverEach(rows: readonly LinkedRow[], paymentId: string): void {
    const charges = this.#charges.filter((charge) => charge.paymentId === paymentId);
    const rest: LinkedRow[] = [];
    for (const row of rows) {
      const own = this.left(paymentId).find(({ captureId }) => captureId !== null && captureId === row.captureId);
      if (own) this.#pair([row], [own]);
      else rest.push(row);
    }
    for (const [place, row] of rest.entries()) {
      const open = this.left(paymentId);
      if (open.length > 0) this.#pair([row], coveredBy(row, open, place === rest.length - 1));
      else if (charges.length === 0 && place === 0) this.nothing.push(row);
      else this.extras.push({ rows: [row], charges });
    }
  }

  /** A row that does not say which payment: the one it fits, else the first that no row is about. */
  coverAny(row: LinkedRow): void {
    const open = this.left(null);
    if (open.length === 0) {
      if (this.#charges.length === 0) this.nothing.push(row);
      else this.extras.push({ rows: [row], charges: this.#charges });
      return;
    }
    const payments = [...new Set(open.map(({ paymentId }) => paymentId))];
    const whole = payments.map((paymentId) => open.filter((charge) => charge.paymentId === paymentId));
    const fitting = whole.find((charges) => sameSum([row], charges));
    this.#pair([row], fitting ?? coveredBy(row, open, false));
  }

  #pair(rows: readonly LinkedRow[], charges: readonly Charge[]): void {
    for (const charge of charges) this.#covered.add(charge);
    this.pairs.push({ rows, charges });
  }
}

/** All that is open where it adds up to the row or nobody else can be about it, else one capture of that amount, else the first. */
function coveredBy(row: LinkedRow, open: readonly Charge[], isLast: boolean): readonly Charge[] {
  if (isLast || sameSum([row], open)) return open;
  const equal = open.find(({ amount }) => amount !== null && amount === row.amountMinor);
  return equal ? [equal] : open.slice(0, 1);
}

/** As many rows as captures, each with its own amount. */
function eachByItself(rows: readonly LinkedRow[], charges: readonly Charge[]): boolean {
  const amounts = (all: readonly (number | null)[]) => [...all].sort(compareNumbers).join();
  return (
    rows.length === charges.length &&
    amounts(rows.map(({ amountMinor }) => amountMinor)) === amounts(charges.map(({ amount }) => amount))
  );
}

export function sameSum(rows: readonly LinkedRow[], charges: readonly Charge[]): boolean {
  const [currency] = charges.map((charge) => charge.currency);
  const isOne = [...rows, ...charges].every((one) => one.currency === currency);
  const reported = sumOf(rows.map(({ amountMinor }) => amountMinor));
  return isOne && reported !== null && reported === sumOf(charges.map(({ amount }) => amount));
}

export function sumOf(amounts: readonly (number | null)[]): bigint | null {
  let sum = 0n;
  for (const amount of amounts) {
    if (amount === null) return null;
    sum += BigInt(amount);
  }
  return sum;
}

export function byTime(a: LinkedRow, b: LinkedRow): number {
  return compareNumbers(a.createdAt, b.createdAt) || compareText(a.transactionId, b.transactionId);
}
