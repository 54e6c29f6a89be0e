import type { BusinessDay } from "../../lib/time.ts";
import { compareText } from "../order.ts";
import { AMOUNTS, type AmountName } from "./amount-names.ts";
import type { Calendar } from "./calendar.ts";
import { type Charge, isRefunded, refundedAt } from "./charges.ts";
import type { DayAmounts, GroupFacts, LinkedRow } from "./group-facts.ts";
import { isMoneyRow, type Pair, type PaymentPairing } from "./pair-payments.ts";
import type { RefundPairing } from "./pair-refunds.ts";
import { isCardRow, kindOfRow, settlementOf, standingOf } from "./row-kind.ts";

interface Sides {
  readonly facts: GroupFacts;
  readonly charges: readonly Charge[];
  readonly payments: PaymentPairing;
  readonly refunds: RefundPairing;
  readonly calendar: Calendar;
}

/** What a group adds to which day and currency. A row counts on the day of the capture or refund it is about (decision 7). */
export function dayAmounts(sides: Sides): readonly DayAmounts[] {
  const book = new Book(sides.calendar);
  for (const { at, currency, amount } of sides.charges) book.add(at, currency, { captured: amount });
  for (const refund of sides.facts.refunds.filter(isRefunded)) {
    book.add(refundedAt(refund), refund.currency, { refunded: refund.amountMinor });
  }
  addPayments(book, sides);
  addRefunds(book, sides.refunds);
  addChargebacks(book, sides);
  return book.close();
}

function addPayments(book: Book, { facts, payments }: Sides): void {
  const hasChargeback = facts.rows.some(isChargedBack);
  const add = (row: LinkedRow, shares: readonly Share[]) => {
    if (!counts(facts, row)) return;
    const isReversed = standingOf(row) === "reversed" && !hasChargeback;
    for (const { at, part } of split(row, shares)) {
      const { amount, ...costs } = part;
      const back = isReversed ? amount : 0;
      // What the report gives as net of a reversed payment is what it was before it was taken back.
      const net = isReversed && costs.net > 0 ? costs.net - back : costs.net;
      book.addReported(row, at, { ...costs, net, reported: amount, chargedBack: back });
    }
    if (row.amountMinor === null) book.untold(shares[0]?.at ?? createdAt(row), row.currency);
  };
  for (const pair of payments.pairs) for (const [row, shares] of fill(pair)) add(row, shares);
  for (const { rows, charges } of payments.extras) {
    for (const row of rows) add(row, [{ at: charges[0]?.at ?? createdAt(row), amount: 1n }]);
  }
  for (const row of [...payments.unknown, ...payments.uncaptured]) add(row, [{ at: createdAt(row), amount: 1n }]);
  for (const row of facts.rows) {
    // Another row reports the payment; this one says that it was taken back.
    if (kindOfRow(row) !== "payment" || standingOf(row) !== "reversed" || isMoneyRow(row, facts.rows)) continue;
    if (!hasChargeback && row.amountMinor !== null && counts(facts, row)) {
      book.addReported(row, dayOfBack(facts, payments, row), { chargedBack: row.amountMinor, net: -row.amountMinor });
    }
  }
}

function addRefunds(book: Book, { pairs, unknown }: RefundPairing): void {
  const add = (row: LinkedRow, at: number) => {
    if (standingOf(row) !== "moved") return;
    if (row.amountMinor === null) return book.untold(at, row.currency);
    const { amount, ...costs } = figuresOf(row, -1);
    book.addReported(row, at, { ...costs, reportedRefunds: amount });
  };
  for (const { refund, row } of pairs) add(row, isRefunded(refund) ? refundedAt(refund) : createdAt(row));
  for (const row of unknown) add(row, createdAt(row));
}

function addChargebacks(book: Book, { facts, payments }: Sides): void {
  for (const row of facts.rows.filter(isChargedBack)) {
    if (!counts(facts, row)) continue;
    const at = dayOfBack(facts, payments, row);
    if (row.amountMinor === null) book.untold(at, row.currency);
    else {
      const { amount, ...costs } = figuresOf(row, -1);
      book.addReported(row, at, { ...costs, chargedBack: amount });
    }
  }
}

function isChargedBack(row: LinkedRow): boolean {
  return kindOfRow(row) === "chargeback" && standingOf(row) === "moved";
}

/** Rows of other products stand in no total. */
function counts({ request }: GroupFacts, row: LinkedRow): boolean {
  return request !== null || isCardRow(row);
}

/** The capture whose money was taken back, as near as the row says. */
function dayOfBack(facts: GroupFacts, payments: PaymentPairing, row: LinkedRow): number {
  const charges = [...payments.pairs.flatMap((pair) => pair.charges), ...payments.uncovered];
  const own = charges.find(({ paymentId }) => paymentId !== null && paymentId === row.productId);
  return (own ?? charges[0])?.at ?? facts.request?.capturedAt ?? createdAt(row);
}

