import { type KnownCurrency, toMinorUnits } from "~/lib/money.ts";
import { DAY, HOUR, MINUTE, SECOND } from "~/lib/time.ts";
import { seeded } from "~/sandbox/reports/seeded.ts";

/** A month of a merchant in six countries, as it happened: what Paydesk and Xendit's reports each tell of it is made of this. */
export const MONTH_ZONE = "Asia/Jakarta";
const ZONE_OFFSET = 7 * HOUR;
export const MONTH_START = Date.parse("2026-03-01T00:00:00+07:00");
export const MONTH_END = Date.parse("2026-04-01T00:00:00+07:00");
/** When the month is looked at: its last days are not settled yet. */
export const MONTH_NOW = Date.parse("2026-04-02T12:00:00+07:00");

export type Scenario =
  | "automatic"
  | "by_hand"
  | "in_part"
  | "several"
  | "voided"
  | "refunded_in_part"
  | "refunded"
  | "refund_failed"
  | "refund_pending"
  | "dispute_lost"
  | "dispute_won"
  | "late_success"
  | "not_itemised"
  | "next_day"
  | "failed"
  | "twin";

export interface SaleCapture {
  readonly captureId: string;
  readonly minor: number;
  readonly at: number;
  /** When Xendit made the transaction of it. */
  readonly reportedAt: number;
}

export interface SaleRefund {
  readonly refundId: string;
  readonly minor: number;
  readonly status: "SUCCEEDED" | "FAILED" | "PENDING";
  readonly at: number;
}

export interface Sale {
  readonly scenario: Scenario;
  readonly requestId: string;
  readonly paymentId: string;
  readonly sessionId: string;
  readonly reference: string;
  readonly country: string;
  readonly currency: KnownCurrency;
  readonly minor: number;
  readonly createdAt: number;
  readonly captures: readonly SaleCapture[];
  readonly refund: SaleRefund | null;
  readonly dispute: { readonly disputeId: string; readonly status: "LOST" | "WON"; readonly at: number } | null;
}

const odds: readonly (readonly [Scenario, number])[] = [
  ["automatic", 8000],
  ["by_hand", 600],
  ["in_part", 350],
  ["several", 250],
  ["voided", 120],
  ["refunded_in_part", 130],
  ["refunded", 130],
  ["refund_failed", 30],
  ["refund_pending", 20],
  ["dispute_lost", 40],
  ["dispute_won", 20],
  ["late_success", 30],
  ["not_itemised", 40],
  ["next_day", 50],
  ["failed", 150],
  ["twin", 40],
];
const weight = odds.reduce((sum, [, one]) => sum + one, 0);

const places: readonly (readonly [country: string, KnownCurrency, low: string, high: string])[] = [
  ["ID", "IDR", "5000", "9000000"],
  ["ID", "IDR", "5000", "400000"],
  ["PH", "PHP", "20", "40000"],
  ["TH", "THB", "1", "30000"],
  ["MY", "MYR", "1", "4000"],
  ["SG", "SGD", "1", "900"],
  ["SG", "USD", "1", "900"],
  ["VN", "VND", "1000", "100000"],
];

type Chance = ReturnType<typeof seeded>;

/** In order of time. Every fortieth of a percent is a pair: two payments of one order, both paid, in sessions of their own. */
export function makeSales(payments: number, seed: number): readonly Sale[] {
  const chance = seeded(seed, "month");
  const step = (MONTH_END - MONTH_START) / payments;
  const sales: Sale[] = [];
  while (sales.length < payments) {
    const scenario = drawn(chance);
    const isPair = scenario === "twin" && sales.length + 2 <= payments;
    const createdAt = Math.floor(MONTH_START + step * (sales.length + chance.next()));
    const sale = makeSale(chance, isPair || scenario !== "twin" ? scenario : "automatic", createdAt, sales.length);
    sales.push(sale);
    if (isPair) sales.push(twinOf(chance, sale));
  }
  return sales;
}

function drawn(chance: Chance): Scenario {
  let left = chance.next() * weight;
  for (const [scenario, one] of odds) {
    left -= one;
    if (left < 0) return scenario;
  }
  return "automatic";
}