export function createdAt(row: LinkedRow): number {
  return row.createdAt ?? row.updatedAt ?? row.settledAt ?? row.estimatedSettlementAt ?? 0;
}

interface Share {
  readonly at: number;
  readonly amount: bigint;
}

/** Which part of each row is about which capture: captures are filled one after the other, what is left goes to the last. */
function fill({ rows, charges }: Pair): readonly (readonly [LinkedRow, readonly Share[]])[] {
  const [first] = charges;
  if (!first || charges.length === 1)
    return rows.map((row) => [row, [{ at: first?.at ?? createdAt(row), amount: 1n }]]);
  const room = charges.map(({ at, amount }) => ({ at, left: BigInt(amount ?? 0) }));
  return rows.map((row) => {
    let left = BigInt(Math.abs(row.amountMinor ?? 0));
    const shares: Share[] = [];
    for (const [place, charge] of room.entries()) {
      const part = place === room.length - 1 ? left : left < charge.left ? left : charge.left;
      charge.left -= part;
      left -= part;
      if (part > 0n) shares.push({ at: charge.at, amount: part });
    }
    return [row, shares.length > 0 ? shares : [{ at: first.at, amount: 1n }]];
  });
}

interface Figures {
  readonly amount: number;
  readonly fee: number;
  readonly vat: number;
  readonly withheld: number;
  readonly net: number;
}

/** `sign` is what the row does to the balance. Without a net told, it is what is left of the amount. */
function figuresOf(row: LinkedRow, sign: 1 | -1): Figures {
  const amount = Math.abs(row.amountMinor ?? 0);
  const fee = row.feeMinor ?? 0;
  const vat = row.vatMinor ?? 0;
  const withheld = row.withheldMinor ?? 0;
  const told = sign < 0 && row.netMinor !== null ? -Math.abs(row.netMinor) : row.netMinor;
  return { amount, fee, vat, withheld, net: told ?? sign * amount - fee - vat - withheld };
}

/** A row's figures over the days it is about, so that of each day what was reported less its costs is its net. */
function split(row: LinkedRow, shares: readonly Share[]): readonly { readonly at: number; readonly part: Figures }[] {
  if (row.amountMinor === null) return [];
  const whole = figuresOf(row, 1);
  const [only] = shares;
  if (shares.length === 1 && only) return [{ at: only.at, part: whole }];
  const total = shares.reduce((sum, { amount }) => sum + amount, 0n);
  const gap = whole.amount - whole.fee - whole.vat - whole.withheld - whole.net;
  let before = 0n;
  return shares.map(({ at, amount }) => {
    const after = before + amount;
    const share = (minor: number) => Number((BigInt(minor) * after) / total - (BigInt(minor) * before) / total);
    const costs = { fee: share(whole.fee), vat: share(whole.vat), withheld: share(whole.withheld) };
    const net = Number(amount) - costs.fee - costs.vat - costs.withheld - share(gap);
    before = after;
    return { at, part: { amount: Number(amount), ...costs, net } };
  });
}

type Mutable = { -readonly [Name in keyof DayAmounts]: DayAmounts[Name] };

const NOTHING: Readonly<Record<AmountName, number>> = {
  captured: 0,
  refunded: 0,
  reported: 0,
  reportedRefunds: 0,
  chargedBack: 0,
  fee: 0,
  vat: 0,
  withheld: 0,
  net: 0,
  settled: 0,
};

class Book {
  /** Seldom more than one or two. */
  readonly #entries: Mutable[] = [];
  readonly #calendar: Calendar;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  add(at: number, currency: string | null, amounts: Partial<Record<AmountName, number | null>>): void {
    const entry = this.#entry(this.#calendar.dayOf(at), currency ?? "");
    for (const name in amounts) {
      const amount = amounts[name as AmountName] ?? null;
      if (amount === null) entry.untold += 1;
      else entry[name as AmountName] += amount;
    }
  }

  /** What is settled of a row is its net. */
  addReported(row: LinkedRow, at: number, amounts: Partial<Record<AmountName, number>>): void {
    const settled = settlementOf(row) === "settled" ? (amounts.net ?? 0) : 0;
    this.add(at, row.currency, { ...amounts, settled });
  }

  untold(at: number, currency: string | null): void {
    this.#entry(this.#calendar.dayOf(at), currency ?? "").untold += 1;
  }

  /** Entries that come to nothing are none. */
  close(): readonly DayAmounts[] {
    return this.#entries
      .filter((entry) => entry.untold !== 0 || AMOUNTS.some((name) => entry[name] !== 0))
      .sort((a, b) => compareText(a.day, b.day) || compareText(a.currency, b.currency));
  }

  #entry(day: BusinessDay, currency: string): Mutable {
    const known = this.#entries.find((entry) => entry.day === day && entry.currency === currency);
    if (known) return known;
    const made: Mutable = { ...NOTHING, day, currency, untold: 0 };
    this.#entries.push(made);
    return made;
  }
}