function makeSale(chance: Chance, scenario: Scenario, drawnAt: number, nth: number): Sale {
  const [country, currency, low, high] = places[chance.int(0, places.length - 1)] ?? (["ID", "IDR", "1", "2"] as const);
  const least = toMinorUnits(low, currency) ?? 1;
  const most = toMinorUnits(high, currency) ?? 1;
  // Round prices mostly, as shops have them; some to the last minor unit.
  const free = chance.int(least, most);
  const minor = chance.next() < 0.7 ? Math.max(least, free - (free % 100)) : free;
  const createdAt = scenario === "next_day" ? beforeMidnight(drawnAt, chance) : awayFromMidnight(drawnAt);
  const captures = capturesOf(chance, scenario, createdAt, minor);
  const captured = captures.reduce((sum, one) => sum + one.minor, 0);
  const first = captures[0]?.at ?? createdAt;
  return {
    scenario,
    requestId: `pr-${chance.uuid()}`,
    paymentId: `py-${chance.uuid()}`,
    sessionId: `ps-${chance.uuid()}`,
    reference: suffixed(`order-${String(nth).padStart(7, "0")}`, chance),
    country,
    currency,
    minor,
    createdAt,
    captures,
    refund: refundOf(chance, scenario, first, captured),
    dispute: disputeOf(chance, scenario, first),
  };
}

function twinOf(chance: Chance, sale: Sale): Sale {
  const createdAt = sale.createdAt + 5 * SECOND;
  return {
    ...sale,
    requestId: `pr-${chance.uuid()}`,
    paymentId: `py-${chance.uuid()}`,
    sessionId: `ps-${chance.uuid()}`,
    reference: suffixed(sale.reference.slice(0, sale.reference.lastIndexOf("_")), chance),
    createdAt,
    captures: capturesOf(chance, "twin", createdAt, sale.minor),
  };
}

/** As Xendit adds to a session's reference (FACTS 2.3). */
function suffixed(stem: string, chance: Chance): string {
  return `${stem}_${chance.uuid().slice(0, 8)}-${chance.int(0, 9)}`;
}

function localDay(at: number): number {
  return Math.floor((at + ZONE_OFFSET) / DAY) * DAY - ZONE_OFFSET;
}

/** A captured payment takes a minute or so: none is to fall into the next day by accident. */
function awayFromMidnight(at: number): number {
  const left = localDay(at) + DAY - at;
  return left < 3 * MINUTE ? at - 3 * MINUTE : at;
}

function beforeMidnight(at: number, chance: Chance): number {
  return localDay(at) + DAY - chance.int(60, 90) * SECOND;
}

function capturesOf(chance: Chance, scenario: Scenario, createdAt: number, minor: number): readonly SaleCapture[] {
  const capture = (amount: number, at: number, reportedAt = at): SaleCapture => ({
    captureId: `cptr-${chance.uuid()}`,
    minor: amount,
    at,
    reportedAt,
  });
  if (scenario === "voided" || scenario === "failed") return [];
  if (scenario === "next_day") {
    const midnight = localDay(createdAt) + DAY;
    return [capture(minor, midnight - chance.int(1, 9) * SECOND, midnight + chance.int(0, 20) * SECOND)];
  }
  const held = Math.min(createdAt + chance.int(1, 40) * HOUR, MONTH_NOW - HOUR);
  if (scenario === "by_hand") return [capture(minor, held)];
  if (scenario === "in_part") return [capture(Math.max(1, Math.floor((minor * chance.int(20, 90)) / 100)), held)];
  if (scenario === "several" && minor >= 10) {
    const first = Math.floor((minor * chance.int(20, 50)) / 100);
    const rest = chance.next() < 0.5 ? minor - first : Math.floor((minor - first) / 2);
    return [capture(first, held - 30 * MINUTE), capture(rest, held)];
  }
  return [capture(minor, createdAt + chance.int(20, 90) * SECOND)];
}

function refundOf(chance: Chance, scenario: Scenario, after: number, captured: number): SaleRefund | null {
  const status = { refund_failed: "FAILED", refund_pending: "PENDING" } as const;
  const isRefund = /^refund/.test(scenario);
  if (!isRefund) return null;
  const minor =
    scenario === "refunded_in_part" ? Math.max(1, Math.floor((captured * chance.int(10, 90)) / 100)) : captured;
  return {
    refundId: `rfd-${chance.uuid()}`,
    minor,
    status: status[scenario as keyof typeof status] ?? "SUCCEEDED",
    at: Math.min(after + chance.int(1, 60) * HOUR, MONTH_NOW - HOUR),
  };
}

function disputeOf(chance: Chance, scenario: Scenario, after: number): Sale["dispute"] {
  if (scenario !== "dispute_lost" && scenario !== "dispute_won") return null;
  const at = Math.min(after + chance.int(5, 90) * HOUR, MONTH_NOW - HOUR);
  const status = scenario === "dispute_lost" ? "LOST" : "WON";
  return { disputeId: `mi-dspt-${chance.uuid()}`, status, at };
}
